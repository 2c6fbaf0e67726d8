import { formatDay } from '../../../server/contract/dates.ts'
import { type MobileOperator, mobileOperators, mobileTechnologies } from '../../../server/contract/mobile/codes.ts'
import { formatPercent } from '../../../server/contract/numbers.ts'
import type { MeasuredFigure, Mobile } from '../../../server/contract/portal-mobile.ts'
import { figuresOf } from '../../../server/contract/portal-mobile-words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { language, say } from '../../ui/language.ts'
import { where } from './mobile-data.ts'
import { words } from './mobile-words.ts'

/** Covered area by network and technology, of the city or the district. */
export function CoverageTable({ answer }: { answer: Mobile }) {
  const operators = mobileOperators.keys.filter((operator) => answer.coverage.some((figure) => figure.operator === operator))
  const technologies = mobileTechnologies.keys.filter((key) => answer.coverage.some((figure) => figure.technology === key))
  if (operators.length === 0) return null
  const share = (operator: MobileOperator, technology: (typeof mobileTechnologies.keys)[number]) => {
    const figure = figuresOf(answer, where.value.id, technology).find((one) => one.operator === operator)
    return figure ? formatPercent(figure.share, language.value) : '–'
  }
  return (
    <DataTable
      caption={say(words.operatorCoverage)}
      columns={[
        { key: 'operator', label: say(words.network), heading: true, cell: (operator) => say(mobileOperators.labels[operator]) },
        ...technologies.map((technology) => ({
          key: technology,
          label: say(mobileTechnologies.labels[technology]),
          numeric: true,
          cell: (operator: MobileOperator) => share(operator, technology),
        })),
      ]}
      rows={operators}
      rowKey={(operator) => operator}
    />
  )
}

/** What drive tests found, of the city or the district: never beside a prediction in one column. */
export function MeasuredTable({ answer }: { answer: Mobile }) {
  const rows = answer.measured.filter(({ districtId }) => districtId === where.value.id)
  const number = (key: 'cells' | 'good' | 'usable' | 'weak', label: string) => ({
    key,
    label,
    numeric: true,
    cell: (row: MeasuredFigure) => row[key],
  })
  return (
    <DataTable
      caption={say(words.measuredTitle)}
      columns={[
        {
          key: 'operator',
          label: say(words.network),
          heading: true,
          cell: (row) => `${say(mobileOperators.labels[row.operator])}, ${say(mobileTechnologies.labels[row.technology])}`,
        },
        number('cells', say(words.measuredCells)),
        number('good', say(words.good)),
        number('usable', say(words.usable)),
        number('weak', say(words.weak)),
        { key: 'days', label: say(words.days), cell: (row) => daysOf(row) },
      ]}
      rows={rows}
      rowKey={(row) => `${row.operator} ${row.technology}`}
      empty={say(words.notSaid)}
    />
  )
}

function daysOf({ firstDay, lastDay }: MeasuredFigure): string {
  const [first, last] = [formatDay(firstDay, language.value), formatDay(lastDay, language.value)]
  return first === last ? first : `${first} – ${last}`
}
