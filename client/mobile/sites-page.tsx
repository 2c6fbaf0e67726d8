import './mobile.css'
import { useEffect } from 'preact/hooks'
import { Failure } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { place } from '../workbench/place.ts'
import { EditCase, NewCase } from './case/case-form.tsx'
import { CasePage } from './case/case-page.tsx'
import { mayChange, oneRequest, requests, revisionNow } from './data.ts'
import { RequestList } from './list/request-list.tsx'
import type { CaseSection } from './sections.ts'

/** Site requests: all of them, a new one, or the one that is opened with what other rooms show of it. */
export function SitesPage({ sections }: { sections: readonly CaseSection[] }) {
  const revision = revisionNow()
  const opened = place.value.query.get('anfrage')
  useEffect(() => void requests.ask(null), [revision])
  if (opened === 'neu' && mayChange()) return <NewCase />
  return opened && opened !== 'neu' ? <Opened key={opened} id={opened} sections={sections} /> : <RequestList />
}

function Opened({ id, sections }: { id: string; sections: readonly CaseSection[] }) {
  const revision = revisionNow()
  useEffect(() => void oneRequest.ask(id), [id, revision])
  useEffect(() => () => oneRequest.forget(), [])
  const request = oneRequest.answer.value?.request
  const error = oneRequest.error.value
  if (error !== null)
    return (
      <div class="page">
        <h1>Standortanfrage</h1>
        <Failure error={error} retry={oneRequest.again} />
        <p>
          <a href="/arbeitsplatz/standorte">Zu allen Standortanfragen</a>
        </p>
      </div>
    )
  if (request?.id !== id)
    return (
      <div class="page">
        <h1>Standortanfrage</h1>
        <Skeleton />
      </div>
    )
  const isEditing = place.value.query.get('bearbeiten') !== null && mayChange()
  return isEditing ? <EditCase request={request} /> : <CasePage request={request} sections={sections} />
}
