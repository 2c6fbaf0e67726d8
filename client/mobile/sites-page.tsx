import './mobile.css'
import { useEffect } from 'preact/hooks'
import { requests, revisionNow } from './data.ts'
import { RequestList } from './list/request-list.tsx'

/** Site requests: all of them, or the one that is opened. */
export function SitesPage() {
  const revision = revisionNow()
  useEffect(() => void requests.ask(null), [revision])
  return <RequestList />
}
