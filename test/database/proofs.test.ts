import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import type { DeadlineRule, Evidence, ProofFolder, Submission } from '../../server/contract/proofs.ts'
import { body, factsApp, read, refused } from '../support/facts.ts'
import { signIn } from '../support/sign-in.ts'

const { app, database, coordinator } = await factsApp()
const base = '/api/proofs/breitband'
const folder = (query = '') => read<ProofFolder>(coordinator, `${base}${query}`)

const upload = (content: string | Buffer, wish: Record<string, string> = {}, headers = {}, path = base) => {
  const query = new URLSearchParams({ name: 'Foto.jpg', kind: 'photo', proves: 'Tiefbau Alkenrath', dated: '2022-06', ...wish })
  return fetch(`${app.url}${path}/evidence?${query}`, {
    method: 'POST',
    body: Buffer.from(content as string),
    headers: {
      Cookie: [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      Origin: app.context.config.publicBaseUrl,
      'Content-Type': 'application/octet-stream',
      ...headers,
    },
  })
}
const jpeg = (text: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(text)])

async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes)
  const entries = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = []
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer)
    entries.set(entry.fileName, Buffer.concat(parts))
  }
  return entries
}
const packageAt = async ({ clocks, frozenAt }: ProofFolder, query = 'proof=final') => {
  const response = await coordinator.get(`${base}/package?${query}&asOf=${clocks.asOf}&knownAt=${frozenAt}`)
  expect(response.status).toBe(200)
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

describe('the folder of a programme', () => {
  it('begins with the published facts and says what is missing', async () => {
    const { programme, milestones, targets, money, checks, deadlines, sections } = await folder()
    expect(programme).toMatchObject({ id: 'breitband', passiveOperator: expect.stringContaining('EVL') })
    expect(milestones.map(({ title }) => title)).toContain('Endgültiger Zuwendungsbescheid des Bundes')
    expect(sections).toHaveLength(13)
    expect(targets.find(({ quantity, districts }) => quantity === 'household' && !districts)).toMatchObject({ target: 1376 })
    expect(money[0]).toMatchObject({ amountEur: 7_500_000, approximate: true, partOf: null })
    expect(checks.filter(({ isThere }) => isThere).map(({ id }) => id)).toContain('final-grant-notice')
    expect(checks.find(({ id }) => id === 'final-sections')?.text).toMatch(/Tiefbau nicht als beendet gemeldet: .*Alkenrath/)
    expect(deadlines.at(-1)).toMatchObject({ proof: 'final', state: 'waiting', dueOn: null })
    expect(deadlines[0]).toMatchObject({ proof: 'interim', budgetYear: 2020, state: 'passed' })
  })

  it('is that of the day asked for', async () => {
    const early = await folder('?asOf=2021-01-15&knownAt=2021-01-15')
    expect(early.milestones.map(({ id }) => id)).not.toContain('breitband:grant-notice-state')
    await refused(await coordinator.get('/api/proofs/gibt-es-nicht'), 404)
    await refused(await coordinator.get(`${base}?asOf=gestern`), 400)
  })
})

describe('evidence', () => {
  it('is kept in parts and comes back as it was', async () => {
    const content = jpeg('x'.repeat(2_500_000))
    const file = await body<Evidence>(await upload(content))
    expect(file).toMatchObject({ mediaType: 'image/jpeg', bytes: content.length, uploadedBy: coordinator.name, withdrawal: null })
    expect(file.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    expect(await database('evidence_parts').where({ file_id: file.id })).toHaveLength(3)
    const response = await coordinator.get(`/api/proofs/evidence/${file.id}/file`)
    expect(response.headers.get('content-disposition')).toContain('attachment')
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true)
    expect((await folder()).checks.find(({ id }) => id === 'interim-evidence-photo')?.isThere).toBe(true)
    expect((await refused(await upload(content), 409)).detail).toBe('Diese Datei liegt schon in der Mappe.')
  })

  it('is withdrawn, not deleted, and nothing of it can be changed', async () => {
    const file = await body<Evidence>(await upload(jpeg('falsch'), { name: 'Falsch.jpg' }))
    const before = await folder()
    const path = `/api/proofs/evidence/${file.id}/withdrawal`
    expect((await refused(await coordinator.send('POST', path, { reason: '' }), 422)).errors?.[0]?.field).toBe('reason')
    const withdrawn = await body<Evidence>(await coordinator.send('POST', path, { reason: 'Falsches Bild' }))
    expect(withdrawn.withdrawal).toMatchObject({ reason: 'Falsches Bild', by: coordinator.name })
    await refused(await coordinator.send('POST', path, { reason: 'Noch einmal' }), 409)
    expect((await coordinator.get(`/api/proofs/evidence/${file.id}/file`)).status).toBe(200)
    const then = await folder(`?knownAt=${before.frozenAt}`)
    expect(then.evidence.find(({ id }) => id === file.id)?.withdrawal).toBeNull()
    await expect(database('evidence_files').where({ id: file.id }).update({ name: 'anders.jpg' })).rejects.toThrow('append-only')
    await expect(database('evidence_files').where({ id: file.id }).delete()).rejects.toThrow('append-only')
    expect((await upload(jpeg('falsch'), { name: 'Falsch.jpg' })).status).toBe(200)
  })

  it('is refused with a reason, and leaves nothing behind', async () => {
    const count = async () => (await database('evidence_files').count<{ count: number }[]>())[0]?.count
    const before = await count()
    expect((await refused(await upload('MZ\0', { name: 'a.exe' }), 415)).detail).toMatch(/^Diese Art von Datei/)
    expect((await refused(await upload('<html>', { name: 'Foto.jpg' }), 415)).errors?.[0]?.field).toBe('file')
    expect((await refused(await upload(jpeg('a'), { name: 'Foto.pdf' }), 422)).detail).toContain('passt nicht zum Inhalt')
    expect((await refused(await upload(jpeg('a'), { dated: 'neulich' }), 400)).errors?.[0]?.field).toBe('dated')
    expect((await refused(await upload(jpeg('a'), { proves: ' ' }), 400)).errors?.[0]?.field).toBe('proves')
    expect((await refused(await upload('{}', {}, { 'Content-Type': 'text/plain' }), 415)).detail).toMatch(/Datei selbst/)
    await refused(await upload(jpeg('a'), {}, {}, '/api/proofs/gibt-es-nicht'), 404)
    await refused(await upload(Buffer.alloc(25 * 2 ** 20 + 1)), 413)
    expect(await count()).toBe(before)
    const viewer = await signIn(app, 'viewer')
    expect((await viewer.send('POST', `${base}/evidence?name=a.pdf`)).status).toBe(403)
  })
})

describe('the package', () => {
  it('has text, tables, evidence and a manifest that fits, and is the same bytes each time', async () => {
    const now = await folder()
    const { bytes, response } = await packageAt(now)
    expect(response.headers.get('content-disposition')).toContain(`Verwendungsnachweis_breitband_${now.clocks.asOf}.zip`)
    const entries = await unzip(bytes)
    const manifest = JSON.parse(String(entries.get('MANIFEST.json')))
    expect(manifest).toMatchObject({ proof: 'final', programme: 'breitband', knownAt: now.frozenAt })
    expect(manifest.missing).toContain('Rechnung fehlt in der Mappe.')
    expect([...entries.keys()].toSorted()).toEqual(
      ['MANIFEST.json', ...manifest.files.map(({ name }: { name: string }) => name)].toSorted(),
    )
    for (const { name, sha256, bytes: size } of manifest.files) {
      const content = entries.get(name) as Buffer
      expect([name, createHash('sha256').update(content).digest('hex'), content.length]).toEqual([name, sha256, size])
    }
    expect(String(entries.get('Sachbericht.html'))).toContain('Privathaushalte: Ziel 1.376; gemeldet: keine Zahl.')
    expect(String(entries.get('tabellen/Meilensteine.csv'))).toContain('Endgültiger Zuwendungsbescheid des Bundes')
    expect([...entries.keys()].filter((name) => name.startsWith('belege/'))).toHaveLength(2)

    await coordinator.record('milestone', 'breitband:completion-notice', {
      content: {
        ...{ programmeId: 'breitband', slug: 'completion-notice', title: 'Fertigstellungsanzeige', titleEn: null, planned: null },
        ...{ actual: '2026-10', note: null, noteEn: null, position: 90 },
      },
    })
    await body(await upload(jpeg('neu'), { name: 'Neu.jpg' }))
    expect((await packageAt(now)).bytes.equals(bytes)).toBe(true)
    const later = await folder()
    expect((await packageAt(later)).bytes.equals(bytes)).toBe(false)
    expect(later.deadlines.at(-1)).toMatchObject({ dueOn: '2027-04-01', latestOn: '2027-10-31', state: 'due' })
  })

  it('of an interim proof needs its budget year and holds what is dated until its end', async () => {
    const detail = (await refused(await coordinator.get(`${base}/package?proof=interim`), 400)).detail
    expect(detail).toContain('Haushaltsjahr')
    await body(await upload(jpeg('2024'), { name: 'Spät.jpg', dated: '2024-05-02' }))
    const names = [...(await unzip((await packageAt(await folder(), 'proof=interim&year=2023')).bytes)).keys()]
    expect(names.some((name) => name.includes('Spät'))).toBe(false)
    expect(names.some((name) => name.includes('Foto'))).toBe(true)
  })
})

describe('deadlines and submissions', () => {
  it('are recorded as the grant notice says, and general rules can be withdrawn', async () => {
    const rule = { proof: 'final', months: 3, legalNote: 'Zuwendungsbescheid Ziffer 7', validFrom: null, validUntil: null }
    const added = await body<DeadlineRule>(await coordinator.send('POST', `${base}/deadlines`, rule))
    expect(added).toMatchObject({ months: 3, isGeneral: false, recordedBy: coordinator.name })
    expect((await folder()).deadlines.at(-1)).toMatchObject({ dueOn: '2027-01-01' })
    const [problem] =
      (await refused(await coordinator.send('POST', `${base}/deadlines`, { ...rule, months: null }), 422)).errors ?? []
    expect(problem).toMatchObject({ field: 'months', detail: expect.stringContaining('Frist in Monaten') })
    const general = (await folder()).rules.find(({ months }) => months === 12)
    await body(
      await coordinator.send('POST', `/api/proofs/deadlines/${general?.id}/withdrawal`, { reason: 'Steht nicht im Bescheid' }),
    )
    expect((await folder()).rules.map(({ months }) => months).toSorted()).toEqual([3, 6, null])
    await refused(await coordinator.send('POST', '/api/proofs/deadlines/999/withdrawal', { reason: 'gibt es nicht' }), 404)
  })

  it('keep the hash of the package that was handed in', async () => {
    const { clocks, frozenAt } = await folder()
    const { bytes } = await packageAt(await folder(`?knownAt=${frozenAt}`), 'proof=interim&year=2026')
    const wish = {
      proof: 'interim',
      budgetYear: 2026,
      submittedOn: clocks.asOf,
      note: null,
      package: { asOf: clocks.asOf, knownAt: frozenAt },
    }
    const kept = await body<Submission>(await coordinator.send('POST', `${base}/submissions`, wish))
    expect(kept.package).toEqual({
      asOf: clocks.asOf,
      knownAt: frozenAt,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    expect((await folder()).deadlines.find(({ budgetYear }) => budgetYear === 2026)?.state).toBe('submitted')
    await refused(await coordinator.send('POST', `${base}/submissions`, { ...wish, budgetYear: null }), 422)
    await refused(await coordinator.send('POST', `${base}/submissions`, { ...wish, submittedOn: '2199-01-01' }), 422)
  })
})
