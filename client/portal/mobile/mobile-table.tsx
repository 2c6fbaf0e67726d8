import { type MobileOperator, mobileOperators, mobileTechnologies } from '../../../server/contract/mobile/codes.ts'
import { formatPercent } from '../../../server/contract/numbers.ts'
import type { Mobile } from '../../../server/contract/portal-mobile.ts'
import { coverageSentence, figuresOf, measuredSentence, noteOf } from '../../../server/contract/portal-mobile-words.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { language, say } from '../../ui/language.ts'
import { Loaded } from '../../ui/resource.tsx'
import { dataAddress } from '../actions.tsx'
import { navigate, pageAddress, view } from '../view.ts'
import { isEmpty, measuredNetwork, mobile, where } from './mobile-data.ts'
import { words } from './mobile-words.ts'

type Row = Mobile['districts'][number]

/** The table of equal rank: what the map shows, by district. */
export function MobileTable() {
  return (
    <section class="table-view" aria-label={say(words.tableTitle)}>
      <h2>{say(words.tableTitle)}</h2>
      <Loaded from={mobile}>{(answer) => <Districts answer={answer} />}</Loaded>
    </section>
  )
}

function Districts({ answer }: { answer: Mobile }) {
  const { method, technology, sorting } = view.value
  const name = say(mobileTechnologies.labels[technology])
  const caption = say(method === 'measured' ? words.captionMeasured : words.captionPredicted)(name)
  const csv = { f: 'csv', dialect: 'excel' }
  return (
    <>
      <p>
        {method === 'measured'
          ? measuredSentence(answer, where.value, { operator: measuredNetwork.value, technology }, language.value)
          : coverageSentence(answer, where.value, technology, language.value)}
      </p>
      {!isEmpty.value && (
        <p class="muted">{method === 'measured' ? say(words.measuredNote) : noteOf(undefined, language.value)}</p>
      )}
      <DataTable
        caption={isEmpty.value ? say(words.captionEmpty) : caption}
        columns={columnsOf(answer)}
        rows={answer.districts}
        rowKey={({ id }) => id}
        sorting={sorting ?? { key: 'district', descending: false }}
        onSort={(next) => navigate({ sorting: next }, { replace: true })}
        isSelected={({ id }) => id === where.value.id}
      />
      <p class="actions">
        {!isEmpty.value && (
          <ButtonLink small icon="download" href={dataAddress('mobile_coverage_districts', csv)} download>
            {say(words.csvCoverage)}
          </ButtonLink>
        )}
        <ButtonLink small icon="download" href={dataAddress('mobile_dead_zones', csv)} download>
          {say(words.csvDeadZones)}
        </ButtonLink>
      </p>
    </>
  )
}

/** A number that may be missing: what nobody said is not nothing. */
function column(key: string, label: string, value: (row: Row) => number | null, format: (value: number) => string): Column<Row> {
  return {
    key,
    label,
    numeric: true,
    cell: (row) => {
      const number = value(row)
      return number === null ? <span class="muted">{say(words.notSaid)}</span> : format(number)
    },
    sortBy: value,
  }
}

function columnsOf(answer: Mobile): Column<Row>[] {
  const { network, method } = view.value
  const known = method === 'measured' ? answer.measured : answer.coverage
  const operators = mobileOperators.keys.filter(
    (operator) => (network === null || operator === network) && known.some((figure) => figure.operator === operator),
  )
  const spots = (['white', 'grey'] as const).filter((spot) => answer.coverage.some((figure) => figure.spot === spot))
  const percent = (value: number) => formatPercent(value, language.value)
  const share = method === 'measured' ? measuredShare : predictedShare
  return [
    {
      key: 'district',
      label: say(words.district),
      heading: true,
      cell: ({ id, name }) => <a href={pageAddress({ kind: 'mobile', id })}>{name}</a>,
      sortBy: ({ name }) => name,
    },
    ...operators.map((operator) =>
      column(operator, say(mobileOperators.labels[operator]), ({ id }) => share(answer, id, operator), percent),
    ),
    ...(method === 'measured' || network !== null
      ? []
      : spots.map((spot) => column(`${spot}Spots`, say(words.spots[spot]), ({ id }) => spotShare(answer, id, spot), percent))),
    column('deadZones', say(words.deadZones), ({ id }) => reportsIn(answer, id), String),
    column('sites', say(words.sites), ({ id }) => answer.sites.filter((site) => site.districtId === id).length, String),
  ]
}

function predictedShare(answer: Mobile, districtId: string, operator: MobileOperator): number | null {
  return figuresOf(answer, districtId, view.value.technology).find((figure) => figure.operator === operator)?.share ?? null
}

function measuredShare({ measured }: Mobile, districtId: string, operator: MobileOperator): number | null {
  const figure = measured.find(
    (one) => one.districtId === districtId && one.operator === operator && one.technology === view.value.technology,
  )
  return figure ? (100 * (figure.good + figure.usable)) / figure.cells : null
}

function spotShare({ coverage }: Mobile, districtId: string, spot: 'white' | 'grey'): number | null {
  return coverage.find((figure) => figure.districtId === districtId && figure.spot === spot)?.share ?? null
}

function reportsIn({ deadZones }: Mobile, districtId: string): number {
  return deadZones.filter((zone) => zone.districtId === districtId).reduce((sum, zone) => sum + zone.reports, 0)
}
