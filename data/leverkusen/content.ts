import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod/mini'
import { ImpreciseDate } from '../../server/contract/dates.ts'
import { Line, Slug } from '../../server/contract/facts/fact.ts'
import type { FactKindName } from '../../server/contract/facts/index.ts'
import { expand, type PublishedStatement } from './statements.ts'

const LonLat = z.tuple([z.number(), z.number()])

const Sources = z.record(
  z.string(),
  z.strictObject({ citation: Line, url: z.nullable(z.url({ protocol: /^https?$/ })), published: z.nullable(ImpreciseDate) }),
)

const Districts = z.strictObject({
  /** Amtlicher Gemeindeschlüssel (AGS): whose addresses are taken out of the register of the Land. */
  municipality: z.string().check(z.regex(/^\d{8}$/)),
  boroughs: z.array(z.strictObject({ id: Slug, name: Line, position: z.int() })),
  districts: z.array(
    z.strictObject({ id: Slug, name: Line, boroughId: Slug, streetKeyPrefixes: z.array(z.string()), labelPoint: LonLat }),
  ),
  boundaries: z.strictObject({ source: z.string(), trueOn: ImpreciseDate, attribution: Line }),
})

const Places = z.array(z.strictObject({ id: Slug, name: Line, nameEn: z.nullable(Line), point: LonLat }))

/** The content shipped with the product, as the files of a directory say it. */
export interface Content {
  municipality: string
  sources: z.infer<typeof Sources>
  boroughs: z.infer<typeof Districts>['boroughs']
  districts: z.infer<typeof Districts>['districts']
  places: z.infer<typeof Places>
  /** All statements but those about boundaries, whose polygons PostGIS makes from the arcs. */
  statements: PublishedStatement[]
  boundaries: z.infer<typeof Districts>['boundaries'] & {
    /** The lines between the districts, each used by one or two of them: WKT in WGS84. */
    arcs: string[]
  }
}

/** One file per kind; later ones may refer to earlier ones. */
const factFiles: readonly [file: string, kind: FactKindName][] = [
  ['programmes.json', 'programme'],
  ['sections.json', 'section'],
  ['stages.json', 'stage'],
  ['targets.json', 'target'],
  ['figures.json', 'figure'],
  ['milestones.json', 'milestone'],
  ['funding.json', 'funding'],
  ['departments.json', 'department'],
  ['deadline-rules.json', 'deadline_rule'],
  ['building-law-rules.json', 'building_law_rule'],
  ['spot-rules.json', 'spot_rule'],
  ['text-modules.json', 'text_module'],
  ['funding-frames.json', 'funding_frame'],
]

/** Reads and checks the files; throws naming file and entry that do not fit the declared kinds of fact. */
export function readContent(directory = import.meta.dirname): Content {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'))
  const facts = factFiles.flatMap(([file, kind]) => inFile(file, () => expand(kind, json(file))))
  const pages = inFile('pages.json', () => expand('page', json('pages.json'), readPages(join(directory, 'pages'))))
  const letters = inFile('letter-templates.json', () =>
    expand('letter_template', json('letter-templates.json'), readLetters(join(directory, 'letters'))),
  )
  const { municipality, boroughs, districts, boundaries } = inFile('districts.json', () =>
    Districts.parse(json('districts.json')),
  )
  const content = {
    municipality,
    sources: inFile('sources.json', () => Sources.parse(json('sources.json'))),
    places: inFile('places.json', () => Places.parse(json('places.json'))),
    boroughs,
    districts,
    boundaries: { ...boundaries, arcs: readArcs(readFileSync(join(directory, 'boundary-arcs.txt'), 'utf8')) },
    statements: [...facts, ...letters, ...pages],
  }
  refuseUnknownSources(content)
  refuseRepetitions(content.statements)
  return content
}

/** Markdown files `slug.language.md`, by id of the page: the first line is the title. */
function readPages(directory: string): Map<string, { title: string; body: string }> {
  const files = globSync(join(directory, '*.md'))
  return new Map(
    files.map((file) => {
      const [, title = '', body = ''] = /^# ([^\n]+)\n+(.+)$/s.exec(readFileSync(file, 'utf8')) ?? []
      return [basename(file, '.md').replace('.', ':'), { title, body: body.trimEnd() }]
    }),
  )
}

/** Markdown files `slug.md`, by id of the template. */
function readLetters(directory: string): Map<string, { body: string }> {
  const files = globSync(join(directory, '*.md'))
  return new Map(files.map((file) => [`letter:${basename(file, '.md')}`, { body: readFileSync(file, 'utf8').trimEnd() }]))
}

/** "7.026,51.037 7.036,51.031" per line. */
function readArcs(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => `LINESTRING(${line.replace(/[ ,]/g, (mark) => (mark === ' ' ? ', ' : ' '))})`)
}

function refuseUnknownSources({ sources, statements, boundaries }: Content): void {
  const unknown = [...statements, boundaries].find(({ source }) => !(source in sources))
  if (unknown) throw new Error(`sources.json: no source named ${unknown.source}`)
}

/** Fact, day and source name a statement; saying it twice would be a correction of itself. */
function refuseRepetitions(statements: PublishedStatement[]): void {
  const seen = new Set<string>()
  for (const { kind, id, trueOn, source } of statements) {
    const name = [kind, id, trueOn, source].join(' ')
    if (seen.has(name)) throw new Error(`said twice: ${name}`)
    seen.add(name)
  }
}

function inFile<Result>(file: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}
