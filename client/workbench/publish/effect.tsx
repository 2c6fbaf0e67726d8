import { useEffect, useMemo } from 'preact/hooks'
import type * as z from 'zod/mini'
import type { Phase } from '../../../server/contract/codes.ts'
import { formatImpreciseDate } from '../../../server/contract/dates.ts'
import { type Draft, previewPublication, type SectionView, type Warning } from '../../../server/contract/facts.ts'
import { PhaseBadge } from '../../ui/phase.tsx'
import { Loaded, type Resource, resource } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { nameOf } from '../data.ts'
import { ask } from '../staff.ts'

type View = z.infer<typeof SectionView>

type Preview = Resource<readonly number[], z.output<(typeof previewPublication)['response']>>

/** Asks what publishing these drafts would do, again whenever one of them is saved anew. None: nothing is asked. */
export function usePreview(chosen: readonly Draft[]): Preview {
  const preview = useMemo(
    () => resource((ids: readonly number[], signal) => ask(previewPublication, { body: { drafts: [...ids] }, signal })),
    [],
  )
  const key = chosen.map(({ id, updatedAt }) => `${id} ${updatedAt}`).join()
  useEffect(() => {
    if (chosen.length > 0) void preview.ask(chosen.map(({ id }) => id))
    else preview.forget()
  }, [key])
  return preview
}

/** What the public would see after the publication, beside what it sees now. */
export function Effect({ preview }: { preview: Preview }) {
  return (
    <Loaded from={preview} skeleton={<Skeleton lines={[80, 60]} />}>
      {({ changed }) => (
        <section class="effect" aria-label="Öffentliche Sicht vorher und nachher">
          <h3>Das sieht die Öffentlichkeit</h3>
          {changed.length === 0 && <p>Ausbaustand und angekündigte Termine bleiben, wie sie sind.</p>}
          {changed.map(({ before, after }) => {
            const section = after ?? before
            return section && <BeforeAfter key={section.id} section={section} before={before} after={after} />
          })}
        </section>
      )}
    </Loaded>
  )
}

function BeforeAfter({ section, before, after }: { section: View; before: View | null; after: View | null }) {
  return (
    <div class="before-after">
      <p class="before-after__name">
        {section.name} <span class="muted">({nameOf('programme', section.programmeId)})</span>
      </p>
      <dl>
        <div>
          <dt>vorher</dt>
          <dd>
            <OneView view={before} />
          </dd>
        </div>
        <div>
          <dt>nachher</dt>
          <dd>
            <OneView view={after} />
          </dd>
        </div>
      </dl>
    </div>
  )
}

function OneView({ view }: { view: View | null }) {
  if (!view) return <>nicht vorhanden</>
  return (
    <>
      <PhaseBadge phase={view.phase as Phase} />
      {view.plannedEnd && <span class="muted"> angekündigt: {formatImpreciseDate(view.plannedEnd, 'de')}</span>}
    </>
  )
}

/** Plausibility remarks: worth a second look, never in the way. */
export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null
  return (
    <ul class="warnings" aria-label="Hinweise zur Plausibilität">
      {warnings.map((warning) => (
        <li key={warning.rule + warning.text}>{warning.text}</li>
      ))}
    </ul>
  )
}
