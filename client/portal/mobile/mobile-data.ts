import { computed, effect } from '@preact/signals'
import { formatImpreciseDate } from '../../../server/contract/dates.ts'
import { type MobileOperator, mobileOperators } from '../../../server/contract/mobile/codes.ts'
import { type CoverageEdition, getMobile } from '../../../server/contract/portal-mobile.ts'
import { editionOf, figuresOf, speakingDataset } from '../../../server/contract/portal-mobile-words.ts'
import { call } from '../../api.ts'
import { language, say } from '../../ui/language.ts'
import { resource } from '../../ui/resource.tsx'
import { overview, revision, settings } from '../data.ts'
import type { MapTask } from '../map-task.ts'
import { texts } from '../texts.ts'
import { clocks, page, topic, view } from '../view.ts'
import { words } from './mobile-words.ts'

type ClockQuery = { asOf?: string; knownAt?: string }

export const mobile = resource((query: ClockQuery, signal) => call(getMobile, { query, signal }))

effect(() => {
  revision.value
  const query = clocks.value
  if (topic.value === 'mobile') void mobile.ask(query)
})

/** What the page is about: a district, or the city (id null). */
export const where = computed(() => {
  const id = page.value.kind === 'mobile' ? page.value.id : null
  const district = overview.answer.value?.districts.find((one) => one.id === id)
  return { id, name: district?.name ?? (id === null ? (settings.answer.value?.cityName ?? '…') : '…') }
})

/** Nothing at all has been imported: no prediction, no measurement. */
export const isEmpty = computed(() => mobile.answer.value?.editions.length === 0)

/** Whose measurements the map shows: those of one network at a time. */
export const measuredNetwork = computed((): MobileOperator => {
  const { network, technology } = view.value
  const measured = mobile.answer.value?.measured ?? []
  return (
    network ??
    mobileOperators.keys.find((key) => measured.some((one) => one.operator === key && one.technology === technology)) ??
    'telekom'
  )
})

/** Which datasets a layer is made of: without one of them it has nothing to show. */
const made: Readonly<Record<string, readonly CoverageEdition['dataset'][]>> = {
  mobile_coverage: ['authority_coverage', 'operator_coverage'],
  mobile_spots: ['operator_count'],
  mobile_deficits: ['deficit_areas'],
  mobile_measured: ['drive_test'],
}

function chosenLayers(): readonly string[] {
  if (view.value.method === 'measured') return ['mobile_measured']
  return view.value.network === null ? ['mobile_spots', 'mobile_deficits'] : ['mobile_coverage']
}

/** The edition behind what the map shows; undefined: nothing of the kind has been imported. */
export const shownEdition = computed((): CoverageEdition | undefined => {
  const answer = mobile.answer.value
  const { method, network, technology } = view.value
  if (!answer) return undefined
  if (method === 'measured') return answer.editions.find(({ dataset }) => dataset === 'drive_test')
  const spots = answer.editions.find(({ dataset }) => dataset === 'operator_count')
  const figures = figuresOf(answer, null, technology)
  return network === null
    ? (spots ?? editionOf(answer, figures[0]))
    : editionOf(
        answer,
        figures.find(({ operator }) => operator === network),
      )
})

function credits(): string[] {
  const edition = shownEdition.value
  if (!edition) return []
  const method = say(view.value.method === 'measured' ? words.shortMeasured : words.shortPredicted)
  return [`${method}, ${say(texts.asOf)} ${formatImpreciseDate(edition.trueOn, language.value)}`, edition.attribution]
}

/** One statement at a time: spots of all networks, coverage of one, or what was measured of it. Sites and reports lie above. */
export const mobileTask: MapTask = {
  credits,
  withheld: () => {
    const chosen = chosenLayers()
    const editions = mobile.answer.value?.editions ?? []
    const isThere = (datasets: readonly string[]) => editions.some(({ dataset }) => datasets.includes(dataset))
    return Object.entries(made)
      .filter(([layer, datasets]) => !chosen.includes(layer) || !isThere(datasets))
      .map(([layer]) => layer)
  },
  state: () => {
    const { network, technology } = view.value
    const dataset = mobile.answer.value && speakingDataset(mobile.answer.value)
    return {
      only: {
        mobile_coverage: { operator: network ?? '', technology, ...(dataset && { dataset }) },
        mobile_measured: { operator: measuredNetwork.value, technology },
      },
    }
  },
}
