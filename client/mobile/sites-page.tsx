import './mobile.css'
import { useEffect } from 'preact/hooks'
import type { RequestView } from '../../server/contract/mobile.ts'
import { Failure } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { place } from '../workbench/place.ts'
import { CandidateForm } from './candidate/candidate-form.tsx'
import { CandidatePage } from './candidate/candidate-page.tsx'
import { EditCase, NewCase } from './case/case-form.tsx'
import { CasePage } from './case/case-page.tsx'
import { deadlines, mayChange, oneRequest, requests, revisionNow } from './data.ts'
import { RequestList } from './list/request-list.tsx'
import type { CaseSection } from './sections.ts'

/** Site requests: all of them, a new one, or the one that is opened with what other rooms show of it. */
export function SitesPage({ sections }: { sections: readonly CaseSection[] }) {
  const revision = revisionNow()
  const opened = place.value.query.get('anfrage')
  useEffect(() => {
    void requests.ask(null)
    void deadlines.ask(null)
  }, [revision])
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
  return <Shown request={request} sections={sections} />
}

/** The case, one of its candidates, or the form of either. */
function Shown({ request, sections }: { request: RequestView; sections: readonly CaseSection[] }) {
  const { query } = place.value
  const named = query.get('kandidat')
  const isEditing = query.get('bearbeiten') !== null && mayChange()
  const candidate = request.candidateList.find(({ id }) => id === named)
  if (named === 'neu' && mayChange()) return <CandidateForm request={request} candidate={null} />
  if (candidate && isEditing) return <CandidateForm key={candidate.id} request={request} candidate={candidate} />
  if (candidate) return <CandidatePage key={candidate.id} request={request} candidate={candidate} />
  return isEditing ? <EditCase request={request} /> : <CasePage request={request} sections={sections} />
}
