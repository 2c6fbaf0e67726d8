import { type CoverageDataset, coverageDatasets } from '../contract/coverage-codes.ts'
import type { MobileOperator, MobileTechnology } from '../contract/mobile/codes.ts'
import type { Table } from '../formats/index.ts'
import { operatorOf, technologyOf } from './words.ts'

/** Columns a file of coverage can have, by what they hold. */
export type Columns = Partial<
  Record<
    | 'count'
    | 'number'
    | 'municipalities'
    | 'area'
    | 'operator'
    | 'networkCode'
    | 'countryCode'
    | 'technology'
    | 'time'
    | 'date'
    | 'rsrp'
    | 'rsrq'
    | 'cell'
    | 'dwellings',
    string
  >
>

/** A column that says of one operator and technology whether, or to how many per cent, a cell is covered. */
export interface WideColumn {
  column: string
  operator: MobileOperator
  technology: MobileTechnology
}

/** What a table is, and where what stands in it. */
export interface Shape {
  dataset: CoverageDataset
  columns: Columns
  wide: WideColumn[]
  reasons: string[]
}

/** Names of columns, letters and digits only, in lower case; dBase cuts them after ten characters. */
const names: Readonly<Record<keyof Columns, RegExp>> = {
  count: /^(mobilesbb(anzahlmnb)?|anzahlmnb|anzahl(netz)?betreiber|operatorcount|anzahlmno)$/,
  number: /^(nr|nummer|gebietsnr|lfdnr)$/,
  municipalities: /^betroffene(gemeinden?|$)/,
  area: /^gebietsfla(eche|che)?(q?km2?|qkm)?$/,
  operator:
    /^((mobilfunk)?netz)?(betreiber|anbieter)(name)?$|^(operator|provider|carrier|mno|mnb|network|netz|netzwerk|netzname|plmn(id)?|mccmnc)(name)?$/,
  networkCode: /^mnc$/,
  countryCode: /^mcc$/,
  technology: /^(funk|netz|mobilfunk)?(technologie|technik|technology|tech|standard|generation|netztyp|networktype|rat|typ)$/,
  time: /^(zeit|zeitpunkt|zeitstempel|timestamp|time|datetime|messzeit|uhrzeit|datum(und)?(uhr)?zeit|utc|utctime|gpstime|gpszeit)(utc|lokal|local)?$/,
  date: /^(datum|date|tag|messdatum|messtag)$/,
  rsrp: /^(lte|nr|ss|nrss)?rsrp(median|mean|avg|dbm)*$|^(pegel|rxlev|signal(staerke|strength)?|signalpegel|level)(indbm|dbm)?$|^dbm$/,
  rsrq: /^(lte|nr|ss|nrss)?rsrq(median|mean|avg|db)*$/,
  cell: /^(inspireid|gridid|gitterid(100m)?|gitter100m|zellid|rasterid|rasterzelle|id100m|idinspire|cell(id)?|zelle)$/,
  dwellings: /^(wohnungen|anzahlwohnungen|haushalte|anzahlhaushalte|hh|dwellings|households)$/,
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replace(/[^a-z\d]/g, '')

/** "CRS3035RES100mN3080000E4100000", also in the short form of the statistical offices, "100mN30800E41000". */
export const cellName = /^(?:CRS3035RES)?100mN(\d{5,7})E(\d{5,7})$/i

/** Finds out what a table is. `wished`: what somebody said it is. null: it is not that, or nothing that is known here. */
export function recognise(table: Table, wished?: CoverageDataset): Shape | null {
  const columns = findColumns(table)
  const wide = findWide(table)
  const place = table.geometryType !== null || columns.cell !== undefined
  const shape = (dataset: CoverageDataset, reason: string): Shape => ({ dataset, columns, wide, reasons: [reason] })
  const isWished = (...datasets: CoverageDataset[]) => wished === undefined || datasets.includes(wished)
  if (!place) return null
  if (columns.count && isWished('operator_count'))
    return shape('operator_count', `Die Spalte „${columns.count}“ nennt die Zahl der Netzbetreiber.`)
  if (columns.number && columns.municipalities && table.geometryType === 'area' && isWished('deficit_areas'))
    return shape(
      'deficit_areas',
      `Die Spalten „${columns.number}“ und „${columns.municipalities}“ sind die der Gebiete mit Ausbaudefizit.`,
    )
  if (columns.rsrp && table.geometryType === 'point' && isWished('drive_test'))
    return shape('drive_test', `Punkte mit Pegel (Spalte „${columns.rsrp}“).`)
  const byOperator = wished ?? (wide.length > 0 ? 'authority_coverage' : 'operator_coverage')
  if (!isWished('authority_coverage', 'operator_coverage')) return null
  if (wide.length > 0) return shape(byOperator, `Eine Spalte je Betreiber und Technik (z. B. „${wide[0]?.column}“).`)
  if ((columns.operator || columns.networkCode) && columns.technology)
    return shape(
      byOperator,
      `Betreiber und Technik stehen in „${columns.operator ?? columns.networkCode}“ und „${columns.technology}“.`,
    )
  return wished === undefined ? null : shape(byOperator, 'Flächen oder Zellen, die als versorgt gelten.')
}

function findColumns(table: Table): Columns {
  const found: Columns = {}
  const cell = table.columns.find(({ samples }) => samples.length > 0 && samples.every((sample) => cellName.test(sample)))
  for (const [what, pattern] of Object.entries(names) as [keyof Columns, RegExp][]) {
    const column = table.columns.find(({ name }) => pattern.test(plain(name)))
    if (column) found[what] = column.name
  }
  // "RSRP" before "Pegel", whatever comes first in the file.
  const exact = table.columns.find(({ name }) => /rsrp/.test(plain(name)) && names.rsrp.test(plain(name)))
  if (exact) found.rsrp = exact.name
  if (cell) found.cell = cell.name
  else delete found.cell
  return found
}

/** "verf_4g_telekom", "telekom_lte". */
function findWide({ columns }: Table): WideColumn[] {
  return columns.flatMap(({ name, type }) => {
    const parts = name.toLowerCase().split(/[_\s-]+/)
    const operator = parts.map((part) => operatorOf(part)).find((one) => one !== null)
    const technology = technologyOf(
      name.replace(/^verf/i, '').replace(/telekom|vodafone|telefonica|telefónica|o2|1und1|1&1/i, ''),
    )
    return operator && technology && (type === 'number' || type === 'boolean') ? [{ column: name, operator, technology }] : []
  })
}

const expected: Readonly<Record<CoverageDataset, string>> = {
  operator_count: 'Zahl der Netzbetreiber (BNetzA): Flächen mit der Spalte „mobilesBB_AnzahlMNB“',
  deficit_areas: 'Gebiete mit Ausbaudefizit (BNetzA): Flächen mit „Nr“, „betroffene_Gemeinden“, „gebietsflaeche_qkm“',
  authority_coverage:
    'Versorgung je Betreiber: Flächen oder Rasterzellen mit Spalten für Betreiber und Technik, oder „verf_4g_telekom“ usw.',
  operator_coverage:
    'Versorgung je Betreiber: Flächen oder Rasterzellen; fehlen Betreiber und Technik, wählen Sie beim Hochladen „Versorgung nach Angabe des Betreibers“',
  drive_test: 'Messfahrt: Punkte mit Zeit, Länge, Breite, Betreiber, Technik, RSRP',
}

/** What was found in a file that is nothing known here, and what is expected: so that a new edition of a known file is told at once. */
export function describeUnknown(tables: readonly Table[], wished?: CoverageDataset): string {
  const found = tables.slice(0, 3).map(({ name, columns, geometryType, header, needsCrs }) => {
    const listed = columns.slice(0, 15).map((column) => `„${column.name}“`)
    const more = columns.length > 15 ? ` und ${columns.length - 15} weitere` : ''
    const place = { point: 'Punkte', line: 'Linien', area: 'Flächen', mixed: 'verschiedene Geometrien' }[geometryType ?? 'mixed']
    const where = geometryType === null ? 'ohne Lage' : place
    const headless =
      header === null && columns.every((column) => /^Spalte [A-Z]+$/.test(column.name)) ? ', ohne Überschriften' : ''
    return `„${name}“ (${where}${needsCrs ? ', Koordinatensystem unbekannt' : ''}${headless}) mit ${columns.length === 1 ? 'der einen Spalte' : 'den Spalten'} ${listed.join(', ')}${more}`
  })
  const wanted = wished ? [expected[wished]] : Object.keys(coverageDatasets.labels).map((key) => expected[key as CoverageDataset])
  const intro = wished
    ? `Die Datei ist nicht „${coverageDatasets.labels[wished].de}“ in einer Form, die hier bekannt ist.`
    : 'Diese Datei oder diese Ausgabe ist hier nicht bekannt.'
  return `${intro} Gefunden: ${found.join('; ')}. Erwartet: ${[...new Set(wanted)].join(' · ')}. Es wurde nichts übernommen.`
}
