import { Worker } from 'node:worker_threads'
import { refusals } from './remarks.ts'

/** What the thread is to do: open files of its directory and translate each of their layers. */
export interface GdalJob {
  directory: string
  /** Files in the directory; their names are ours, plain and without a second point. */
  sources: { file: string; openOptions?: string[] }[]
  /** Options of ogr2ogr. */
  translate: string[]
  /** Whether layers are chosen by name (a file that has several). */
  names: boolean
  /** Name of the file written, without ending; by default one per layer. */
  output?: string
}

/** A layer as `ogrinfo -json` tells of it, as far as it is used. */
export interface GdalLayer {
  name: string
  fidColumnName?: string
  geometryFields?: { name: string; type: string; coordinateSystem?: { projjson?: Record<string, unknown> } }[]
  fields?: { name: string; type: string; subType?: string }[]
}

export interface GdalResult {
  driver: string
  layers: (GdalLayer & { source: string; output: string })[]
  said: string[]
}

/** GDAL could not do it; `message` is GDAL's, for the log. */
export class GdalFailure extends Error {}

/** One job at a time keeps memory bounded, whoever asks. */
let last: Promise<unknown> = Promise.resolve()

export function runGdal(job: GdalJob, signal?: AbortSignal): Promise<GdalResult> {
  const turn = last.then(() => runNow(job, signal))
  last = turn.catch(() => {})
  return turn
}

const longestMs = 15 * 60_000

function runNow(job: GdalJob, signal?: AbortSignal): Promise<GdalResult> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const worker = new Worker(new URL('./gdal-worker.ts', import.meta.url), {
      workerData: job,
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    let hasEnded = false
    const end = (settle: () => void) => {
      if (hasEnded) return
      hasEnded = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      void worker.terminate().then(settle)
    }
    const onAbort = () => end(() => reject(signal?.reason))
    const timer = setTimeout(() => end(() => reject(refusals.memory())), longestMs)
    signal?.addEventListener('abort', onAbort)
    worker.once('message', ({ result, failure }: { result?: GdalResult; failure?: string }) =>
      end(() => (result ? resolve(result) : reject(new GdalFailure(failure)))),
    )
    worker.once('error', (error) => end(() => reject(isOutOfMemory(error) ? refusals.memory() : new GdalFailure(error.message))))
    worker.once('exit', () => end(() => reject(new GdalFailure('the thread ended'))))
  })
}

function isOutOfMemory(error: Error): boolean {
  return /memory|ERR_WORKER_OUT_OF_MEMORY/i.test(`${error.message} ${(error as NodeJS.ErrnoException).code}`)
}
