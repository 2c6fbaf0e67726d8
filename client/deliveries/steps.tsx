import { Icon } from '../ui/icon.tsx'
import { addressWith } from '../workbench/place.ts'

/** The way of a delivery, in the order it is gone. */
export const stepNames = {
  file: 'Datei',
  what: 'Was ist es?',
  columns: 'Spalten',
  review: 'Prüfen',
  publish: 'Veröffentlichen',
} as const
export type Step = keyof typeof stepNames

/** The same in the address. */
export const stepWords: Readonly<Record<Step, string>> = {
  file: 'datei',
  what: 'art',
  columns: 'spalten',
  review: 'pruefen',
  publish: 'veroeffentlichen',
}

export const stepOrder = Object.keys(stepNames) as readonly Step[]

/** The step the address asks for, if it can be gone to; else the one that is next. */
export function stepOf(word: string | null, reached: Step): Step {
  const wanted = stepOrder.find((step) => stepWords[step] === word)
  return wanted && stepOrder.indexOf(wanted) <= stepOrder.indexOf(reached) ? wanted : reached
}

/** Where one is on the way; what has been reached can be gone back to. `notes`: what was settled in a step, in a few words. */
export function Steps(props: {
  current: Step
  reached: Step
  settled: readonly Step[]
  notes: Readonly<Partial<Record<Step, string>>>
}) {
  const last = stepOrder.indexOf(props.reached)
  return (
    <nav aria-label="Schritte der Lieferung">
      <ol class="delivery-steps">
        {stepOrder.map((step, index) => {
          const isSettled = props.settled.includes(step)
          const isOpen = index <= last
          const inside = (
            <>
              <span class="delivery-steps__name">
                {isSettled && <Icon name="check" small />}
                {index + 1}. {stepNames[step]}
                {isSettled && <span class="kern-sr-only"> (erledigt)</span>}
              </span>
              {isOpen && props.notes[step] && <span class="delivery-steps__note">{props.notes[step]}</span>}
            </>
          )
          return (
            <li key={step}>
              {isOpen ? (
                <a
                  href={addressWith({ schritt: stepWords[step], zeile: null })}
                  aria-current={step === props.current ? 'step' : undefined}
                >
                  {inside}
                </a>
              ) : (
                <span class="delivery-steps__later">{inside}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
