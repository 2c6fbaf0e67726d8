import { formatDay } from '../contract/dates.ts'
import { builtAreas, mastKinds } from '../contract/mobile/codes.ts'
import type { SiteCandidate } from '../contract/mobile/site-candidate.ts'
import type { PermitSuggestion } from '../contract/mobile.ts'
import { formatNumber } from '../contract/numbers.ts'

/** A rule of the dated table (fact `building_law_rule`): up to which height a mast needs no permit. */
export interface BuildingLawRule {
  id: string
  area: 'inside' | 'outside'
  mastKind: 'free_standing' | 'on_building' | 'any'
  /** null: no limit. */
  maxHeightM: number | null
  condition: string | null
  /** null: since when is not known. */
  validFrom: string | null
  validUntil: string | null
  legalNote: string
}

type Mast = Pick<SiteCandidate, 'builtArea' | 'mastKind' | 'mastHeightM' | 'heritage' | 'nature' | 'developmentPlan'>

/** What the rules of that day suggest about a mast: a reasoned suggestion, never a decision. */
export function suggestPermit(rules: readonly BuildingLawRule[], mast: Mast, day: string): PermitSuggestion {
  const missing = missingOf(mast)
  if (missing.length > 0) return { ...silent, reasons: [`Für einen Vorschlag fehlt: ${missing.join(', ')}.`, ...besides(mast)] }
  const [rule] = rules
    .filter(
      (one) => one.area === mast.builtArea && (one.mastKind === 'any' || one.mastKind === mast.mastKind) && holdsOn(one, day),
    )
    .toSorted(mostFitting)
  if (!rule) return { ...silent, reasons: [`Für den ${formatDay(day, 'de')} ist keine Regel hinterlegt.`, ...besides(mast)] }
  const height = mast.mastHeightM ?? 0
  const isExempt = rule.maxHeightM === null || height <= rule.maxHeightM
  return {
    finding: isExempt ? 'permit_exempt' : 'permit_required',
    ruleId: rule.id,
    legalNote: rule.legalNote,
    reasons: [
      sentenceOf(rule, mast, height, isExempt),
      ...validity(rule),
      ...(isExempt && rule.condition ? [rule.condition] : []),
      ...besides(mast),
    ],
  }
}

const silent = { finding: null, ruleId: null, legalNote: null }

function missingOf({ builtArea, mastKind, mastHeightM }: Mast): string[] {
  return [
    ...(builtArea === null ? ['Lage im Planungsrecht'] : []),
    ...(mastKind === null ? ['Aufstellung'] : []),
    ...(mastHeightM === null ? ['Höhe'] : []),
  ]
}

function holdsOn({ validFrom, validUntil }: BuildingLawRule, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil)
}

/** A rule for the very kind of mast goes before one for any, a later one before an earlier. */
function mostFitting(a: BuildingLawRule, b: BuildingLawRule): number {
  const isGeneral = ({ mastKind }: BuildingLawRule) => Number(mastKind === 'any')
  return isGeneral(a) - isGeneral(b) || (b.validFrom ?? '').localeCompare(a.validFrom ?? '') || a.id.localeCompare(b.id)
}

function sentenceOf(rule: BuildingLawRule, mast: Mast, height: number, isExempt: boolean): string {
  const where = mast.builtArea ? builtAreas.labels[mast.builtArea].de : ''
  const how = mast.mastKind ? mastKinds.labels[mast.mastKind].de : ''
  const limit = rule.maxHeightM === null ? 'keine Höhengrenze' : `verfahrensfrei bis ${metres(rule.maxHeightM)}`
  const finding = isExempt ? 'Vorschlag: verfahrensfrei.' : 'Vorschlag: genehmigungspflichtig.'
  return `${finding} ${where}, ${how}, ${metres(height)} hoch; die Regel sagt: ${limit}.`
}

const metres = (value: number) => `${formatNumber(value, 'de')}\u00a0m`

function validity({ validFrom, validUntil }: BuildingLawRule): string[] {
  if (validFrom === null) return ['Seit wann diese Regel gilt, ist nicht belegt: Bitte prüfen Sie die geltende Fassung.']
  const until = validUntil === null ? '' : ` bis ${formatDay(validUntil, 'de')}`
  return [`Regel gültig ab ${formatDay(validFrom, 'de')}${until}.`]
}

/** Permit-free is not law-free: what the height alone does not settle. */
function besides({ heritage, nature, developmentPlan }: Mast): string[] {
  return [
    ...(heritage ? ['Denkmalschutz ist berührt: Eine Erlaubnis der Denkmalbehörde kann nötig sein.'] : []),
    ...(nature ? ['Naturschutz ist berührt: Bitte die Naturschutzbehörde beteiligen.'] : []),
    ...(developmentPlan ? [`Bebauungsplan ${developmentPlan}: Bitte auf Einschränkungen prüfen (§ 14 Abs. 1a BauNVO).`] : []),
  ]
}
