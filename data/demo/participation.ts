import type { Knex } from 'knex'
import type { IsoDate } from '../../server/contract/dates.ts'
import type { FederalState } from '../../server/contract/federal-state.ts'
import type { Opinion } from '../../server/contract/mobile/codes.ts'
import type { ReviewEventKind, StatementSource } from '../../server/contract/participation-words.ts'
import { addWorkingDays } from '../../server/contract/working-days.ts'

/** What a department says to a case, in working days ago; null: it is silent. */
interface Answer {
  opinion: Opinion
  conditions: string | null
  remark: string | null
  source: StatementSource
  given: number
}

/** A case about which three departments were asked; answers in their order. */
interface Plan {
  request: string
  asked: number
  due: number
  question: string
  answers: readonly (Answer | null)[]
}

const plans: readonly Plan[] = [
  {
    ...{ request: 'q:demo-3', asked: 14, due: 3 },
    question: 'Erfundene Frage: Was spricht aus Sicht Ihres Fachbereichs für oder gegen die beiden Kandidaten?',
    answers: [
      {
        ...{ opinion: 'agreed', conditions: null, source: 'mail', given: 11 },
        remark: 'Erfunden: Gegen beide Standorte bestehen keine Bedenken.',
      },
      {
        ...{ opinion: 'agreed_with_conditions', remark: null, source: 'meeting', given: 6 },
        conditions: 'Erfunden: Am Wasserturm ist der Aufbau von der Straße abgewandt anzuordnen.',
      },
      null,
    ],
  },
  {
    ...{ request: 'q:demo-5', asked: 38, due: 20 },
    question: 'Erfundene Frage: Bestehen Bedenken, wenn ein weiterer Betreiber den vorhandenen Mast mitnutzt?',
    answers: [
      null,
      { ...{ opinion: 'agreed', conditions: null, source: 'phone', given: 33 }, remark: null },
      {
        ...{ opinion: 'agreed_with_conditions', remark: null, source: 'letter', given: 22 },
        conditions: 'Erfunden: Der Beginn der Arbeiten ist zwei Wochen vorher mitzuteilen.',
      },
    ],
  },
]

const invented = { id: 'demo', name: 'Beispieldaten' }
const product = { id: 'product', name: 'Ausbauatlas' }

interface Department {
  id: string
  code: string
  name: string
  silence: string
}

/**
 * Invented participation: the first three departments are asked another way than by mail, so that nobody is ever written to; who is
 * silent has been escalated already. Returns how many statements and reviews were written.
 */
export async function loadParticipation(trx: Knex, today: IsoDate, state: FederalState): Promise<number> {
  const { rows: departments } = await trx.raw<{ rows: Department[] }>(
    'select id, code, name, silence from departments_at(current_date, clock_timestamp()) where active order by position, id limit 3',
  )
  const ago = (days: number) => addWorkingDays(today, -days, state)
  let written = 0
  for (const plan of plans)
    for (const [index, department] of departments.entries())
      written += await loadReview(trx, plan, department, plan.answers[index] ?? null, ago)
  return written
}

type Ago = (workingDays: number) => IsoDate

async function loadReview(trx: Knex, plan: Plan, department: Department, answer: Answer | null, ago: Ago): Promise<number> {
  const [review] = await trx('reviews')
    .insert({
      ...{ request_id: plan.request, department_id: department.id, department_code: department.code },
      ...{ department_name: department.name, silence: department.silence, question: plan.question, asked_via: 'other' },
      ...{ asked_on: ago(plan.asked), due_on: ago(plan.due), asked_by: invented.id, asked_name: invented.name },
    })
    .returning('id')
  const note = (kind: ReviewEventKind, day: IsoDate, by: typeof invented, more: object = {}) =>
    trx('review_events').insert({ review_id: review.id, kind, day, by_id: by.id, by_name: by.name, ...more })
  await note('asked', ago(plan.asked), invented)
  if (!answer) {
    const text = 'Für den Fachbereich ist niemand eingetragen, der benachrichtigt wird.'
    await note('escalated', ago(plan.due - 1), product, { due_on: ago(plan.due), note: text })
    return 1
  }
  const { opinion, conditions, remark, source, given } = answer
  await trx('review_statements').insert({
    ...{ review_id: review.id, opinion, conditions, remark, source, given_on: ago(given), is_late: given < plan.due },
    ...{ given_by: `Beispielperson, ${department.code}`, recorded_by: invented.id, recorded_name: invented.name },
  })
  await note('answered', ago(given), invented)
  return 2
}
