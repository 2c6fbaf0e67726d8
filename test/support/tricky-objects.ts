import type { ObjectKindName } from '../../server/contract/objects/index.ts'
import type { ObjectContent } from '../../server/database/objects.ts'

/** Texts that spreadsheets, separators and readers like to take for something else. */
export const trickyTexts = [
  ...['=1+1', '@SUMME(A1)', '+49 214 406-0', '-5', "'=1+1", "'alt'", '=HYPERLINK("http://example.org";"hier")', '="00123"'],
  ...['00123', '1.376', '1,376', '1,5', '1E5', '12-14', '3/4', 'Mai 5', '2024-03-01', '01.03.2024', 'WAHR', 'false', 'NULL', '-'],
  ...[
    'a;b,c\t"d"',
    'Zeile eins\nZeile zwei',
    'Größe ß € „x“ Ł 漢',
    "O'Neil & Söhne <b>",
    '<img src=x onerror=alert(1)>',
    '_x000B_',
    '%s {{7*7}} $(id)',
  ],
  ...['\\N', '#NAME?', 'x'.repeat(250)],
] as const

const at = (index: number): [x: number, y: number] => [7 + index / 10_000, 51.03 + (index % 7) / 1000]

const dates: readonly Record<'plannedOn' | 'startedOn' | 'laidOn', string | null>[] = [
  { plannedOn: '2022', startedOn: '2022-06', laidOn: null },
  { plannedOn: '2022-Q3', startedOn: null, laidOn: null },
  { plannedOn: null, startedOn: '2022-12-01', laidOn: '2023-01-31' },
]

function network(index: number) {
  const [first, second] = [at(index), at(index + 1)]
  return {
    text: trickyTexts[index] as string,
    common: {
      key: `tricky-${String(index).padStart(2, '0')}`,
      externalId: trickyTexts[index] as string,
      programmeId: index % 2 ? 'breitband' : null,
      operator: trickyTexts[(index + 5) % trickyTexts.length] as string,
      status: (['planned', 'under_construction', 'laid'] as const)[index % 3],
      ...(dates[index % dates.length] as (typeof dates)[number]),
      note: trickyTexts[(index + 9) % trickyTexts.length] as string,
    },
    line: { type: 'LineString', coordinates: [first, second, [second[0], second[1] + 0.0003]] },
    point: { type: 'Point', coordinates: first },
  }
}

const make: Record<ObjectKindName, (index: number) => ObjectContent> = {
  premises: (index) => {
    const { text, common, point } = network(index)
    const { status: _, plannedOn: __, startedOn: ___, laidOn: ____, ...rest } = common
    return {
      ...rest,
      ...{ addressId: null, districtId: 'wiesdorf', kind: index % 4 ? 'household' : 'educational_institution', units: 1 + index },
      ...{ schoolType: index % 4 ? null : 'day_care', name: text, fundingClass: index % 2 ? 'extended_reach' : null },
      ...{ state: 'connected', geom: index % 3 ? point : null },
      steps: {
        consent_given: '2021',
        consent_refused: '2020-11',
        passed: '2021-Q4',
        passed_plus: '2022-01',
        connected: '2022-02-03',
      },
    }
  },
  route: (index) => {
    const { common, line } = network(index)
    return {
      ...common,
      layingMethod: index % 2 ? 'reduced_depth' : null,
      surface: index % 2 ? null : 'sealed',
      coLaying: index % 3 === 0,
      geom: line,
    }
  },
  duct: (index) => {
    const { text, common, line } = network(index)
    const reserve = index % 2 ? null : 0
    return {
      ...common,
      ...{ ductType: index % 2 ? 15 : 99, ductTypeText: text, condition: index % 3 ? 'new' : 'reused', count: 1 + (index % 4) },
      ...{ tubesPerBundle: index % 2 ? 12 : null, tubesReserved: reserve, geom: line },
    }
  },
  cable: (index) => {
    const { common, line } = network(index)
    return { ...common, fibreCount: 144 + index * 100, fibresReserved: index % 2 ? null : 0, count: 1, geom: line }
  },
  structure: (index) => {
    const { text, common, point } = network(index)
    return {
      ...common,
      ...{ structureType: index % 2 ? 'other' : 'pop', structureTypeText: text, designation: text },
      ...{ condition: 'new', collocation: index % 2 === 0, geom: point },
    }
  },
}

/** Objects of a kind that make it hard for files: each text in each place, what is imprecise, what is missing. By key. */
export function trickyObjects(kind: ObjectKindName): ObjectContent[] {
  return trickyTexts.map((_, index) => make[kind](index))
}
