import { type Budget, budgetStates } from '../../server/contract/activities.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import { formatMoney, formatPercent } from '../../server/contract/numbers.ts'
import { ButtonLink } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Notice } from '../ui/notice.tsx'
import { mayRecord } from '../workbench/data.ts'

/** The funding against time and money; what a directive allows is never drawn like what was granted. */
export function Budgets({ budgets, asOf }: { budgets: readonly Budget[]; asOf: string }) {
  const granted = budgets.filter(({ grant }) => grant !== null)
  const others = budgets.filter(({ grant }) => grant === null)
  return (
    <section>
      <h2>Förderung am {formatDay(asOf, 'de')}</h2>
      {granted.map((budget) => (
        <Granted key={budget.frameId} budget={budget} />
      ))}
      {granted.length === 0 && <NotGranted />}
      {others.length > 0 && (
        <Disclosure summary={granted.length === 0 ? 'Bekannte Förderrichtlinien' : 'Weitere Förderrichtlinien'}>
          <ul class="frame-list">
            {others.map((budget) => (
              <Frame key={budget.frameId} budget={budget} />
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  )
}

function NotGranted() {
  return (
    <Notice kind="info" title="Noch kein Zuwendungsbescheid erfasst">
      <p>
        Tätigkeiten und Ausgaben lassen sich schon erfassen. Sobald der Bescheid da ist: Unter „Bekannte Förderrichtlinien“ die
        passende öffnen, bewilligte Summe und ersten Monat eintragen, mit dem Bescheid als Quelle veröffentlichen. Dann steht
        hier, was davon verbraucht ist.
      </p>
    </Notice>
  )
}

function Frame({ budget: { frameId, name, directive, mostEur, months, legalNote, source } }: { budget: Budget }) {
  return (
    <li>
      <h3>{name}</h3>
      <p>
        {directive}.{' '}
        {mostEur !== null && (
          <strong>
            Nach der Richtlinie höchstens {formatMoney(mostEur)} für {months} Monate; nicht als bewilligt erfasst.
          </strong>
        )}
      </p>
      {legalNote && <p>{legalNote}</p>}
      <p class="muted">
        Stand {formatImpreciseDate(source.trueOn, 'de')}, Quelle: {source.citation}
      </p>
      <EditFrame frameId={frameId} name={name} isGranted={false} />
    </li>
  )
}

function EditFrame({ frameId, name, isGranted }: { frameId: string; name: string; isGranted: boolean }) {
  if (!mayRecord('funding_frame')) return null
  const words = isGranted ? 'Förderrahmen ändern' : 'Bescheid erfassen'
  return (
    <p>
      <ButtonLink
        look="secondary"
        small
        icon="edit"
        aria-label={`${words}: ${name}`}
        href={`/arbeitsplatz/regeln?angabe=funding_frame/${frameId}`}
      >
        {words}
      </ButtonLink>
    </p>
  )
}

function Granted({ budget }: { budget: Budget }) {
  const { grant, months, name } = budget
  if (!grant) return null
  const isOver = grant.restEur < 0
  const leadsOver = grant.forecastEur !== null && grant.forecastEur > grant.grantedEur
  return (
    <article class="budget" aria-label={name}>
      <h3>{name}</h3>
      <Bar
        label={`Zeit: ${grant.monthsPassed} von ${months} Monaten`}
        share={grant.timeShare}
        rest={grant.monthsLeft === 1 ? 'noch 1 Monat' : `noch ${grant.monthsLeft} Monate`}
      />
      <Bar
        label={`Geld: ${formatMoney(grant.chargedEur)} von ${formatMoney(grant.grantedEur)}`}
        share={grant.spentShare}
        rest={isOver ? `um ${formatMoney(-grant.restEur)} überschritten` : `noch ${formatMoney(grant.restEur)}`}
      />
      {isOver && <p class="mark mark--overdue">Die bewilligte Summe ist überschritten.</p>}
      {!isOver && leadsOver && (
        <p class="mark mark--overdue">Wenn es weitergeht wie bisher, reicht die bewilligte Summe nicht bis zum Ende.</p>
      )}
      <Disclosure summary="Als Tabelle">
        <DataTable caption={`Förderung: ${name}`} columns={columns} rows={rowsOf(budget)} rowKey={([label]) => label} />
      </Disclosure>
      <EditFrame frameId={budget.frameId} name={name} isGranted />
    </article>
  )
}

function Bar({ label, share, rest }: { label: string; share: number; rest: string }) {
  return (
    <div class="budget__bar">
      <span>
        <strong>{label}</strong> ({formatPercent(share * 100, 'de')}), {rest}
      </span>
      <meter min={0} max={1} value={Math.min(1, share)} aria-hidden="true" />
    </div>
  )
}

type Row = readonly [label: string, value: string]

const columns: readonly Column<Row>[] = [
  { key: 'label', label: 'Angabe', heading: true, cell: ([label]) => label },
  { key: 'value', label: 'Wert', prose: true, cell: ([, value]) => value },
]

function rowsOf({ directive, sharePercent, months, state, source, grant }: Budget): Row[] {
  if (!grant) return []
  const { firstDay, lastDay, noticeOn, forecastEur } = grant
  return [
    ['Richtlinie', directive],
    ['Zuwendungsbescheid', `${noticeOn ? `${formatDay(noticeOn, 'de')}, ` : ''}Quelle: ${source.citation}`],
    ['Bewilligte Summe', formatMoney(grant.grantedEur)],
    ['Förderung', sharePercent === null ? 'Festbetrag' : `${formatPercent(sharePercent, 'de')} der zuwendungsfähigen Ausgaben`],
    ['Bewilligungszeitraum', `${formatDay(firstDay, 'de')} bis ${formatDay(lastDay, 'de')}, ${budgetStates.labels[state].de}`],
    ['Verstrichen', `${grant.monthsPassed} von ${months} Monaten, ${formatPercent(grant.timeShare * 100, 'de')} der Tage`],
    ['Zuwendungsfähige Ausgaben', formatMoney(grant.eligibleEur)],
    ['Zulasten der Zuwendung', `${formatMoney(grant.chargedEur)}, ${formatPercent(grant.spentShare * 100, 'de')} der Summe`],
    ['Rest', formatMoney(grant.restEur)],
    [
      'Hochrechnung zum Ende',
      forecastEur === null
        ? 'noch keine: kein ganzer Monat verstrichen'
        : `${formatMoney(forecastEur)}, wenn es weitergeht wie bisher`,
    ],
  ]
}
