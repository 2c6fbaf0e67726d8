import { formatMoney } from '../../contract/numbers.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type FrameCase = Case<'funding_frame'>

/** Impossible: a sum without its beginning or the other way round; a notice of the future. */
function* grantIsWhole({ content: { grantedEur, firstMonth, noticeOn }, today }: FrameCase): Iterable<Remark> {
  if (grantedEur === 0) yield refuse('grantedEur', 'Die bewilligte Summe ist größer als null; ohne Bescheid bleibt sie leer.')
  if (grantedEur !== null && firstMonth === null)
    yield refuse('firstMonth', 'Zur bewilligten Summe gehört der erste Monat des Bewilligungszeitraums.')
  if (grantedEur === null && firstMonth !== null)
    yield refuse('grantedEur', 'Zum ersten Monat gehört die bewilligte Summe aus dem Zuwendungsbescheid.')
  if (grantedEur === null && noticeOn !== null) yield refuse('grantedEur', 'Zum Zuwendungsbescheid gehört die bewilligte Summe.')
  if (noticeOn !== null && noticeOn > today) yield refuse('noticeOn', 'Das Datum des Bescheids liegt in der Zukunft.')
}

/** Impossible: no most at all where one is named. Implausible: more than the directive allows. */
function* grantWithinMost({ content: { grantedEur, mostEur } }: FrameCase): Iterable<Remark> {
  if (mostEur === 0) yield refuse('mostEur', 'Der Höchstbetrag ist größer als null; ist er nicht bekannt, bleibt er leer.')
  if (grantedEur !== null && mostEur !== null && grantedEur > mostEur)
    yield warn('grant-over-most', 'grantedEur', `Das ist mehr als der Höchstbetrag der Richtlinie (${formatMoney(mostEur)}).`)
}

/** Implausible: two grants for the same time; double funding is excluded. */
function* grantsApart({ id, content, world }: FrameCase): Iterable<Remark> {
  const own = periodOf(content)
  if (!own) return
  const other = [...world.facts.funding_frame].find(([otherId, frame]) => {
    const period = otherId === id ? null : periodOf(frame)
    return period !== null && period.first <= own.last && own.first <= period.last
  })
  if (other)
    yield warn('grants-overlap', 'firstMonth', `Überschneidet sich mit „${other[1].name}“: Doppelförderung ist ausgeschlossen.`)
}

/** First and last month, counted since year 0. */
function periodOf({ firstMonth, months }: Pick<FrameCase['content'], 'firstMonth' | 'months'>) {
  if (firstMonth === null) return null
  const [year = 0, month = 0] = firstMonth.split('-').map(Number)
  const first = year * 12 + month
  return { first, last: first + months - 1 }
}

export const fundingFrameRules: readonly Rule<'funding_frame'>[] = [grantIsWhole, grantWithinMost, grantsApart]
