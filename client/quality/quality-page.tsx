import { useEffect, useState } from 'preact/hooks'
import { formatMoment } from '../../server/contract/dates.ts'
import { type Finding, qualityRules, runRules, severities } from '../../server/contract/quality.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { overview, user } from '../workbench/data.ts'
import { go, place } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'
import { exportAddress, type Filter, filterAddress, findings, readAgain, readFilter, rules, statuses } from './data.ts'
import { ExplainDialog } from './explain-dialog.tsx'
import { FindingEntry } from './finding-entry.tsx'
import { RuleTable } from './rule-table.tsx'

/** Whether what is known fits together: findings with a way to what they are about, and how every rule stands. */
export function QualityPage() {
  const filter = readFilter(place.value.query)
  const key = JSON.stringify(filter)
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => void findings.ask({ filter }), [key, revision])
  useEffect(() => void rules.ask(null), [revision])
  const [explained, setExplained] = useState<Finding | null>(null)
  return (
    <div class="page">
      <h1>Prüfung</h1>
      <p>Regeln vergleichen, was gemeldet, gezählt, gemessen und angekündigt ist: nach jeder Änderung und jede Nacht.</p>
      <LastRun />
      <Filters filter={filter} />
      <Loaded from={findings}>
        {({ findings: all, next }) => (
          <>
            <ul class="findings" aria-label="Befunde">
              {all.map((finding) => (
                <FindingEntry key={finding.id} finding={finding} onExplain={() => setExplained(finding)} />
              ))}
            </ul>
            {all.length === 0 && <Nothing filter={filter} />}
            {next !== null && (
              <Button look="secondary" onClick={() => void findings.ask({ filter, known: all })}>
                Weitere Befunde
              </Button>
            )}
          </>
        )}
      </Loaded>
      <h2>Regeln</h2>
      <Loaded from={rules}>{(answer) => <RuleTable rules={answer.rules} />}</Loaded>
      <ExplainDialog finding={explained} onClose={() => setExplained(null)} />
    </div>
  )
}

function LastRun() {
  const [isRunning, setRunning] = useState(false)
  const last = rules.answer.value?.lastRun
  const run = async () => {
    setRunning(true)
    try {
      const { found } = await ask(runRules)
      announce(`Geprüft: ${found} Befunde`)
      await readAgain()
    } catch (error) {
      toast(explain(error), 'danger')
    }
    setRunning(false)
  }
  const mayRun = user.value?.roles.some((role) => ['gigabitCoordinator', 'mobileCoordinator', 'admin'].includes(role))
  return (
    <div class="field-row findings__run">
      <p role="status">
        {isRunning
          ? 'Die Regeln laufen …'
          : last
            ? `Zuletzt geprüft: ${formatMoment(last.finishedAt, 'de')}`
            : 'Noch nie geprüft.'}
      </p>
      {mayRun && (
        <Button look="secondary" icon="renew" small disabled={isRunning} onClick={() => void run()}>
          Jetzt prüfen
        </Button>
      )}
    </div>
  )
}

function Filters({ filter }: { filter: Filter }) {
  const districts = overview.answer.value?.districts ?? []
  const choose = (name: Parameters<typeof filterAddress>[0]) => (event: Event) =>
    go(filterAddress(name, (event.currentTarget as HTMLSelectElement).value), { replace: true })
  return (
    <search class="field-row">
      <SelectField
        label="Zustand"
        value={filter.status}
        onChange={choose('zustand')}
        optional="silent"
        options={optionsOf(statuses)}
      />
      <SelectField
        label="Schwere"
        value={filter.severity ?? ''}
        onChange={choose('schwere')}
        optional="silent"
        options={[all, ...severities.keys.map((id) => ({ value: id, label: severities.labels[id].de }))]}
      />
      <SelectField
        label="Regel"
        value={filter.rule ?? ''}
        onChange={choose('regel')}
        optional="silent"
        options={[all, ...Object.entries(qualityRules).map(([id, { title }]) => ({ value: id, label: title.de }))]}
      />
      <SelectField
        label="Stadtteil"
        value={filter.districtId ?? ''}
        onChange={choose('stadtteil')}
        optional="silent"
        options={[all, ...districts.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <ButtonLink look="tertiary" icon="download" href={exportAddress(filter)} download>
        Liste für Excel
      </ButtonLink>
    </search>
  )
}

const all = { value: '', label: 'alle' }

function optionsOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

function Nothing({ filter }: { filter: Filter }) {
  const isWhole = filter.status === 'open' && !filter.rule && !filter.severity && !filter.districtId
  return (
    <p class="empty">
      {isWhole
        ? 'Kein offener Befund. Ob jede Regel etwas zu prüfen hatte, steht in der Tabelle darunter.'
        : 'Kein Befund mit diesen Merkmalen.'}
    </p>
  )
}
