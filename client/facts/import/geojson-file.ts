import type * as z from 'zod/mini'
import type { importGeoJson } from '../../../server/contract/facts.ts'

type Body = z.input<(typeof importGeoJson)['body']>
export type FeatureCollection = Body['collection']

export type FileReading = { ok: true; collection: FeatureCollection; names: readonly string[] } | { ok: false; reason: string }

const mostBytes = 20 * 1024 * 1024

/** Reads a chosen file as far as the browser can judge it; geometry and names are judged by the server, feature by feature. */
export async function readGeoJsonFile(file: File): Promise<FileReading> {
  if (file.size > mostBytes) return refused(`„${file.name}“ ist größer als 20 MB.`)
  let value: unknown
  try {
    value = JSON.parse(await file.text())
  } catch {
    return refused(`„${file.name}“ ist kein GeoJSON: Die Datei lässt sich nicht als JSON lesen.`)
  }
  const { type, features } = (value ?? {}) as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features))
    return refused(`„${file.name}“ ist keine FeatureCollection. Exportieren Sie die Ebene als GeoJSON.`)
  if (features.length === 0) return refused(`„${file.name}“ enthält keine Objekte.`)
  const names = new Set(features.flatMap((feature) => Object.keys((feature as { properties?: object }).properties ?? {})))
  return { ok: true, collection: value as FeatureCollection, names: [...names] }
}

function refused(reason: string): FileReading {
  return { ok: false, reason }
}
