import { type Trade, trades } from '../../../server/contract/codes.ts'
import { formatImpreciseDate, today } from '../../../server/contract/dates.ts'
import { Button } from '../../ui/button.tsx'
import { currentFacts, mayRecord } from '../../workbench/data.ts'
import type { Content, Typed } from '../../workbench/form/values.ts'
import { factValue } from '../../workbench/words.ts'
import { Marks, OpenButton } from '../fact-rows.tsx'

interface TradeRowsProps {
  sectionId: string
  sectionName: string
  onOpen: (trade: Trade, preset?: Typed) => void
}

/** The nine trades of a section: what is known, and the two most frequent changes as one press. */
export function TradeRows({ sectionId, sectionName, onOpen }: TradeRowsProps) {
  const stages = new Map(
    currentFacts('stage')
      .filter(({ content }) => content.sectionId === sectionId)
      .map((stage) => [stage.content.trade, stage]),
  )
  return (
    <section class="fact-rows">
      <h3>Gewerke</h3>
      <ul>
        {trades.keys.map((trade) => {
          const stage = stages.get(trade)
          const name = trades.labels[trade].de
          return (
            <li key={trade} class={`fact-row${stage ? '' : ' fact-row--bare'}`} data-trade={trade}>
              <div>
                <p class="fact-row__name">{name}</p>
                <p>
                  {stage ? (
                    factValue('stage', stage.content) || 'Angabe ohne Termine'
                  ) : (
                    <span class="muted">Noch keine Angabe</span>
                  )}
                </p>
                {stage && (
                  <p class="muted">
                    Stand {formatImpreciseDate(stage.trueOn, 'de')}, {stage.source.citation}
                  </p>
                )}
                <Marks kind="stage" id={`${sectionId}:${trade}`} />
              </div>
              <div class="fact-row__actions">
                {mayRecord('stage') && (
                  <QuickActions content={stage?.content} name={name} onOpen={(preset) => onOpen(trade, preset)} />
                )}
                {(stage || mayRecord('stage')) && (
                  <OpenButton
                    name={`${sectionName}, ${name}`}
                    editable={mayRecord('stage')}
                    onClick={() => onOpen(trade)}
                    iconOnly
                  />
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

interface QuickActionsProps {
  content: Content | undefined
  name: string
  onOpen: (preset: Typed) => void
}

/** Only what can come next: a start that has not been reported, or an end. */
function QuickActions({ content, name, onOpen }: QuickActionsProps) {
  if (content?.actualEnd || content?.cancelled) return null
  const now = formatImpreciseDate(today(), 'de')
  return (
    <>
      {!content?.actualStart && (
        <Button look="secondary" small aria-label={`Beginn heute: ${name}`} onClick={() => onOpen({ actualStart: now })}>
          Beginn heute
        </Button>
      )}
      {content?.actualStart && (
        <Button look="secondary" small aria-label={`Ende heute: ${name}`} onClick={() => onOpen({ actualEnd: now })}>
          Ende heute
        </Button>
      )}
    </>
  )
}
