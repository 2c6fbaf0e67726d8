import type { BundleFacts, Field, TableToWrite } from './format.ts'
import { shapefileNames } from './write-gis.ts'
import { writeZip } from './write-zip.ts'

type Described = Pick<TableToWrite, 'name' | 'title' | 'fields' | 'geometry'>

const typeNames = { text: 'Text', integer: 'ganze Zahl', number: 'Zahl', date: 'Datum', boolean: 'ja/nein' } as const

/** Writes files and their README into one zip. The same files give the same bytes. */
export async function writeBundle(
  path: string,
  files: readonly { name: string; path: string }[],
  readme: string,
  signal?: AbortSignal,
): Promise<void> {
  await writeZip(path, [...files, { name: 'README.txt', content: () => [readme] }], signal)
}

/** Text of a README: what the tables are, each field with label, unit and codes, licence and both clocks. Lines end as on Windows. */
export function formatReadme(facts: BundleFacts, tables: readonly Described[], options: { isShapefile?: boolean } = {}): string {
  const licence = facts.licence ? `${facts.licence.name} (${facts.licence.url})` : 'noch nicht festgelegt'
  const lines = [
    facts.title.de,
    facts.title.en,
    '',
    ...(facts.notes?.length ? [...facts.notes, ''] : []),
    `Stand (asOf): ${facts.asOf}`,
    `Kenntnis von (knownAt): ${facts.knownAt}`,
    `Quelle: ${facts.attribution}`,
    `Lizenz: ${licence}`,
    ...tables.flatMap((table) => ['', ...describeTable(table, options.isShapefile === true)]),
    '',
  ]
  return lines.join('\r\n')
}

function describeTable({ name, title, fields, geometry }: Described, isShapefile: boolean): string[] {
  const short = isShapefile ? shapefileNames(fields) : null
  const heading = `${name}: ${title.de} / ${title.en}`
  return [
    heading,
    '-'.repeat(heading.length),
    ...(geometry ? [`Geometrie: ${geometry.type}, EPSG:${geometry.epsg}`] : []),
    ...fields.flatMap((field) => describeField(field, short?.get(field.name))),
  ]
}

function describeField({ name, label, type, unit, definition, codes }: Field, short: string | undefined): string[] {
  const isShapefile = short !== undefined
  const called = isShapefile && short !== name ? `${short} (${name})` : name
  const typeName = isShapefile && type === 'boolean' ? '1 = ja, 0 = nein' : typeNames[type]
  return [
    `${called}: ${label.de} / ${label.en}; ${typeName}${unit ? ` in ${unit}` : ''}`,
    ...(definition ? [`    ${definition.de}`] : []),
    ...Object.entries(codes ?? {}).map(([code, text]) => `    ${code} = ${text.de} / ${text.en}`),
  ]
}
