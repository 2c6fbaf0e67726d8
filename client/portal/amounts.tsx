import type { ComponentChildren } from 'preact'
import { figureStates, fundingClasses, quantities, type Unit } from '../../server/contract/codes.ts'
import { formatKm, formatNumber } from '../../server/contract/numbers.ts'
import type { FigureView, Provenance, TargetView } from '../../server/contract/portal.ts'
import type { Language } from '../../server/contract/text.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { language, say } from '../ui/language.ts'
import { MetricTerms, measureOf } from '../ui/metric-terms.tsx'
import { Source } from '../ui/source.tsx'
import { texts } from './texts.ts'

const words = {
  target: { de: 'Ziel', en: 'Target' },
  others: { de: 'Was dazu sonst angegeben wurde', en: 'What else was stated' },
  noFigure: {
    de: 'Wie viel davon erreicht ist, ist nicht veröffentlicht.',
    en: 'How much of it is reached has not been published.',
  },
}

/** A value with its unit as people write it: lengths in km, areas in km², counts bare (their name says what is counted). */
export function amountText(value: number, unit: Unit, approximate: boolean, spoken: Language): string {
  const amount =
    unit === 'm'
      ? formatKm(value, spoken)
      : unit === 'm2'
        ? `${formatNumber(value / 1e6, spoken, 2)}\u00a0km²`
        : formatNumber(value, spoken)
  return approximate ? `${texts.about[spoken]} ${amount}` : amount
}

interface Stated {
  value: number
  approximate: boolean
  provenance: Provenance
}

/** Other statements about the same thing that say another value: earlier ones and contradicting sources, side by side. */
export function otherStatements(current: Stated, statements: readonly Stated[]): Stated[] {
  return statements.filter((statement) => statement.value !== current.value || statement.approximate !== current.approximate)
}

/** A bar as wide as its value in relation to the largest of its kind; the number stands beside it. */
function Bar({ share, look }: { share: number; look: 'target' | 'actual' }) {
  return (
    <span class={look === 'target' ? 'bar bar--target' : 'bar bar--actual'} style={{ width: `${Math.max(share * 100, 0.5)}%` }} />
  )
}

interface TargetBarProps {
  target: TargetView
  /** Figures of the same quantity. */
  figures: readonly FigureView[]
  /** Value a full bar stands for. Bars of different quantities are never stacked: they are not to be added. */
  scale: number
  note?: ComponentChildren
  /** Somebody else says already that nothing is reported. */
  isSilent?: boolean
}

/** A target as an outlined bar, what is reached of it as a filled one, each with number, date and source. */
export function TargetBar({ target, figures, scale, note, isSilent }: TargetBarProps) {
  const name = say(quantities.labels[target.quantity])
  const others = otherStatements(target, target.statements)
  const remark = (language.value === 'en' && target.noteEn) || target.note
  return (
    <div class="amount">
      <h3 class="amount__name">{name}</h3>
      <p class="amount__value">
        <strong>{amountText(target.value, target.unit, target.approximate, language.value)}</strong> {say(words.target)}
      </p>
      <span class="bar-track" aria-hidden="true">
        <Bar share={target.value / scale} look="target" />
        {figures.map((figure) => (
          <Bar key={figure.id} share={figure.value / scale} look="actual" />
        ))}
      </span>
      {figures.map((figure) => (
        <FigureLine key={figure.id} figure={figure} />
      ))}
      {figures.length === 0 && !isSilent && <NoFigures />}
      {note}
      {remark && <p class="muted">{remark}</p>}
      <Source of={target.provenance} about={name} />
      {others.length > 0 && <Others of={target} others={others} />}
    </div>
  )
}

/** Said once where no figure of a group is known, else at each target without one. */
export function NoFigures() {
  return <p class="muted">{say(words.noFigure)}</p>
}

function Others({ of, others }: { of: TargetView | FigureView; others: readonly Stated[] }) {
  return (
    <Disclosure summary={`${say(words.others)} (${others.length})`} open>
      <ul class="statements">
        {others.map((other) => (
          <li key={`${other.value} ${other.provenance.citation} ${other.provenance.trueOn}`}>
            <strong>{amountText(other.value, of.unit, other.approximate, language.value)}</strong>{' '}
            <Source of={other.provenance} about={say(quantities.labels[of.quantity])} />
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** "Privathaushalte, angeschlossen": what is counted, in which state, of which class. */
function figureName({ quantity, state, fundingClass }: FigureView): string {
  const parts = [
    quantities.labels[quantity],
    ...(state ? [figureStates.labels[state]] : []),
    ...(fundingClass ? [fundingClasses.labels[fundingClass]] : []),
  ]
  return parts.map(say).join(', ')
}

/** A reported figure in a line of its own. */
export function FigureLine({ figure }: { figure: FigureView }) {
  const name = figureName(figure)
  const measure = measureOf(figure.state)
  const others = otherStatements(figure, figure.statements)
  const remark = (language.value === 'en' && figure.noteEn) || figure.note
  return (
    <div class="figure-line">
      <p>
        {name}: <strong>{amountText(figure.value, figure.unit, figure.approximate, language.value)}</strong>
      </p>
      {remark && <p class="muted">{remark}</p>}
      <Source of={figure.provenance} about={name}>
        {measure && <MetricTerms measure={measure} />}
      </Source>
      {others.length > 0 && <Others of={figure} others={others} />}
    </div>
  )
}
