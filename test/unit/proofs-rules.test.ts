import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { mostFileBytes } from '../../server/contract/files.ts'
import type { DeadlineRule, Submission } from '../../server/contract/proofs.ts'
import { readJudgedFile } from '../../server/http/judged-file.ts'
import { addMonths, checksOf, deadlinesOf } from '../../server/reports/proofs-rules.ts'

const rule = (id: number, months: number | null, more: Partial<DeadlineRule> = {}): DeadlineRule => ({
  ...{ id, proof: months === null ? 'interim' : 'final', months, legalNote: 'Bescheid', isGeneral: true, recordedBy: 'Test' },
  ...{ validFrom: null, validUntil: null },
  ...more,
})
const submitted = (budgetYear: number | null, submittedOn: string): Submission => ({
  ...{
    id: 1,
    proof: budgetYear === null ? 'final' : 'interim',
    budgetYear,
    submittedOn,
    note: null,
    package: null,
    recordedBy: 'Test',
  },
})
const facts = {
  rules: [rule(1, null), rule(2, 6), rule(3, 12)],
  completion: null,
  grant: null,
  submissions: [],
  asOf: '2026-03-01',
}

describe('deadlines', () => {
  it('add months without running over the end of a month', () => {
    expect([addMonths('2025-08-31', 6), addMonths('2023-08-31', 6), addMonths('2025-11-15', 12)]).toEqual([
      '2026-02-28',
      '2024-02-29',
      '2026-11-15',
    ])
  })

  it('of the final proof begin with the completion notice, by the strictest rule and its earliest day', () => {
    expect(deadlinesOf(facts)).toEqual([
      { proof: 'final', budgetYear: null, dueOn: null, latestOn: null, state: 'waiting', ruleIds: [2, 3] },
    ])
    expect(deadlinesOf({ ...facts, completion: '2025-10' })).toMatchObject([
      { dueOn: '2026-04-01', latestOn: '2026-10-31', state: 'due' },
    ])
    expect(deadlinesOf({ ...facts, completion: '2025-03-31' })).toMatchObject([{ dueOn: '2025-09-30', state: 'passed' }])
    const done = { ...facts, completion: '2025-03-31', submissions: [submitted(null, '2025-08-01')] }
    expect(deadlinesOf(done)).toMatchObject([{ state: 'submitted' }])
    expect(deadlinesOf({ ...done, asOf: '2025-07-31' })).toMatchObject([{ state: 'due' }])
  })

  it('use only rules that hold on the day', () => {
    const rules = [rule(2, 6, { validFrom: '2026-01-01' }), rule(3, 12, { validUntil: '2025-12-31' })]
    expect(deadlinesOf({ ...facts, rules, completion: '2025-06-30' })).toMatchObject([{ dueOn: '2026-06-30', ruleIds: [3] }])
    expect(deadlinesOf({ ...facts, rules: [], completion: '2025-06-30', grant: '2020-12' })).toEqual([])
  })

  it('of interim proofs: one per budget year, from the grant notice to the completion', () => {
    const years = deadlinesOf({ ...facts, grant: '2023-12', submissions: [submitted(2024, '2024-11-01')] })
    expect(years.filter(({ proof }) => proof === 'interim').map(({ budgetYear, state }) => [budgetYear, state])).toEqual([
      [2023, 'passed'],
      [2024, 'submitted'],
      [2025, 'passed'],
      [2026, 'due'],
    ])
    const ended = deadlinesOf({ ...facts, grant: '2023-12', completion: '2024-05-01' })
    expect(ended.flatMap(({ budgetYear }) => budgetYear ?? [])).toEqual([2023, 2024])
  })
})

describe('the completeness list', () => {
  it('names everything that is missing in an empty folder', () => {
    const checks = checksOf({ milestones: [], sections: [], targets: [], money: [], evidence: [] })
    expect(checks.some(({ isThere }) => isThere)).toBe(false)
    expect(checks.map(({ id }) => id)).toContain('final-completion-notice')
    expect(checks.find(({ id }) => id === 'final-sections')?.text).toBe('Kein Bauabschnitt erfasst.')
    expect(checks.find(({ id }) => id === 'interim-evidence-photo')?.text).toBe('Fotodokumentation fehlt in der Mappe.')
  })
})

describe('a file for the folder', () => {
  const read = (name: string, ...parts: (string | Buffer)[]) =>
    readJudgedFile(Readable.from([Buffer.concat(parts.map((part) => Buffer.from(part as string)))]), name)
  const refusal = async (status: number, text: RegExp, promise: Promise<unknown>) =>
    expect(promise).rejects.toMatchObject({ status, message: expect.stringMatching(text) })

  it('is judged by its content', async () => {
    expect(await read('Abnahme.PDF', '%PDF-1.7\n')).toMatchObject({
      mediaType: 'application/pdf',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await read('Netz.gpkg', 'SQLite format 3\0…')).toMatchObject({ mediaType: 'application/geopackage+sqlite3' })
    expect(await read('Liste.xlsx', 'PK\u0003\u0004', 'xl/workbook.xml')).toMatchObject({
      mediaType: expect.stringContaining('sheet'),
    })
    expect(await read('Liste.csv', 'a;b\r\n1;2')).toMatchObject({ mediaType: 'text/csv' })
  })

  it('is refused with a reason when it is something else', async () => {
    await refusal(422, /leer/, read('Foto.jpg'))
    await refusal(
      422,
      /„Rechnung.pdf“ passt nicht zum Inhalt; .* \.png/,
      read('Rechnung.pdf', Buffer.from([0x89]), 'PNG\r\n\u001a\n'),
    )
    await refusal(415, /wird nicht angenommen. Möglich sind PDF/, read('Programm.exe', 'MZ\0\0'))
    await refusal(415, /wird nicht angenommen/, read('Seite.txt', ' <script>alert(1)</script>'))
    await refusal(422, /Makros/, read('Liste.xlsx', 'PK\u0003\u0004', 'xl/workbook.xml xl/vbaProject.bin'))
    await refusal(413, /größer als 25 MB/, readJudgedFile(Readable.from([Buffer.alloc(mostFileBytes), Buffer.alloc(1)]), 'a.pdf'))
  })
})
