import { useEffect, useMemo } from 'preact/hooks'
import { previewRecord, type RequestView } from '../../../server/contract/mobile.ts'
import { Notice } from '../../ui/notice.tsx'
import { resource } from '../../ui/resource.tsx'
import { ask } from '../../workbench/staff.ts'
import { mayChange } from '../data.ts'

/** What is implausible about the case as it stands: a notice that came late, a step that is missing. Blocks nothing. */
export function CaseWarnings({ request }: { request: RequestView }) {
  const preview = useMemo(
    () =>
      resource((id: string, signal) =>
        ask(previewRecord, { params: { kind: 'site_request' }, body: { id, content: {} }, signal }),
      ),
    [],
  )
  useEffect(() => {
    if (mayChange()) void preview.ask(request.id)
  }, [request.id, request.version, request.candidates, request.agreed])
  const warnings = preview.answer.value?.warnings ?? []
  if (warnings.length === 0) return null
  return (
    <Notice kind="warning" title={warnings.length === 1 ? 'Bitte prüfen' : `${warnings.length} Hinweise, bitte prüfen`}>
      <ul>
        {warnings.map(({ rule, text }) => (
          <li key={rule}>{text}</li>
        ))}
      </ul>
    </Notice>
  )
}
