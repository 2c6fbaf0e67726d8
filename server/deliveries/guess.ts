import { parseImpreciseDate } from '../contract/date-input.ts'
import { formatImpreciseDate } from '../contract/dates.ts'
import type { DeliveryKind, Mapping } from '../contract/deliveries.ts'
import type { Table } from '../formats/index.ts'
import { type DeliveryField, deliveryFields } from './fields.ts'
import { plain } from './words.ts'

/** What a file seems to be, and why. */
export interface Guessed {
  mapping: Partial<Mapping>
  reasons: string[]
  guessed: string[]
}

/** The mapping a sender's files had before. */
export interface Remembered {
  senderName: string
  mapping: Mapping
}

const kindWords: Readonly<Record<DeliveryKind, string>> = {
  premises: 'Anschlussobjekte',
  route: 'Trassen',
  duct: 'Leerrohre',
  cable: 'Glasfaserkabel',
  structure: 'Bauwerke',
  street: 'Straßenschlüssel',
}

/** Fields that no other kind has: one of them says more than several common ones. */
const telling: Readonly<Record<DeliveryKind, readonly string[]>> = {
  premises: ['street', 'houseNumber', 'address', 'units', 'state', 'fundingClass'],
  route: ['layingMethod', 'surface', 'coLaying'],
  duct: ['ductType', 'tubesPerBundle', 'tubesReserved'],
  cable: ['fibreCount', 'fibresReserved'],
  structure: ['structureType', 'collocation', 'designation'],
  street: ['streetKey', 'streetKey', 'streetKey'],
}

/** Headers as one text: files with the same one are read the same way. */
export function signatureOf(table: Pick<Table, 'columns'>): string {
  return table.columns
    .map(({ name }) => plain(name))
    .toSorted()
    .join('|')
}

/** Which column fills which field: by exact header first, then by its beginning. A column fills one field only. */
export function guessColumns(fields: readonly DeliveryField[], columns: Table['columns']): Record<string, string> {
  const taken = new Set<string>()
  const found: Record<string, string> = {}
  const tests: ((header: string, wanted: string) => boolean)[] = [
    (header, wanted) => header === wanted,
    (header, wanted) => wanted.length >= 4 && (header.startsWith(wanted) || header.endsWith(wanted)),
    // dBase cuts names after ten characters.
    (header, wanted) => header.length >= 9 && wanted.startsWith(header),
  ]
  for (const fits of tests) {
    for (const field of fields) {
      if (found[field.name]) continue
      const column = columns.find(({ name }) => !taken.has(name) && field.headers.some((wanted) => fits(plain(name), wanted)))
      if (!column) continue
      found[field.name] = column.name
      taken.add(column.name)
    }
  }
  return found
}

function fitsGeometry(kind: DeliveryKind, { geometryType }: Table): boolean {
  if (kind === 'street') return geometryType === null || geometryType === 'point'
  if (geometryType === null || geometryType === 'mixed') return kind === 'premises'
  if (geometryType === 'line') return ['route', 'duct', 'cable'].includes(kind)
  return geometryType === 'point' && ['premises', 'structure'].includes(kind)
}

/** What the table holds and in which columns, by its headers and geometry; the name of the file speaks too. */
export function guessMapping(table: Table, fileName: string): Guessed {
  const rated = (Object.keys(deliveryFields) as DeliveryKind[])
    .filter((kind) => fitsGeometry(kind, table))
    .map((kind) => {
      const columns = guessColumns(deliveryFields[kind], table.columns)
      const signs = telling[kind].filter((name) => columns[name])
      const isNamed = plain(fileName + table.name).includes(plain(kindWords[kind]).slice(0, 6))
      return { kind, columns, signs, score: signs.length * 3 + Object.keys(columns).length + (isNamed ? 5 : 0) }
    })
    .toSorted((a, b) => b.score - a.score)
  const [best] = rated
  const trueOn = dateIn(fileName)
  const common: Partial<Mapping> = { table: table.name, ...(trueOn && { trueOn }), crs: table.crs?.epsg ?? null }
  if (!best || best.score < 3)
    return { mapping: common, reasons: ['Was in der Datei steht, ist nicht zu erkennen.'], guessed: [] }
  const labels = [...new Set(best.signs)].map((name) => `„${best.columns[name]}“`)
  const reasons = [
    ...(labels.length > 0 ? [`Die Spalten ${labels.join(', ')} sprechen für ${kindWords[best.kind]}.`] : []),
    ...(table.geometryType ? [`Die Datei enthält ${geometryWords[table.geometryType]}.`] : []),
    ...(trueOn ? ['Den Stand nennt der Dateiname.'] : []),
  ]
  return {
    mapping: {
      ...common,
      kind: best.kind,
      columns: best.columns,
      values: {},
      defaults: defaultsOf(best.kind, best.columns),
      isComplete: false,
    },
    reasons,
    guessed: Object.keys(best.columns),
  }
}

const geometryWords = { point: 'Punkte', line: 'Linien', area: 'Flächen', mixed: 'verschiedene Geometrien' } as const

/** What files of lines leave out most often. */
function defaultsOf(kind: DeliveryKind, columns: Readonly<Record<string, string>>): Record<string, string> {
  return kind === 'duct' && !columns.condition ? { condition: 'new' } : {}
}

const months = 'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember'
const dates: readonly [pattern: RegExp, read: (found: RegExpExecArray) => string][] = [
  [/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/, ([text]) => text],
  [/(?<!\d)\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)/, ([text]) => text],
  [/(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/, ([, year, month, day]) => `${year}-${month}-${day}`],
  [new RegExp(`(${months})[ _-]?(\\d{4})`, 'i'), ([, month, year]) => `${month} ${year}`],
]

/** "EVL_Stand_2026-03-31.xlsx", "Liste 31.03.2026", "EVL_20260331", "Stand März 2026": the day or month a file says it is of. */
export function dateIn(fileName: string): string | null {
  for (const [pattern, read] of dates) {
    const found = pattern.exec(fileName.normalize('NFC'))
    const date = found && parseImpreciseDate(read(found))
    if (date) return date
  }
  return null
}

/** A remembered mapping on a new file: the table may be called otherwise, the Stand is another one. */
export function recall(
  { senderName, mapping: { trueOn: _, source: __, ...mapping } }: Remembered,
  table: Table,
  guessed: Guessed,
): Guessed {
  return {
    mapping: {
      ...mapping,
      senderName,
      table: table.name,
      crs: table.crs?.epsg ?? mapping.crs,
      ...sourceOf(senderName, guessed.mapping.trueOn),
    },
    reasons: [`Dieselben Spalten wie in der letzten Datei von ${senderName}.`, ...guessed.reasons.slice(-1)],
    guessed: [],
  }
}

/** Each delivery is a source of its own. */
function sourceOf(senderName: string, trueOn: string | undefined): Pick<Mapping, 'trueOn' | 'source'> | object {
  if (trueOn === undefined) return {}
  return { trueOn, source: { citation: `Lieferung von ${senderName}, Stand ${formatImpreciseDate(trueOn, 'de')}`, url: null } }
}
