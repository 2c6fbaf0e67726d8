import { useEffect, useState } from 'preact/hooks'
import { type CouncilReport, listCouncilReports, makeCouncilReport } from '../../server/contract/council-reports.ts'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { formatDay, formatMoment, today } from '../../server/contract/dates.ts'
import { ApiError } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { announce } from '../ui/toast.tsx'
import { overview, user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'

const reports = resource(async () => (await ask(listCouncilReports)).reports)

/** Status reports for the council: made with one click, there for good. */
export function CouncilReportsPage() {
  useEffect(() => void reports.ask(null), [])
  return (
    <div class="page">
      <h1>Berichte</h1>
      <p>
        Ein Sachstandsbericht hält fest, was für einen Tag bekannt ist: Ausbaustand, Änderungen seit dem letzten Bericht, Zahlen
        und Ziele, Termine, Karte, nächste Schritte und Quellen. Er lässt sich jederzeit unverändert wieder abrufen.
      </p>
      <MakeReport />
      <h2>Bisherige Berichte</h2>
      <Loaded from={reports}>
        {(all) =>
          all.length === 0 ? (
            <p class="empty">Noch kein Bericht. Der erste erzählt den ganzen Stand, jeder weitere auch die Änderungen seither.</p>
          ) : (
            <DataTable
              caption="Sachstandsberichte, neueste zuerst"
              columns={columns()}
              rows={all}
              rowKey={({ id }) => String(id)}
            />
          )
        }
      </Loaded>
    </div>
  )
}

function MakeReport() {
  const [asOf, setAsOf] = useState(formatDay(today(), 'de'))
  const [districtId, setDistrict] = useState('')
  const [programmeId, setProgramme] = useState('')
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [isBusy, setBusy] = useState(false)
  const known = overview.answer.value
  if (!user.value?.roles.some((role) => ['gigabitCoordinator', 'mobileCoordinator', 'admin'].includes(role))) return null
  const make = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    try {
      // What is no day goes to the server as it is: its message says so.
      const day = parseImpreciseDate(asOf) ?? asOf
      await ask(makeCouncilReport, { body: { asOf: day, programmeId: programmeId || null, districtId: districtId || null } })
      announce('Der Bericht ist fertig.')
      await reports.again()
    } catch (error) {
      setErrors(fieldErrors(error))
    }
    setBusy(false)
  }
  const all = { value: '', label: 'alle' }
  return (
    <form class="field-row" onSubmit={(event) => void make(event)} noValidate>
      <TextField
        label="Stand"
        type="text"
        value={asOf}
        hint="Tag, für den der Bericht gilt, z. B. 28.03.2022"
        error={errors.asOf ?? errors.since ?? errors.all}
        onInput={(event) => setAsOf(event.currentTarget.value.trim())}
      />
      <SelectField
        label="Programm"
        optional="silent"
        value={programmeId}
        onChange={(event) => setProgramme(event.currentTarget.value)}
        options={[all, ...(known?.programmes ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <SelectField
        label="Stadtteil"
        optional="silent"
        value={districtId}
        onChange={(event) => setDistrict(event.currentTarget.value)}
        options={[all, ...(known?.districts ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Button look="primary" icon="list" type="submit" disabled={isBusy}>
        {isBusy ? 'Der Bericht entsteht …' : 'Bericht erstellen'}
      </Button>
    </form>
  )
}

/** Messages by field; what belongs to none stands under `all`. */
function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  const named = error instanceof ApiError ? (error.problem.errors ?? []) : []
  return named.length > 0 ? Object.fromEntries(named.map(({ field, detail }) => [field, detail])) : { all: explain(error) }
}

function columns(): readonly Column<CouncilReport>[] {
  const known = overview.answer.value
  const scope = ({ programmeId, districtId }: CouncilReport) =>
    [
      known?.programmes.find(({ id }) => id === programmeId)?.name ?? programmeId,
      known?.districts.find(({ id }) => id === districtId)?.name ?? districtId,
    ]
      .filter(Boolean)
      .join(', ') || 'ganze Stadt'
  const shown = (report: CouncilReport) => (report.isDemo ? `${scope(report)} (mit Beispieldaten)` : scope(report))
  return [
    { key: 'asOf', label: 'Stand', heading: true, cell: ({ asOf }) => formatDay(asOf, 'de') },
    { key: 'scope', label: 'Umfang', cell: shown },
    { key: 'since', label: 'Änderungen seit', cell: ({ since }) => (since ? formatDay(since, 'de') : '–') },
    { key: 'made', label: 'Erstellt', cell: ({ madeAt, madeBy }) => `${formatMoment(madeAt, 'de')}, ${madeBy}` },
    { key: 'files', label: 'Dateien', cell: (report) => <Files report={report} /> },
  ]
}

const files = { html: 'Seite', pdf: 'PDF', xlsx: 'Excel-Anlage' }

function Files({ report }: { report: CouncilReport }) {
  return (
    <span class="report-files">
      {Object.entries(files).map(([format, label]) => (
        <a key={format} href={`/bericht/${report.id}.${format}`} target="_blank" rel="noreferrer">
          {label}
          <span class="kern-sr-only"> zum {formatDay(report.asOf, 'de')}</span>
        </a>
      ))}
    </span>
  )
}
