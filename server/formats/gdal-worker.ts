/**
 * The inside of a short-lived thread: GDAL in WebAssembly, which sees nothing but the directory of its job. One job per thread,
 * since GDAL keeps its memory (about 140 MB) until the thread ends.
 */
import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { GdalJob, GdalLayer, GdalResult } from './gdal.ts'

interface Dataset {
  pointer: number
  info?: { driverShortName?: string; layers?: GdalLayer[] }
}

interface Gdal {
  open(paths: string[], openOptions?: string[]): Promise<{ datasets: Dataset[] }>
  ogr2ogr(dataset: Dataset, options: string[], name: string): Promise<{ real: string }>
}

const require = createRequire(import.meta.url)
const said: string[] = []

/** Arrow in WebAssembly breaks on days before 1970. A shapefile without .shx is read too. */
const env = { SHAPE_RESTORE_SHX: 'YES', OGR_GEOJSON_MAX_OBJ_SIZE: '0', GDAL_CACHEMAX: '64', OGR2OGR_USE_ARROW_API: 'NO' }

async function start(directory: string): Promise<Gdal> {
  const initialise = require('gdal3.js/node') as (config: object) => Promise<Gdal>
  // The package reads its data by a path relative to the working directory.
  const path = relative(process.cwd(), `${dirname(require.resolve('gdal3.js/node'))}/dist/package`)
  const hear = (text: string) => void said.push(text)
  return initialise({
    path,
    dest: directory,
    logHandler: hear,
    errorHandler: hear,
    env,
  })
}

async function run(job: GdalJob): Promise<GdalResult> {
  const gdal = await start(job.directory)
  const layers: GdalResult['layers'] = []
  let driver = ''
  for (const source of job.sources) {
    const { datasets } = await gdal.open([`${job.directory}/${source.file}`], source.openOptions)
    const dataset = datasets[0]
    if (!dataset) throw new Error('not opened')
    driver = dataset.info?.driverShortName ?? ''
    for (const [index, layer] of (dataset.info?.layers ?? []).entries()) {
      const name = job.output ?? `${source.file.split('.')[0]}_${index}`
      const written = await gdal.ogr2ogr(dataset, [...job.translate, ...(job.names ? [layer.name] : [])], name)
      layers.push({ ...layer, source: source.file, output: written.real })
    }
  }
  return { driver, layers, said }
}

run(workerData as GdalJob).then(
  (result) => parentPort?.postMessage({ result }),
  (error: unknown) => parentPort?.postMessage({ failure: String((error as Error)?.message ?? JSON.stringify(error)), said }),
)
