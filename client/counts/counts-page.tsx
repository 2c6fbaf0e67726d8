import { useEffect, useState } from 'preact/hooks'
import { exportCounts } from '../../server/contract/counts.ts'
import { definitionIds, metricDefinitions } from '../../server/contract/metrics.ts'
import { premisesKinds } from '../../server/contract/objects/codes.ts'
import { addressOf } from '../api.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField } from '../ui/field.tsx'
import { Loaded } from '../ui/resource.tsx'
import { ClockFields } from '../workbench/clocks.tsx'
import { overview, user } from '../workbench/data.ts'
import { addressWith, go, place } from '../workbench/place.ts'
import { CountTable } from './count-table.tsx'
import { counts, lengths, readShown, releases, type Shown } from './data.ts'
import { FigureHistory } from './figure-history.tsx'
import { LengthBars } from './length-bars.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { ReleaseTable } from './release-table.tsx'

/** Counted and measured beside reported and aimed at, and what of it is public. */
export function CountsPage() {
  const programmes = overview.answer.value?.programmes ?? []
  const shown = readShown(place.value.query, programmes, counts.answer.value)
  const revision = overview.answer.value?.clocks.revision
  const { definition, clocks } = shown
  const { asOf, knownAt } = clocks
  useEffect(() => void counts.ask({ definition, ...clocks }), [definition, asOf, knownAt, revision])
  useEffect(() => void lengths.ask(clocks), [asOf, knownAt, revision])
  useEffect(() => void releases.ask(null), [revision])
  const fileOf = (f: 'xlsx' | 'csv') => addressOf(exportCounts.path, {}, { f, definition, ...clocks })
  const [isPublishing, setPublishing] = useState(false)
  const mayPublish = user.value?.roles.includes('gigabitCoordinator') ?? false
  return (
    <div class="page">
      <h1>Zahlen</h1>
      <p>Aus Anschlussobjekten gezählt und am Netz gemessen, neben Meldungen und Zielen.</p>
      <Choices shown={shown} programmes={programmes} />
      <Definition shown={shown} />
      <Loaded from={counts}>{(answer) => <CountTable answer={answer} shown={shown} />}</Loaded>
      <p class="counts__actions">
        <ButtonLink look="tertiary" icon="download" href={fileOf('xlsx')} download>
          Alle Zahlen als XLSX
        </ButtonLink>
        <ButtonLink look="tertiary" icon="download" href={fileOf('csv')} download>
          als CSV
        </ButtonLink>
      </p>
      <h2>Längen</h2>
      <p class="muted">Gemessen in EPSG:25832. Die vier Größen sind verschieden und werden nicht addiert.</p>
      <Loaded from={lengths}>{(answer) => <LengthBars answer={answer} programmeId={shown.programmeId} />}</Loaded>
      <h2>Veröffentlichungen</h2>
      {mayPublish && (
        <p class="counts__actions">
          <Button look="primary" onClick={() => setPublishing(true)}>
            Zahlen veröffentlichen …
          </Button>
        </p>
      )}
      <Loaded from={releases}>{(answer) => <ReleaseTable releases={answer.releases} mayWithdraw={mayPublish} />}</Loaded>
      <FigureHistory shown={shown} />
      <PublishDialog open={isPublishing} onClose={() => setPublishing(false)} />
    </div>
  )
}

function Choices({ shown, programmes }: { shown: Shown; programmes: readonly { id: string; name: string }[] }) {
  const choose = (name: string) => (event: Event) =>
    go(addressWith({ [name]: (event.currentTarget as HTMLSelectElement).value }), { replace: true })
  return (
    <search class="counts__choices">
      <SelectField
        label="Programm"
        optional="silent"
        value={shown.programmeId}
        onChange={choose('programm')}
        options={programmes.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        label="Art"
        optional="silent"
        value={shown.kind}
        onChange={choose('art')}
        options={premisesKinds.keys.map((id) => ({ value: id, label: premisesKinds.labels[id].de }))}
      />
      <SelectField
        label="Begriffe nach"
        optional="silent"
        value={shown.definition}
        onChange={choose('definition')}
        options={definitionIds.map((id) => ({ value: id, label: metricDefinitions[id].name }))}
      />
      <ClockFields />
    </search>
  )
}

function Definition({ shown }: { shown: Shown }) {
  const { text, source } = metricDefinitions[shown.definition]
  return (
    <Disclosure summary="Was zählt als was?">
      <dl>
        <dt>Potenzial</dt>
        <dd>alle Anschlüsse (Einheiten) des Programms, ohne die nicht möglichen</dd>
        <dt>versorgbar</dt>
        <dd>{text.passed.de}</dd>
        <dt>angeschlossen</dt>
        <dd>{text.connected.de}</dd>
        <dt>in Betrieb (nur intern)</dt>
        <dd>{text.activated.de}</dd>
        <dt>Quoten</dt>
        <dd>Ausbau = versorgbar / Potenzial; Anschluss = angeschlossen / Potenzial; Nutzung = in Betrieb / versorgbar</dd>
      </dl>
      <p class="muted">Quelle: {source}</p>
    </Disclosure>
  )
}
