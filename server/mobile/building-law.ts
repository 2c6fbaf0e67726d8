import { type MastPlace, ruleForMast } from '../contract/facts/building-law-rule.ts'
import { builtAreas, mastKinds } from '../contract/mobile/codes.ts'
import type { SiteCandidate } from '../contract/mobile/site-candidate.ts'
import type { PermitSuggestion } from '../contract/mobile.ts'
import { formatNumber } from '../contract/numbers.ts'
import { type Validity, validityWords } from '../contract/validity.ts'

/** A rule of the dated table (fact `building_law_rule`): up to which height a mast needs no permit. */
export interface BuildingLawRule extends MastPlace, Validity {
  id: string
  /** null: no limit. */
  maxHeightM: number | null
  condition: string | null
  legalNote: string | null
}

type Mast = Pick<SiteCandidate, 'builtArea' | 'mastKind' | 'mastHeightM' | 'heritage' | 'nature' | 'developmentPlan'>

/** What the rules of that day suggest about a mast: a reasoned suggestion, never a decision. */
export function suggestPermit(rules: readonly BuildingLawRule[], mast: Mast, day: string): PermitSuggestion {
  const { builtArea, mastKind, mastHeightM } = mast
  if (builtArea === null || mastKind === null || mastHeightM === null)
    return { ...silent, reasons: [`Für einen Vorschlag fehlt: ${missingOf(mast).join(', ')}.`, ...besides(mast)] }
  const { rule, others, doubt } = ruleForMast(rules, { area: builtArea, mastKind }, day)
  const doubts = doubt === null ? [] : [doubt]
  if (!rule) return { ...silent, reasons: [...doubts, ...besides(mast)] }
  const isExempt = isWithin(rule, mastHeightM)
  const wouldDiffer = others.some((other) => isWithin(other, mastHeightM) !== isExempt)
  return {
    finding: isExempt ? 'permit_exempt' : 'permit_required',
    ruleId: rule.id,
    legalNote: rule.legalNote,
    reasons: [
      sentenceOf(rule, { builtArea, mastKind, mastHeightM }),
      `Die Regel gilt so: ${validityWords(rule)}.`,
      ...doubts,
      ...(wouldDiffer ? ['Nach der anderen Regel fiele der Vorschlag anders aus: Bitte prüfen Sie die geltende Fassung.'] : []),
      ...(isExempt && rule.condition ? [rule.condition] : []),
      ...besides(mast),
    ],
  }
}

function isWithin({ maxHeightM }: BuildingLawRule, heightM: number): boolean {
  return maxHeightM === null || heightM <= maxHeightM
}

const silent = { finding: null, ruleId: null, legalNote: null }

function missingOf({ builtArea, mastKind, mastHeightM }: Mast): string[] {
  return [
    ...(builtArea === null ? ['Lage im Planungsrecht'] : []),
    ...(mastKind === null ? ['Aufstellung'] : []),
    ...(mastHeightM === null ? ['Höhe'] : []),
  ]
}

type PlacedMast = { [K in 'builtArea' | 'mastKind' | 'mastHeightM']: NonNullable<Mast[K]> }

function sentenceOf(rule: BuildingLawRule, { builtArea, mastKind, mastHeightM }: PlacedMast): string {
  const limit = rule.maxHeightM === null ? 'keine Höhengrenze' : `verfahrensfrei bis ${metres(rule.maxHeightM)}`
  const finding = isWithin(rule, mastHeightM) ? 'Vorschlag: verfahrensfrei.' : 'Vorschlag: genehmigungspflichtig.'
  const place = `${builtAreas.labels[builtArea].de}, ${mastKinds.labels[mastKind].de}`
  return `${finding} ${place}, ${metres(mastHeightM)} hoch; die Regel sagt: ${limit}.`
}

const metres = (value: number) => `${formatNumber(value, 'de')}\u00a0m`

/** Permit-free is not law-free: what the height alone does not settle. */
function besides({ heritage, nature, developmentPlan }: Mast): string[] {
  return [
    ...(heritage ? ['Denkmalschutz ist berührt: Eine Erlaubnis der Denkmalbehörde kann nötig sein.'] : []),
    ...(nature ? ['Naturschutz ist berührt: Bitte die Naturschutzbehörde beteiligen.'] : []),
    ...(developmentPlan ? [`Bebauungsplan ${developmentPlan}: Bitte auf Einschränkungen prüfen (§ 14 Abs. 1a BauNVO).`] : []),
  ]
}
