import { useEffect } from 'preact/hooks'
import { gisNbPhaseLabels } from '../../server/contract/gisnb.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField } from '../ui/field.tsx'
import { Loaded } from '../ui/resource.tsx'
import { overview, user } from '../workbench/data.ts'
import { addressWith, go } from '../workbench/place.ts'
import { check, query, readWish, submissions, type Version, versions, type Wish } from './data.ts'
import { Findings } from './findings.tsx'
import { ImportPackage } from './import-package.tsx'
import { LayerTable } from './layer-table.tsx'
import { Package } from './package.tsx'

/** GIS-NB: how complete and how right the package would be now, the package itself, what was submitted, and taking one over. */
export function GisNbPage() {
  const programmes = (overview.answer.value?.programmes ?? []).filter(({ kind }) => kind === 'funded' || kind === 'special_call')
  const wish = readWish(query(), versions.answer.value ?? [], programmes)
  const key = JSON.stringify(wish)
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => {
    void versions.ask(null)
    void submissions.ask(null)
  }, [])
  useEffect(() => {
    if (wish) void check.ask(wish)
  }, [key, revision])
  return (
    <div class="page">
      <h1>GIS-NB</h1>
      <p>
        Pakete nach den GIS-Nebenbestimmungen der Förderung. <strong>Intern:</strong> Sie enthalten genaue Trassen und werden nie
        veröffentlicht.
      </p>
      <Loaded from={versions}>
        {(known) =>
          wish ? (
            <>
              <Choice wish={wish} versions={known} programmes={programmes} />
              <Uncertain version={known.find(({ id }) => id === wish.version)} />
              <Loaded from={check}>
                {(answer) => (
                  <>
                    <LayerTable check={answer} />
                    <Package key={key} wish={wish} check={answer} />
                    <Findings check={answer} />
                  </>
                )}
              </Loaded>
              {user.value?.roles.includes('gigabitCoordinator') && <ImportPackage key={key} wish={wish} />}
            </>
          ) : (
            <p class="empty">Es gibt noch kein gefördertes Programm.</p>
          )
        }
      </Loaded>
    </div>
  )
}

interface ChoiceProps {
  wish: Wish
  versions: readonly Version[]
  programmes: readonly { id: string; name: string }[]
}

function Choice({ wish, versions: known, programmes }: ChoiceProps) {
  const choose = (name: string) => (event: Event) =>
    go(addressWith({ [name]: (event.currentTarget as HTMLSelectElement).value }), { replace: true })
  const version = known.find(({ id }) => id === wish.version)
  return (
    <div class="field-row">
      <SelectField
        label="Programm"
        optional="silent"
        value={wish.programmeId}
        onChange={choose('programm')}
        options={programmes.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        label="Fassung der GIS-NB"
        optional="silent"
        hint="Maßgeblich ist die im Zuwendungsbescheid genannte."
        value={wish.version}
        onChange={choose('fassung')}
        options={known.map(({ id }) => ({ value: id, label: id }))}
      />
      <SelectField
        label="Phase"
        optional="silent"
        value={wish.phase}
        onChange={choose('phase')}
        options={(version?.phases ?? []).map((id) => ({ value: id, label: gisNbPhaseLabels[id] }))}
      />
    </div>
  )
}

/** What is not known about the standard is said where its package is made. */
function Uncertain({ version }: { version: Version | undefined }) {
  if (!version) return null
  return (
    <Disclosure summary={`Was über die Fassung ${version.id} nicht bekannt ist (${version.uncertain.length})`}>
      <ul>
        {version.uncertain.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Disclosure>
  )
}
