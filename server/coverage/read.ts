import type { Knex } from 'knex'
import type { CoverageFound } from '../contract/coverage.ts'
import { type CoverageDataset, coverageDatasets } from '../contract/coverage-codes.ts'
import { FileRefused, nameOfCrs, type OpenedFile, openFile, type Table } from '../formats/index.ts'
import { count, linesOf, Tally } from './found.ts'
import { allowLongWork, markReady, prepareGrid, summariseCells, type WaitingImport } from './queries.ts'
import { mayBeEmpty, readAreas } from './read-areas.ts'
import { readDriveTest } from './read-drive-test.ts'
import { describeUnknown, recognise, type Shape } from './recognise.ts'

interface Recognised {
  file: OpenedFile
  table: Table
  shape: Shape
}

interface Work {
  signal: AbortSignal
  onProgress: (share: number) => void
}

/**
 * Reads a received file and keeps what it says of the city, all of it or nothing, in one transaction; then it is ready to be confirmed.
 * Throws `FileRefused` with a sentence for a clerk. Memory is bounded by a batch of rows.
 */
export async function readCoverage(database: Knex, path: string, waiting: WaitingImport, work: Work): Promise<void> {
  const grid = await prepareGrid(database)
  await using file = await open(path, waiting, grid.box, work)
  const recognised = choose(file, waiting.wishedDataset ?? undefined)
  refuseWithoutPlace(recognised)
  const { table, shape } = recognised
  const tally = new Tally()
  await database.transaction(async (trx) => {
    await allowLongWork(trx)
    await trx('coverage_import_cells').where('import_id', waiting.id).delete()
    await trx('coverage_import_areas').where('import_id', waiting.id).delete()
    const reading = { tally, signal: work.signal, onProgress: (share: number) => work.onProgress(0.1 + 0.9 * share) }
    const drive = shape.dataset === 'drive_test' ? await readDriveTest(trx, waiting.id, recognised, reading) : null
    const read = drive ?? (await readAreas(trx, waiting.id, recognised, reading))
    if (tally.used === 0 && !mayBeEmpty(shape.dataset)) throw nothingHere(tally, shape)
    const summary = await summariseCells(trx, waiting.id)
    const found: CoverageFound = {
      ...{ dataset: shape.dataset, format: file.format, table: table.name, columns: table.columns.map(({ name }) => name) },
      ...{ rows: tally.rows, used: tally.used, outside: tally.outside, duplicates: read.duplicates, unusable: tally.unusable },
      ...{
        ...summary,
        parts: withEmptyParts(summary.parts, shape),
        cityCells: grid.cells,
        firstDay: drive?.firstDay ?? null,
        lastDay: drive?.lastDay ?? null,
      },
      ...{ foreign: tally.listForeign(), problems: tally.problems, kinds: tally.listKinds() },
      reasons: [...shape.reasons, ...remarksOf(file, table)],
      warnings: [...read.warnings, ...warningsOf(tally, summary.cells, grid.cells, shape.dataset)],
      asksOperator: asks(shape) && summary.parts.some(({ operator }) => operator === null),
      asksTechnology: asks(shape) && summary.parts.some(({ technology }) => technology === null),
    }
    if (!(await markReady(trx, waiting.id, found))) throw new FileRefused('cancelled', 'Der Import wurde abgebrochen.')
  })
}

/** GIS files of a whole country are read around the city only; where nothing is found so, all of it is read to be able to say why. */
async function open(
  path: string,
  { fileName }: WaitingImport,
  box: readonly [number, number, number, number],
  { signal, onProgress }: Work,
): Promise<OpenedFile> {
  const options = { name: fileName, signal, onProgress: (share: number) => onProgress(0.1 * share) }
  try {
    return await openFile(path, { ...options, within: box })
  } catch (error) {
    if (error instanceof FileRefused && (error.code === 'no-rows' || error.code === 'unreadable')) return openFile(path, options)
    throw error
  }
}

function choose(file: OpenedFile, wished?: CoverageDataset): Recognised {
  for (const table of file.tables) {
    const shape = recognise(table, wished)
    if (shape) return { file, table, shape }
  }
  throw new FileRefused('unknown-edition', describeUnknown(file.tables, wished))
}

function refuseWithoutPlace({ table, shape }: Recognised): void {
  if (!table.needsCrs || shape.columns.cell) return
  const said = table.remarks.find(({ code }) => code === 'crs-unsupported' || code === 'crs-unknown')?.text ?? ''
  const wanted = `${nameOfCrs(25832)}, ${nameOfCrs(3035)} oder ${nameOfCrs(4326)}`
  throw new FileRefused(
    'crs',
    `Als „${coverageDatasets.labels[shape.dataset].de}“ erkannt, aber die Lage ist nicht zu bestimmen: ${said} Erwartet wird ${wanted}. Es wurde nichts übernommen.`,
  )
}

function nothingHere({ rows, unusable }: Tally, { dataset }: Shape): FileRefused {
  const readable = unusable > 0 ? `, ${count(unusable)} davon nicht brauchbar` : ''
  return new FileRefused(
    'elsewhere',
    `Als „${coverageDatasets.labels[dataset].de}“ erkannt (${linesOf(rows)}${readable}), aber nichts davon liegt in der Stadt. Bitte prüfen Sie Ausschnitt und Koordinatensystem. Es wurde nichts übernommen.`,
  )
}

/** A column that says "not covered" for the whole city speaks of its operator and technology, too. */
function withEmptyParts(parts: CoverageFound['parts'], { wide }: Shape): CoverageFound['parts'] {
  const isNamed = (one: Shape['wide'][number]) =>
    parts.some((part) => part.operator === one.operator && part.technology === one.technology)
  return [
    ...parts,
    ...wide.filter((one) => !isNamed(one)).map(({ operator, technology }) => ({ operator, technology, cells: 0 })),
  ]
}

/** Only coverage by operator needs one; a drive test of an unknown operator says nothing either. */
function asks({ dataset }: Shape): boolean {
  return dataset !== 'operator_count' && dataset !== 'deficit_areas'
}

function remarksOf(file: OpenedFile, table: Table): string[] {
  return [...file.remarks, ...table.remarks].map(({ text }) => text)
}

function warningsOf(tally: Tally, cells: number, cityCells: number, dataset: CoverageDataset): string[] {
  const foreign = tally.listForeign()
  const missing = cityCells - cells
  return [
    foreign.length > 0 &&
      `Netze, die hier nicht geführt werden, zählen nicht: ${foreign
        .slice(0, 5)
        .map(({ name, count: times }) => `„${name}“ (${count(times)})`)
        .join(', ')}.`,
    tally.unusable > 0 && `Nicht brauchbar: ${count(tally.unusable)} von ${linesOf(tally.rows)}. Sie zählen nicht.`,
    dataset === 'operator_count' &&
      missing > 0 &&
      `Für ${count(missing)} von ${count(cityCells)} Rasterzellen der Stadt sagt die Datei nichts.`,
    dataset === 'deficit_areas' && tally.used === 0 && 'Kein Gebiet mit Ausbaudefizit berührt die Stadt.',
  ].filter((one) => one !== false)
}
