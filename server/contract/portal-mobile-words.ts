import { formatImpreciseDate } from './dates.ts'
import { modelNote } from './layers/mobile-common.ts'
import { type MobileOperator, type MobileTechnology, mobileOperators, mobileTechnologies } from './mobile/codes.ts'
import { formatPercent } from './numbers.ts'
import type { CoverageEdition, CoverageFigure, Mobile } from './portal-mobile.ts'
import type { Language } from './text.ts'

/** The answer in words about mobile networks, for the pages and for those without JavaScript. */

const joiner = { de: ' und ', en: ' and ' }
const join = (parts: readonly string[], language: Language) =>
  parts.length < 2 ? parts.join('') : parts.slice(0, -1).join(', ') + joiner[language] + parts.at(-1)

/** The dataset that speaks for operators: what the authority says comes before what operators say of themselves. */
export function speakingDataset({ coverage }: Pick<Mobile, 'coverage'>): 'authority_coverage' | 'operator_coverage' | null {
  const has = (dataset: string) => coverage.some((figure) => figure.dataset === dataset)
  return has('authority_coverage') ? 'authority_coverage' : has('operator_coverage') ? 'operator_coverage' : null
}

/** Figures by operator of one technology in a district (null: the city), in the order of the operators. */
export function figuresOf(mobile: Mobile, districtId: string | null, technology: MobileTechnology): CoverageFigure[] {
  const dataset = speakingDataset(mobile)
  const here = mobile.coverage.filter(
    (figure) => figure.districtId === districtId && figure.dataset === dataset && figure.technology === technology,
  )
  return mobileOperators.keys.flatMap((operator) => here.filter((figure) => figure.operator === operator))
}

export function editionOf(mobile: Mobile, figure: Pick<CoverageFigure, 'edition'> | undefined): CoverageEdition | undefined {
  return mobile.editions.find(({ key }) => key === figure?.edition)
}

const said = {
  by: {
    authority_coverage: { de: (author: string) => `laut ${author}`, en: (author: string) => `according to ${author}` },
    operator_coverage: { de: () => 'nach Angabe der Betreiber', en: () => 'as stated by the operators' },
  },
  none: {
    de: 'Noch sind keine Angaben zur Mobilfunkversorgung veröffentlicht.',
    en: 'No statements about mobile coverage have been published yet.',
  },
  noSuch: {
    de: (technology: string) => `Zu ${technology} ist nichts veröffentlicht.`,
    en: (technology: string) => `Nothing has been published about ${technology}.`,
  },
}

/** "In Opladen versorgen laut Bundesnetzagentur (Stand Juli 2026) mit 5G: Telekom 99,1 %, Vodafone 98 % der Fläche." */
export function coverageSentence(
  mobile: Mobile,
  where: { id: string | null; name: string },
  technology: MobileTechnology,
  language: Language,
): string {
  const dataset = speakingDataset(mobile)
  if (dataset === null) return said.none[language]
  const figures = figuresOf(mobile, where.id, technology)
  const edition = editionOf(mobile, figures[0])
  const name = mobileTechnologies.labels[technology][language]
  if (!edition) return said.noSuch[language](name)
  const stand = `${{ de: 'Stand', en: 'as of' }[language]} ${formatImpreciseDate(edition.trueOn, language)}`
  // Whoever the edition names: invented data are nobody's word.
  const source = `${said.by[dataset][language](edition.attribution.replace(/^©\s*/, ''))} (${stand})`
  const operatorOf = ({ operator }: CoverageFigure) => (operator ? mobileOperators.labels[operator][language] : '')
  const whole = figures.filter(({ share }) => share >= 100)
  const parts = figures.filter((figure) => !whole.includes(figure))
  const shares = parts.map((figure) => `${operatorOf(figure)} ${formatPercent(figure.share, language)}`)
  if (language === 'en') {
    const all = whole.length > 0 ? [`${join(whole.map(operatorOf), language)} the whole area`] : []
    const some = shares.length > 0 ? [`${join(shares, language)} of the area`] : []
    return `In ${where.name}, ${source}, the area covered with ${name} is: ${[...all, ...some].join('; ')}.`
  }
  const all = whole.length > 0 ? [`${join(whole.map(operatorOf), language)} die ganze Fläche`] : []
  const some = shares.length > 0 ? [`${join(shares, language)} der Fläche`] : []
  return `In ${where.name} ${figures.length > 1 ? 'versorgen' : 'versorgt'} ${source} mit ${name}: ${[...all, ...some].join('; ')}.`
}

