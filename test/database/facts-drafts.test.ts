import { expect, test } from 'vitest'
import type { Draft } from '../../server/contract/facts.ts'
import { body, emptyStage, factsApp, read, refused, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, database, coordinator, admin } = await factsApp()
const manfort = 'breitband:manfort:civil_works'

test('a coordinator saves a draft and reads the sentence, the warnings and the base', async () => {
  const draft = await coordinator.draft('stage', manfort, { content: { actualEnd: '2022-12-15', percent: 90 } })
  expect(draft.sentence).toContain('Manfort, Tiefbau: ')
  expect(draft.sentence).toContain('Ende tatsächlich keine Angabe → 15.12.2022')
  expect(draft.sentence).toMatch(/Grund: Abnahme\. Quelle: EVL-Mail vom 20\.11\.2026, Stand 20\.11\.2026\.$/)
  expect(draft.warnings.map(({ rule }) => rule)).toEqual(['ended-incomplete'])
  expect(draft).toMatchObject({ kind: 'stage', factId: manfort, mine: true, stale: false, authorName: coordinator.name })
})
