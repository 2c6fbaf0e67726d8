import type { ComponentChildren } from 'preact'

/** More on request: native details, open in print. */
export function Disclosure(props: { summary: ComponentChildren; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="disclosure" open={props.open}>
      <summary class="disclosure__summary">{props.summary}</summary>
      <div class="disclosure__body">{props.children}</div>
    </details>
  )
}