const spotNames = {
  white: { de: 'Weiße Flecken', en: 'White spots' },
  grey: { de: 'Graue Flecken', en: 'Grey spots' },
}

function operatorsText(fewest: number, most: number): string {
  if (most === 0) return 'no operator offers'
  return most === 1 ? 'one operator offers' : `${fewest === most ? most : `${fewest} to ${most}`} operators offer`
}

/** "Weiße Flecken: 0,4 % der Fläche (kein Betreiber bietet hier 4G oder 5G an). Graue Flecken: …"; '' without data. */
export function spotSentence(mobile: Mobile, districtId: string | null, language: Language): string {
  const parts = mobile.spotRules.flatMap(({ spot, label, fewest, most }) => {
    const figure = mobile.coverage.find((one) => one.districtId === districtId && one.spot === spot)
    if (!figure) return []
    const meaning = { de: label.charAt(0).toLowerCase() + label.slice(1), en: `${operatorsText(fewest, most)} 4G or 5G` }[
      language
    ]
    const area = { de: 'der Fläche', en: 'of the area' }[language]
    return [`${spotNames[spot][language]}: ${formatPercent(figure.share, language)} ${area} (${meaning}).`]
  })
  return parts.join(' ')
}

/** "Auf Messfahrten war in Opladen 4G der Telekom auf 63 % von 120 Feldern gut oder nutzbar." */
export function measuredSentence(
  { measured }: Pick<Mobile, 'measured'>,
  where: { id: string | null; name: string },
  { operator, technology }: { operator: MobileOperator; technology: MobileTechnology },
  language: Language,
): string {
  const figure = measured.find((one) => one.districtId === where.id && one.operator === operator && one.technology === technology)
  const [network, name] = [mobileOperators.labels[operator][language], mobileTechnologies.labels[technology][language]]
  if (!figure)
    return {
      de: `In ${where.name} ist zu ${network} mit ${name} keine Messung veröffentlicht.`,
      en: `No measurement of ${name} of ${network} has been published for ${where.name}.`,
    }[language]
  const share = formatPercent((100 * (figure.good + figure.usable)) / figure.cells, language)
  return {
    de: `In ${where.name} war auf Messfahrten das Netz ${network} mit ${name} auf ${share} von ${figure.cells} ${figure.cells === 1 ? 'Feld' : 'Feldern'} gut oder nutzbar.`,
    en: `In ${where.name}, ${name} of ${network} was good or usable on ${share} of ${figure.cells} ${figure.cells === 1 ? 'square' : 'squares'} measured on drives.`,
  }[language]
}

/** "3 veröffentlichte Funkloch-Meldungen an 2 Stellen." */
export function deadZoneSentence({ deadZones }: Mobile, districtId: string | null, language: Language): string {
  const here = deadZones.filter((zone) => districtId === null || zone.districtId === districtId)
  const reports = here.reduce((sum, zone) => sum + zone.reports, 0)
  if (reports === 0)
    return { de: 'Keine veröffentlichten Funkloch-Meldungen.', en: 'No published reports of dead zones.' }[language]
  return {
    de: `${reports} ${reports === 1 ? 'Funkloch-Meldung' : 'Funkloch-Meldungen'} an ${here.length} ${here.length === 1 ? 'Stelle' : 'Stellen'}.`,
    en: `${reports} ${reports === 1 ? 'report' : 'reports'} of dead zones at ${here.length} ${here.length === 1 ? 'place' : 'places'}.`,
  }[language]
}

/** What must be known with every prediction: how it came about. */
export function noteOf(edition: CoverageEdition | undefined, language: Language): string {
  return `${modelNote[language]}${edition?.methodNote && language === 'de' ? ` ${edition.methodNote}` : ''}`
}
