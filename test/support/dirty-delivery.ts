import { writeZip } from '../../server/formats/write-zip.ts'
import { newerLine } from './addresses.ts'

/** An invented operator's list of premises as it comes by mail: 300 rows in German, 20 of them dirty. */
export interface DeliveryRow {
  id: string
  street: string
  number: string
  kind: string
  units: string
  state: string
  connectedOn: string
  /** What is wrong with the row; left out: nothing. */
  dirt?: string
}

/** Streets of the invented register, with their keys in the named district. */
const streets = [
  { key: '02081', name: 'Birkhahnstraße', district: 'opladen', east: 360_000, north: 5_659_300 },
  { key: '02082', name: 'Am Kupferhammer', district: 'opladen', east: 360_100, north: 5_659_500 },
  { key: '01281', name: 'Seidenweberweg', district: 'manfort', east: 361_000, north: 5_655_500 },
  { key: '01282', name: 'Färberstraße', district: 'manfort', east: 361_100, north: 5_655_700 },
] as const
const housesPerStreet = 75

/** The register these rows are matched against, in the newer form of the Land. */
export function registerOfDelivery(): string {
  const lines = streets.flatMap(({ key, name, east, north }, street) =>
    Array.from({ length: housesPerStreet + 5 }, (_, index) =>
      newerLine({
        id: `DENWLIEFER${street}${String(index + 1).padStart(3, '0')}`,
        streetKey: key,
        street: name,
        houseNumber: index + 1,
        east: east + 10 * index,
        north: north + 3 * index,
      }),
    ),
  )
  return `${lines.join('\n')}\n`
}

const states = ['HA fertig', 'Kunde läuft', 'FTTB vor Grundstück', 'GEE liegt vor'] as const

function cleanRow(index: number): DeliveryRow {
  const street = streets[Math.floor(index / housesPerStreet)] ?? streets[0]
  const isBusiness = index % 12 === 5
  const state = states[index % states.length] as string
  const isConnected = state === 'HA fertig' || state === 'Kunde läuft'
  return {
    id: `EVL-${1000 + index}`,
    street: street.name,
    number: String((index % housesPerStreet) + 1),
    kind: isBusiness ? 'Gewerbe' : 'Wohnhaus',
    units: String(isBusiness ? 1 : 1 + (index % 4)),
    state,
    connectedOn: isConnected
      ? `${String((index % 27) + 1).padStart(2, '0')}.${String((index % 9) + 1).padStart(2, '0')}.2026`
      : '',
  }
}

/** Row index → what the sender's clerk did to it. */
const dirt: Readonly<Record<number, Partial<DeliveryRow> & { dirt: string }>> = {
  7: { street: 'Birkhanstrase', dirt: 'misspelt street' },
  19: { street: 'Birkhahnstr.', dirt: 'abbreviated street' },
  33: { street: 'Birghahnstraße', dirt: 'misspelt street' },
  41: { number: '412', dirt: 'house number that does not exist' },
  58: { number: '', dirt: 'no house number' },
  77: { street: 'Am Kupferhamer', dirt: 'misspelt street' },
  90: { street: 'am  kupferhammer ', dirt: 'blanks and small letters' },
  104: { number: '30 a', dirt: 'addition that does not exist' },
  118: { connectedOn: 'demnächst', state: 'HA fertig', dirt: 'date in words' },
  131: { units: 'zwei', dirt: 'number in words' },
  149: { street: 'Kupferstraße', dirt: 'street that does not exist' },
  160: { street: 'Seidenwebersweg', dirt: 'misspelt street' },
  171: { units: '-3', dirt: 'impossible number' },
  184: { connectedOn: '31.02.2026', state: 'Kunde läuft', dirt: 'impossible date' },
  199: { street: '', number: '', dirt: 'no address' },
  214: { id: 'EVL-1210', dirt: 'doubled key' },
  233: { street: 'FÃ¤rberstraÃŸe', dirt: 'mojibake' },
  251: { street: 'Faerberstrasse', dirt: 'umlauts spelt out' },
  268: { units: '2,5', dirt: 'number with decimals' },
  290: { number: '66-68', dirt: 'range of house numbers' },
}

export const deliveryRows: readonly DeliveryRow[] = Array.from({ length: streets.length * housesPerStreet }, (_, index) => ({
  ...cleanRow(index),
  ...dirt[index],
}))

/** What the words of the sender mean; "Kunde läuft" is one nobody else uses. */
export const wordsOfSender = {
  kind: { Wohnhaus: 'household', Gewerbe: 'business' },
  state: {
    'HA fertig': 'connected',
    'Kunde läuft': 'activated',
    'FTTB vor Grundstück': 'passed',
    'GEE liegt vor': 'consent_given',
  },
} as const

const headers = ['Lfd. Nr.', 'Strasse', 'Hausnr.', 'Objektart', 'WE', 'Status', 'Anschluss am', 'Bemerkung']

const xml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** Writes the workbook: a title above the header, all cells text, as the sender's program exports it. */
export async function writeDirtyDelivery(path: string, rows: readonly DeliveryRow[] = deliveryRows): Promise<void> {
  const cells = rows.map(({ id, street, number, kind, units, state, connectedOn }) => [
    id,
    street,
    number,
    kind,
    units,
    state,
    connectedOn,
    '',
  ])
  const table = [['EVL Breitband: Anschlussliste'], [], headers, ...cells]
  const sheet = table.map((values, index) => rowXml(values, index + 1)).join('')
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"/>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Anschlüsse" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
  }
  await writeZip(
    path,
    Object.entries(parts).map(([name, content]) => ({ name, content: () => [content] })),
  )
}

function rowXml(values: readonly string[], row: number): string {
  const cells = values.map((value, index) =>
    value === '' ? '' : `<c r="${String.fromCharCode(65 + index)}${row}" t="inlineStr"><is><t>${xml(value)}</t></is></c>`,
  )
  return `<row r="${row}">${cells.join('')}</row>`
}
