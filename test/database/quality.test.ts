import { beforeAll, describe, expect, it } from 'vitest'
import { loadDemo } from '../../data/demo/load.ts'
import type { Finding } from '../../server/contract/quality.ts'
import { qualityRules } from '../../server/contract/quality.ts'
import { change } from '../../server/database/change.ts'
import { recordObjects } from '../../server/database/objects.ts'
import { ruleQueries } from '../../server/quality/rules/index.ts'
import { testApp } from '../support/app.ts'
import { body, read, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const app = await testApp()
const { database } = app.context
const coordinator = await staff(app, 'gigabitCoordinator')

const run = async () => body(await coordinator.send('POST', '/api/quality/runs'))
const findings = async (query = '') =>
  (await read<{ findings: Finding[] }>(coordinator, `/api/quality/findings?limit=500${query}`)).findings
const sentences = async (rule: string) => (await findings(`&rule=${rule}`)).map(({ sentence }) => sentence)

interface RuleState {
  id: string
  checked: number | null
  open: number
}
const ruleState = async (id: string) =>
  (await read<{ rules: RuleState[] }>(coordinator, '/api/quality/rules')).rules.find((rule) => rule.id === id)

const actor = { actor: 'test', actorName: 'Test', reason: 'Lieferung' }
const household = (key: string, more: object = {}) => ({
  ...{ key, districtId: 'opladen', kind: 'household', units: 1, state: 'connected', steps: {}, programmeId: 'breitband' },
  ...more,
})

async function record(trueOn: string, ...premises: ReturnType<typeof household>[]) {
  await change(database, actor, async (trx) => {
    const [source] = await trx('sources')
      .insert({ citation: `Lieferung ${trueOn}` })
      .onConflict('citation')
      .merge()
      .returning('id')
    await recordObjects(trx, 'premises', premises, { trueOn, sourceId: source.id })
  })
}

describe('the consistency rules', () => {
  it('are all run, and an empty set never passes', async () => {
    expect(ruleQueries.map(({ id }) => id).toSorted()).toEqual(Object.keys(qualityRules).toSorted())
    await run()
    expect(await ruleState('duplicate-premises')).toMatchObject({ checked: 0, open: 0 })
    expect((await ruleState('overdue'))?.checked).toBeGreaterThan(0)
  })

  it('say that the dates announced for the second phase have passed', async () => {
    expect(await sentences('overdue')).toContain('Wiesdorf, Tiefbau: angekündigt für Ende 2022, nichts weiter gemeldet.')
    const marks = await (await client(app).get('/ogc/collections/quality_marks/items/wiesdorf?f=json')).json()
    expect(marks.properties).toMatchObject({ mark: 'doubtful', district: 'Wiesdorf' })
    const said = await findings('&districtId=wiesdorf&severity=warning')
    expect(said).toHaveLength(marks.properties.warnings)
    for (const { id } of said)
      await body(await coordinator.send('PUT', `/api/quality/findings/${id}/acceptance`, { reason: 'Bekannt' }))
    const after = await (await client(app).get('/ogc/collections/quality_marks/items/wiesdorf?f=json')).json()
    expect(after.properties).toMatchObject({ mark: 'incomplete', warnings: 0 })
    for (const { id } of said) await body(await coordinator.send('DELETE', `/api/quality/findings/${id}/acceptance`))
  })

  it('find what does not fit together in premises, and forget it when it is put right', async () => {
    await record('2026-01-31', household('one', { addressId: 'a1' }), household('two', { addressId: 'a1' }))
    await record('2026-02-28', household('one', { addressId: 'a1', state: 'passed' }))
    await coordinator.record('figure', 'breitband:opladen:household:connected', {
      content: {
        ...{ programmeId: 'breitband', districtId: 'opladen', quantity: 'household', state: 'connected', fundingClass: null },
        ...{ value: 1200, approximate: false, note: null, noteEn: null },
      },
    })
    await run()
    expect(await sentences('duplicate-premises')).toEqual(['Privathaushalt: dieselbe Adresse wie p:one.'])
    expect(await sentences('step-back')).toEqual([
      'Privathaushalt: vorher „angeschlossen“, jetzt „Glasfaser liegt vor dem Grundstück“.',
    ])
    const [difference] = await sentences('reported-counted')
    expect(difference).toMatch(/, Opladen: Privathaushalte angeschlossen – gemeldet 1.200, gezählt 1 \(−1.199\)\.$/)

    await record('2026-02-28', household('one', { addressId: 'a1', state: 'passed', note: 'Zähler falsch abgelesen' }))
    await run()
    expect(await sentences('step-back')).toEqual([])
    expect((await findings('&status=resolved&rule=step-back')).length).toBe(1)
  })

  it('let a finding be explained until what was found changes', async () => {
    const [finding] = await findings('&rule=duplicate-premises')
    const path = `/api/quality/findings/${finding?.id}/acceptance`
    const explained = await body<Finding>(await coordinator.send('PUT', path, { reason: 'Zwei Wohnungen' }))
    expect(explained.acceptance).toMatchObject({ reason: 'Zwei Wohnungen' })
    await run()
    expect(await sentences('duplicate-premises')).toEqual([])
    expect((await findings('&status=accepted')).map(({ id }) => id)).toEqual([finding?.id])
    expect((await coordinator.send('PUT', path, { reason: '' })).status).toBe(422)
    await body(await coordinator.send('DELETE', path))
    expect(await sentences('duplicate-premises')).toHaveLength(1)
    expect((await coordinator.send('PUT', '/api/quality/findings/999999/acceptance', { reason: 'gibt es nicht' })).status).toBe(
      404,
    )
  })

  it('page by the last one seen and export for a spreadsheet', async () => {
    const all = await findings()
    const first = await read<{ findings: Finding[]; next: number }>(coordinator, '/api/quality/findings?limit=3')
    const second = await read<{ findings: Finding[] }>(coordinator, `/api/quality/findings?limit=500&after=${first.next}`)
    expect([...first.findings, ...second.findings]).toEqual(all)
    const csv = await (await coordinator.get('/api/quality/findings.csv')).text()
    expect(csv.split('\r\n')).toHaveLength(all.length + 2)
    expect(csv).toContain(`;http://ausbauatlas.test${all[0]?.href};`)
  })
})

describe('the rules on the example data', () => {
  beforeAll(async () => {
    await loadDemo(database)
    await run()
  })

  it('have something to check everywhere but where nothing is reported', async () => {
    const { rules } = await read<{ rules: RuleState[] }>(coordinator, '/api/quality/rules')
    const unchecked = rules.filter(({ checked }) => checked === 0).map(({ id }) => id)
    expect(unchecked.toSorted()).toEqual([
      'activation-early',
      'reported-measured',
      'section-outside-district',
      'sections-overlap',
    ])
    expect(await sentences('network-outside-city')).toEqual([])
    expect(await sentences('premises-elsewhere')).toEqual([])
    expect(await sentences('connected-without-network')).toEqual([])
  })
})
