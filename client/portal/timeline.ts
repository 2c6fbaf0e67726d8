import { computed } from '@preact/signals'
import { language } from '../ui/language.ts'
import { overview, settings, timeline, today } from './data.ts'
import { type EventDay, eventDays } from './events.ts'
import { view } from './view.ts'

/** Days on which something happened in the chosen programmes. */
export const days = computed<EventDay[]>(() => {
  const { programme } = view.value
  const events = (timeline.value?.events ?? []).filter((event) => programme === null || event.programmeId === programme)
  const names = new Map(overview.answer.value?.districts.map((district) => [district.id, district.name]))
  return eventDays(events, (id) => names.get(id) ?? id, language.value)
})

/** First day of the timeline. */
export const start = computed(() => timeline.value?.start ?? settings.answer.value?.timelineStart ?? '2019-01-01')

/** The day shown: chosen, or what the server made of the second clock, or today. */
export const shownDay = computed(
  () => view.value.asOf ?? (view.value.knownAt && view.value.knownAt < today.value ? view.value.knownAt : today.value),
)
