import { formatDay } from '../../../server/contract/dates.ts'
import {
  backhauls,
  builtAreas,
  caseTypes,
  mastKinds,
  mastTypes,
  mobileOperators,
  mobileTechnologies,
  ownerTypes,
  purposes,
} from '../../../server/contract/mobile/codes.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import type { StatementSheet } from '../../../server/contract/statements.ts'

type Case = NonNullable<StatementSheet['case']>
type Candidate = StatementSheet['candidates'][number]

/** A line of the sheet: what it is about, and what is known. */
export type Entry = readonly [label: string, words: string]

/** What the case is called: file number or site code. */
export function nameOfCase({ case: file }: StatementSheet): string {
  const name = file?.caseNumber ?? file?.operatorSiteCode
  return name ? `Standortanfrage ${name}` : 'Standortanfrage'
}

const listed = <Key extends string>(labels: Readonly<Record<Key, { de: string }>>, keys: readonly Key[]) =>
  keys.map((key) => labels[key].de).join(', ')
const metres = (value: number | null) => (value === null ? '' : `${formatNumber(value, 'de')} m`)
const yesNo = (value: boolean | null) => (value === null ? '' : value ? 'ja' : 'nein')

/** What is known is told; what is not is left out. */
function known(entries: readonly (readonly [string, string | null | undefined])[]): Entry[] {
  return entries.flatMap(([label, words]) => (words ? [[label, words] as const] : []))
}

export function caseEntries(file: Case): Entry[] {
  return known([
    ['Aktenzeichen', file.caseNumber],
    ['Art des Vorgangs', caseTypes.labels[file.caseType].de],
    ['Betreiber', listed(mobileOperators.labels, file.operators)],
    ['Funkturmgesellschaft', file.towerCompany],
    ['Kennung des Betreibers', file.operatorSiteCode],
    ['Eingegangen am', formatDay(file.receivedOn, 'de')],
    ['Zweck', [purposes.labels[file.purpose].de, file.purposeNote].filter(Boolean).join(': ')],
    ['Technik', listed(mobileTechnologies.labels, file.technologies)],
    ['Frequenzbänder', file.bandsMhz.length > 0 ? `${file.bandsMhz.join(', ')} MHz` : ''],
    ['Mindesthöhe der Antennen', metres(file.minAntennaHeightM)],
    ['Anbindung', file.backhaul && backhauls.labels[file.backhaul].de],
    ['Suchkreis', areaWords(file)],
  ])
}

/** The search area in words: the map is not the only place where it stands. */
function areaWords({ geom, radiusM }: Case): string {
  if (!geom) return ''
  if (geom.type === 'Polygon') return 'Fläche, siehe Karte'
  const [longitude = 0, latitude = 0] = geom.coordinates
  const place = `${formatNumber(latitude, 'de', 5)}° N, ${formatNumber(longitude, 'de', 5)}° O`
  return `Kreis mit ${metres(radiusM)} Radius um ${place}`
}

export function candidateEntries(candidate: Candidate): Entry[] {
  const parcel = [
    candidate.cadastralDistrict,
    candidate.cadastralSection && `Flur ${candidate.cadastralSection}`,
    candidate.parcel,
  ]
  const mast = [
    candidate.mastType && mastTypes.labels[candidate.mastType].de,
    candidate.mastKind && mastKinds.labels[candidate.mastKind].de,
  ]
  return known([
    ['Adresse oder Lage', candidate.address],
    ['Flurstück', parcel.filter(Boolean).join(', ')],
    ['Eigentum', candidate.ownerType && ownerTypes.labels[candidate.ownerType].de],
    ['Planungsrecht', candidate.builtArea && builtAreas.labels[candidate.builtArea].de],
    ['Bebauungsplan', candidate.developmentPlan],
    ['Mast', mast.filter(Boolean).join(', ')],
    ['Höhe', metres(candidate.mastHeightM)],
    ['Fläche', candidate.areaM2 === null ? '' : `${formatNumber(candidate.areaM2, 'de')} m²`],
    ['Zufahrt', candidate.access],
    ['Denkmalschutz berührt', yesNo(candidate.heritage)],
    ['Naturschutz berührt', yesNo(candidate.nature)],
    ['Sensible Nachbarschaft', candidate.sensitiveNeighbours],
  ])
}
