import type { ComponentChildren } from 'preact'
import { ApiError } from '../api.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { say } from './language.ts'
import { uiTexts } from './texts.ts'

const kinds = {
  info: 'kern-alert kern-alert--info',
  success: 'kern-alert kern-alert--success',
  warning: 'kern-alert kern-alert--warning',
  danger: 'kern-alert kern-alert--danger',
}

/** A box that says something about the page. `role="alert"` only for what came up by itself and cannot wait. */
export function Notice(props: {
  kind: keyof typeof kinds
  title: string
  role?: 'alert' | 'status'
  children?: ComponentChildren
}) {
  return (
    <div class={kinds[props.kind]} role={props.role}>
      <div class="kern-alert__header">
        <Icon name={props.kind} />
        <span class="kern-title">{props.title}</span>
      </div>
      {props.children && <div class="kern-alert__body">{props.children}</div>}
    </div>
  )
}

/** What a failure means for the person in front of it. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError) || error.problem.status >= 500)
    return (error as ApiError).problem?.detail ?? say(uiTexts.broken)
  if (error.problem.status === 0) return say(uiTexts.unreachable)
  return error.problem.detail ?? say(uiTexts.broken)
}

/** A failure in words, with what to do. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <Notice kind="danger" title={say(uiTexts.failed)} role="alert">
      <p>{explain(error)}</p>
      {retry && (
        <p>
          <Button look="secondary" icon="renew" onClick={retry}>
            {say(uiTexts.retry)}
          </Button>
        </p>
      )}
    </Notice>
  )
}
