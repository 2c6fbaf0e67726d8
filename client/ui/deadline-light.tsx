import { type DeadlineLight, deadlineLights } from '../../server/contract/deadlines.ts'
import { Icon, type IconName } from './icon.tsx'
import { say } from './language.ts'

const signs: Readonly<Record<DeadlineLight, IconName>> = {
  green: 'success',
  yellow: 'warning',
  red: 'danger',
  paused: 'pause',
  met: 'check',
  missed: 'danger',
}

/** The traffic light of a deadline: sign, colour and word together; `children` say which deadline. */
export function Light({ light, children }: { light: DeadlineLight; children?: preact.ComponentChildren }) {
  return (
    <span class={`deadline-light deadline-light--${light}`}>
      <Icon name={signs[light]} small />
      <span>
        {children}
        {children ? ', ' : ''}
        {say(deadlineLights.labels[light])}
      </span>
    </span>
  )
}
