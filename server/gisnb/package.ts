import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GisNbFinding } from '../contract/gisnb.ts'
import {
  formatReadme,
  hashOfFile,
  type PackedFile,
  type TableToWrite,
  writeBundle,
  writeGeoPackage,
  writeShapefile,
} from '../formats/index.ts'
import type { GisNbQuestion } from './features.ts'
import type { FilledLayer } from './validate.ts'
import { fieldsOf, type GisNbVersion } from './versions.ts'

/** What a package is made of. `knownAt` is resolved: the same values give the same bytes. */
export interface PackageOrder {
  version: GisNbVersion
  question: GisNbQuestion & { knownAt: string }
  format: 'shp' | 'gpkg'
  layers: readonly FilledLayer[]
  findings: readonly GisNbFinding[]
  attribution: string
  licence: { name: string; url: string } | null
  notice: string | null
}

/** Writes the package to a file that lasts as long as `work`. */
export async function withPackage<Result>(order: PackageOrder, work: (path: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-gisnb-'))
  try {
    const tables = order.layers.map((filled) => toTable(filled, order.question))
    const path = join(directory, 'package.zip')
    const manifest = (files: readonly PackedFile[]) => `${JSON.stringify(manifestOf(order, files), null, 2)}\n`
    const readme = readmeOf(order, tables)
    const options = { knownAt: order.question.knownAt }
    if (order.format === 'shp') await writeShapefile(path, tables, { ...options, manifest, readme })
    else {
      const [content, beside] = [join(directory, 'gis-nb.gpkg'), join(directory, 'MANIFEST.json')]
      await writeGeoPackage(content, tables, options)
      await writeFile(beside, manifest([{ name: 'gis-nb.gpkg', sha256: await hashOfFile(content) }]))
      const files = [
        { name: 'gis-nb.gpkg', path: content },
        { name: 'MANIFEST.json', path: beside },
      ]
      await writeBundle(path, files, readme)
    }
    return await work(path)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function toTable({ layer, features }: FilledLayer, { phase, crs }: GisNbQuestion): TableToWrite {
  return {
    name: layer.name,
    title: { de: layer.title, en: layer.title },
    fields: fieldsOf(layer, phase).map(({ name, label, type, unit }) => ({
      name,
      label: { de: label, en: label },
      type,
      ...(unit && { unit }),
    })),
    geometry: { type: layer.geometry === 'Polygon' ? 'MultiPolygon' : layer.geometry, epsg: crs },
    rows: features.map(({ properties, geometry }) => ({ values: properties, geometry })),
  }
}

/** What the package is, with a hash of each file in it. */
function manifestOf({ version, question, format, layers, findings, notice }: PackageOrder, files: readonly PackedFile[]) {
  return {
    ...(notice && { notice }),
    standard: version.title,
    version: version.id,
    notKnown: version.uncertain,
    programme: question.programmeId,
    phase: question.phase,
    format,
    crs: `EPSG:${question.crs}`,
    asOf: question.asOf,
    knownAt: question.knownAt,
    layers: layers.map(({ layer, features }) => ({ name: layer.name, objects: features.length })),
    findings: Object.fromEntries([...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, found]) => [rule, found.length])),
    files,
  }
}

function readmeOf(
  { version, question, format, attribution, licence, notice }: PackageOrder,
  tables: readonly TableToWrite[],
): string {
  const title = `${version.title}, Phase ${question.phase}`
  return formatReadme(
    {
      title: { de: title, en: title },
      licence,
      attribution,
      asOf: question.asOf,
      knownAt: question.knownAt,
      notes: [...(notice ? [notice] : []), 'Intern: enthält genaue Trassen. Nicht zur Veröffentlichung.', ...version.uncertain],
    },
    tables,
    { isShapefile: format === 'shp' },
  )
}
