import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import { TextArea, TextField } from '../../ui/field.tsx'
import { nameOf } from '../../workbench/data.ts'
import { useCommand } from '../case/use-command.ts'
import { mayChange, oneRequest } from '../data.ts'
import { DayField, Outcome, ReleaseActions } from '../form/command-parts.tsx'
import { dayWords } from '../words.ts'
import type { CandidateProps } from './candidate-page.tsx'
import { type PublicLine, publicView } from './public-view.ts'

/** A site becomes public once it is agreed, the operator consents, and the city releases it. */
export function Release({ request, candidate }: CandidateProps) {
  const { decision, releasedOn, operatorConsentOn } = candidate.content
  if (decision !== 'agreed')
    return (
      <p class="muted">Intern. Öffentlich werden kann der Standort erst, wenn er abgestimmt ist und der Betreiber zustimmt.</p>
    )
  return (
    <>
      <p>
        <strong>
          {releasedOn === null ? 'Intern' : `Öffentlich ${releasedOn <= today() ? 'seit' : 'ab'} ${dayWords(releasedOn)}`}
        </strong>
        {operatorConsentOn && `, der Betreiber stimmt zu seit ${dayWords(operatorConsentOn)}`}
      </p>
      {mayChange() ? (
        <ReleaseForm request={request} candidate={candidate} />
      ) : (
        <PublicPreview request={request} candidate={candidate} />
      )}
    </>
  )
}

function ReleaseForm({ request, candidate }: CandidateProps) {
  const { content } = candidate
  const [consentOn, setConsentOn] = useState(content.operatorConsentOn ?? '')
  const [releasedOn, setReleasedOn] = useState(content.releasedOn ?? today())
  const [publicName, setPublicName] = useState(content.publicName ?? '')
  const [publicNote, setPublicNote] = useState(content.publicNote ?? '')
  const command = useCommand('site_candidate', candidate, () => void oneRequest.again())
  const said = {
    publicName: publicName.trim() || null,
    publicNote: publicNote.trim() || null,
    operatorConsentOn: consentOn || null,
  }
  const shown = { ...candidate, content: { ...content, ...said } }
  return (
    <form
      class="command-form"
      aria-label="Standort veröffentlichen"
      onSubmit={(event) => {
        event.preventDefault()
        void command.run({ ...said, releasedOn })
      }}
    >
      <div class="form-grid">
        <DayField
          label="Betreiber stimmt zu seit"
          hint="ohne Zustimmung keine Freigabe"
          value={consentOn}
          onChange={setConsentOn}
        />
        <DayField label="Öffentlich ab" value={releasedOn} onChange={setReleasedOn} />
        <TextField
          label="Öffentliche Bezeichnung"
          optional
          hint="sonst steht dort der Stadtteil"
          value={publicName}
          onInput={(event) => setPublicName(event.currentTarget.value)}
        />
      </div>
      <TextArea
        label="Öffentlicher Hinweis"
        optional
        rows={2}
        value={publicNote}
        onInput={(event) => setPublicNote(event.currentTarget.value)}
      />
      <PublicPreview request={request} candidate={shown} />
      <Outcome problem={command.problem} />
      <ReleaseActions
        isReleased={content.releasedOn !== null}
        isBusy={command.isBusy}
        releasedOn={releasedOn}
        onTakeBack={() => void command.run({ releasedOn: null })}
      />
    </form>
  )
}

/** Exactly what the public will see of a candidate. */
function PublicPreview({ request, candidate }: CandidateProps) {
  const district = candidate.districtId && nameOf('district', candidate.districtId)
  const lines = publicView({ candidate: candidate.content, request: request.content, district })
  return (
    <PublicLines lines={lines}>
      <p>
        Noch nichts: Der Standort erscheint erst, wenn in der Anfrage der Schritt „Standort abgestimmt“, „Bau begonnen“ oder „In
        Betrieb“ steht, und nicht mehr, wenn sie abgelehnt, zurückgezogen oder der Standort abgebaut ist.
      </p>
    </PublicLines>
  )
}

interface PublicLinesProps {
  /** null: nothing yet, as the `children` explain. */
  lines: readonly PublicLine[] | null
  children?: ComponentChildren
}

/** What leaves, and that nothing else does. */
export function PublicLines({ lines, children }: PublicLinesProps) {
  return (
    <section class="draft-effect" aria-label="Das wird öffentlich">
      <h3>Das wird öffentlich, und nichts sonst</h3>
      {lines ? (
        <dl class="record-facts">
          {lines.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        children
      )}
      <p class="muted">Suchkreise, Ansprechpersonen, Stellungnahmen und interne Bemerkungen bleiben intern.</p>
    </section>
  )
}
