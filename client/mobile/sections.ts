import type { ComponentType } from 'preact'
import type { RequestView } from '../../server/contract/mobile.ts'

/** What another room shows on the page of a case; client/workbench.tsx hands it in, since rooms do not know each other. */
export interface CaseSection {
  /** Part of the address of the section (`#id`). */
  id: string
  title: string
  /** `onChanged`: something happened that changes what the case waits for. */
  component: ComponentType<{ request: RequestView; onChanged: () => void }>
}
