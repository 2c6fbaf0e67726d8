import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import { availabilities, municipalSiteKinds } from '../../../server/contract/mobile/codes.ts'
import type { MunicipalSiteView } from '../../../server/contract/mobile.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextArea } from '../../ui/field.tsx'
import { nameOf } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { PublicLines } from '../candidate/release.tsx'
import { publicWords } from '../candidate/words.tsx'
import { Beside } from '../case/beside.tsx'
import { Section } from '../case/section.tsx'
import { useCommand } from '../case/use-command.ts'
import { mayChange, municipalSites, requests } from '../data.ts'
import { DayField, Outcome, ReleaseActions } from '../form/command-parts.tsx'
import { RecordFacts } from '../form/record-facts.tsx'
import { RecordHistory } from '../form/record-history.tsx'
import { Withdrawal } from '../form/withdrawal.tsx'
import { ductWords, titleOf } from '../words.ts'
import { municipalGroups } from './municipal-form.tsx'
import { publicViewOf } from './public-view.ts'

/** One site of the city: what it offers, what of it is public, where it is a candidate. */
export function MunicipalSheet({ site, map }: { site: MunicipalSiteView; map: ComponentChildren }) {
  const { id, version, content } = site
  return (
    <Beside head={<Head site={site} />} map={map}>
      <Section id="veroeffentlichung" title="Veröffentlichung">
        <p>
          <strong>{content.releasedOn === null ? 'Intern' : `Öffentlich ${publicWords(content)}`}</strong>
        </p>
        <Release key={version} site={site} />
      </Section>
      <Section id="angaben" title="Angaben">
        {mayChange() && (
          <p>
            <ButtonLink look="secondary" small icon="edit" href={addressWith({ bearbeiten: 'ja' })}>
              Angaben ändern
            </ButtonLink>
          </p>
        )}
        {municipalGroups.map((group) => (
          <RecordFacts key={group.title} kind="municipal_site" content={content} names={group.names} />
        ))}
      </Section>
      <Section id="anfragen" title="Kandidat in diesen Anfragen">
        <Cases ids={site.requestIds} />
      </Section>
      <Disclosure summary="Verlauf">
        <RecordHistory kind="municipal_site" id={id} version={version} />
      </Disclosure>
      {mayChange() && (
        <Withdrawal
          kind="municipal_site"
          id={id}
          name={content.name}
          word="Standort"
          what="Nur wenn er irrtümlich erfasst wurde. Steht er nicht mehr zur Verfügung, ändern Sie die Verfügbarkeit."
          onDone={() => go(addressWith({ standort: null }))}
        />
      )}
    </Beside>
  )
}

function Head({ site: { id, content, districtId, nearestDuct } }: { site: MunicipalSiteView }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id])
  const facts = [
    municipalSiteKinds.labels[content.kind].de,
    availabilities.labels[content.availability].de,
    districtId ? nameOf('district', districtId) : 'außerhalb der Stadtteile',
    ductWords(nearestDuct),
  ]
  return (
    <header class="editor-header">
      <Button look="tertiary" icon="back" iconOnly onClick={() => go(addressWith({ standort: null }))}>
        Zur Liste
      </Button>
      <div class="site-head">
        <h1 ref={heading} tabIndex={-1}>
          {content.name}
        </h1>
        <p>{facts.join(' · ')}</p>
      </div>
    </header>
  )
}

function Release({ site }: { site: MunicipalSiteView }) {
  const { content, districtId } = site
  const [releasedOn, setReleasedOn] = useState(content.releasedOn ?? today())
  const [publicNote, setPublicNote] = useState(content.publicNote ?? '')
  const command = useCommand('municipal_site', site, () => void municipalSites.again())
  const note = publicNote.trim() || null
  const lines = publicViewOf({ ...content, publicNote: note }, districtId && nameOf('district', districtId))
  if (!mayChange()) return <PublicLines lines={lines} />
  return (
    <form
      class="command-form"
      aria-label="Standort veröffentlichen"
      onSubmit={(event) => {
        event.preventDefault()
        void command.run({ releasedOn, publicNote: note })
      }}
    >
      <DayField label="Öffentlich ab" value={releasedOn} onChange={setReleasedOn} />
      <TextArea
        label="Öffentlicher Hinweis"
        optional
        rows={2}
        value={publicNote}
        onInput={(event) => setPublicNote(event.currentTarget.value)}
      />
      <PublicLines lines={lines} />
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

function Cases({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return <p class="muted">In keiner.</p>
  const known = requests.answer.value?.requests ?? []
  return (
    <ul class="site-neighbours">
      {ids.map((id) => {
        const request = known.find((one) => one.id === id)
        return (
          <li key={id}>
            <a href={`/arbeitsplatz/standorte?anfrage=${id}`}>{request ? titleOf(request.content) : id}</a>
          </li>
        )
      })}
    </ul>
  )
}
