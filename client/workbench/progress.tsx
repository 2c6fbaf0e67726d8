import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Button } from '../ui/button.tsx'

interface ProgressProps {
  label: ComponentChildren
  /** 0 to 1; null: how much there is to do is not known. */
  share: number | null
  onCancel?: () => void
  /** What is cancelled, for the button. */
  cancel?: string
}

/** How far something is, with a way to stop it. */
export function Progress({ label, share, onCancel, cancel = 'Abbrechen' }: ProgressProps) {
  const id = useId()
  const percent = share === null ? null : Math.floor(Math.min(share, 1) * 100)
  return (
    <div class="work-progress">
      <p id={id}>
        {label} {percent !== null && <span class="muted">{percent} %</span>}
      </p>
      <progress aria-labelledby={id} max={100} value={percent ?? undefined} />
      {onCancel && (
        <Button look="tertiary" icon="close" small onClick={onCancel}>
          {cancel}
        </Button>
      )}
    </div>
  )
}
