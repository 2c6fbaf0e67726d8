import { useEffect, useRef } from 'preact/hooks'
import { formatImpreciseDate, formatMoment } from '../../server/contract/dates.ts'
import { cancelDelivery, type Delivery, type DeliveryDetail } from '../../server/contract/deliveries.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { toast } from '../ui/toast.tsx'
import { go, place } from '../workbench/place.ts'
import { Progress } from '../workbench/progress.tsx'
import { ask } from '../workbench/staff.ts'
import { ColumnsStep } from './columns-step.tsx'
import { deliveries, mayWrite, opened, pagePath } from './data.ts'
import { PublishStep } from './publish-step.tsx'
import { Published } from './published.tsx'
import { ReviewStep } from './review-step.tsx'
import { type Step, Steps, stepOf } from './steps.tsx'
import { useMapping } from './use-mapping.ts'
import { WhatStep } from './what-step.tsx'
import { isAtWork, number, size, stateOf, workWords } from './words.ts'

/** How often is asked how it stands; others may work on it too. */
const busyMs = 1_000
const idleMs = 15_000

/** One delivery on its way; what is clear already is skipped. */
export function DeliveryPage({ id }: { id: number }) {
  const known = opened.answer.value
  const isBusy = known !== null && isAtWork(known.delivery)
  useEffect(() => {
    opened.forget()
    void opened.ask(id)
    void deliveries.ask(null)
  }, [id])
  useEffect(() => {
    const timer = setInterval(() => document.hidden || void opened.again(), isBusy ? busyMs : idleMs)
    return () => clearInterval(timer)
  }, [isBusy])
  return (
    <div class="page page--wide">
      <p>
        <ButtonLink look="tertiary" icon="left" href={pagePath}>
          Alle Lieferungen
        </ButtonLink>
      </p>
      <Loaded from={opened}>
        {(detail) => <Opened key={`${detail.delivery.id} ${detail.guess === null}`} detail={detail} />}
      </Loaded>
    </div>
  )
}

/** How far a delivery has come. */
function reachedBy({ status }: Delivery): Step {
  if (status === 'published') return 'publish'
  if (status === 'review' || status === 'judging' || status === 'publishing') return 'publish'
  return status === 'mapping' || status === 'failed' ? 'columns' : 'file'
}

/** Where one is led without asking for a step. */
function nextStep({ delivery: { status }, guess, mapping }: DeliveryDetail): Step {
  if (status === 'published') return 'publish'
  if (status === 'review' || status === 'judging') return 'review'
  if (status === 'publishing') return 'publish'
  if (status !== 'mapping' && status !== 'failed') return 'file'
  return mapping || guess?.rememberedFor ? 'columns' : 'what'
}

function Opened({ detail }: { detail: DeliveryDetail }) {
  const { delivery } = detail
  const form = useMapping(detail)
  const word = place.value.query.get('schritt')
  const wanted = stepOf(word, reachedBy(delivery))
  const current = word === null ? nextStep(detail) : wanted
  const isMapping = current === 'what' || current === 'columns'
  const senders = deliveries.answer.value?.senders ?? []
  const element = useRef<HTMLDivElement>(null)
  useHeadingOfStep(element, `${current} ${delivery.status === 'published'}`)
  return (
    <div class="delivery" ref={element}>
      <Head delivery={delivery} />
      <Steps current={current} reached={reachedBy(delivery)} settled={settledOf(detail)} notes={notesOf(detail)} />
      {isAtWork(delivery) && <AtWork delivery={delivery} />}
      {delivery.problem && (
        <Notice kind={delivery.status === 'refused' ? 'danger' : 'warning'} title={stateOf(delivery)} role="alert">
          <p>{delivery.problem}</p>
        </Notice>
      )}
      {current === 'file' && <FileStep delivery={delivery} />}
      {isMapping && !mayWrite() && <p>Wer Angaben veröffentlicht (Gigabitkoordination), ordnet diese Lieferung noch zu.</p>}
      {current === 'what' && mayWrite() && <WhatStep detail={detail} form={form} senders={senders} />}
      {current === 'columns' && mayWrite() && <ColumnsStep detail={detail} form={form} />}
      {current === 'review' && !isAtWork(delivery) && <ReviewStep delivery={delivery} />}
      {current === 'publish' && !isAtWork(delivery) && delivery.status !== 'published' && <PublishStep delivery={delivery} />}
      {current === 'publish' && delivery.status === 'published' && (
        <Published delivery={delivery} kind={detail.mapping?.kind ?? null} />
      )}
    </div>
  )
}

/** Whoever goes on finds themselves at the heading of the next step as soon as it is there, with the keyboard too. */
function useHeadingOfStep(element: { current: HTMLElement | null }, step: string): void {
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    const heading = element.current?.querySelector<HTMLElement>('h2')
    if (!heading) return
    shown.current = step
    heading.tabIndex = -1
    heading.focus()
  })
}

function Head({ delivery }: { delivery: Delivery }) {
  const { fileName, senderName, trueOn, receivedAt, actorName } = delivery
  return (
    <header class="delivery-head">
      <h1>{senderName ? `${senderName}: ${fileName}` : fileName}</h1>
      <p class="muted">
        {trueOn && `Stand ${formatImpreciseDate(trueOn, 'de')}, `}
        eingegangen {formatMoment(receivedAt, 'de')} über {actorName}
      </p>
    </header>
  )
}

function AtWork({ delivery }: { delivery: Delivery }) {
  const cancel = async () => {
    try {
      await ask(cancelDelivery, { params: { id: delivery.id } })
      await opened.again()
    } catch (error) {
      toast(explain(error), 'danger')
    }
  }
  const canCancel = mayWrite() && delivery.status !== 'publishing'
  return (
    <Progress
      label={`Die Lieferung ${workWords[delivery.status]}.`}
      share={delivery.progress}
      {...(canCancel && { onCancel: () => void cancel(), cancel: 'Abbrechen' })}
    />
  )
}

function FileStep({ delivery }: { delivery: Delivery }) {
  const { fileName, bytes, sha256, status } = delivery
  return (
    <section class="delivery-step">
      <h2>Datei</h2>
      <dl class="field-changes">
        <div>
          <dt>Name:</dt>
          <dd>{fileName}</dd>
        </div>
        <div>
          <dt>Größe:</dt>
          <dd>{size(bytes)}</dd>
        </div>
        <div>
          <dt>Prüfsumme (SHA-256):</dt>
          <dd>{sha256}</dd>
        </div>
      </dl>
      <p>Die Datei ist unverändert aufbewahrt.</p>
      {(status === 'refused' || status === 'cancelled') && (
        <Button look="secondary" icon="upload" onClick={() => go(pagePath)}>
          Andere Datei annehmen
        </Button>
      )}
    </section>
  )
}

/** The steps in which nothing is left to do. */
function settledOf({ delivery: { status, counts, openDoubts }, mapping }: DeliveryDetail): Step[] {
  return [
    ...(status !== 'reading' && status !== 'refused' ? (['file'] as const) : []),
    ...(mapping ? (['what', 'columns'] as const) : []),
    ...(counts && openDoubts === 0 ? (['review'] as const) : []),
    ...(status === 'published' ? (['publish'] as const) : []),
  ]
}

/** What was settled in each step. */
function notesOf({ delivery, mapping, tables }: DeliveryDetail): Partial<Record<Step, string>> {
  const { openDoubts, counts, senderName, bytes } = delivery
  const count = tables[0]?.rowCount
  return {
    file: count ? `${number(count)} Zeilen, ${size(bytes)}` : size(bytes),
    ...(senderName && { what: senderName }),
    ...(mapping && { columns: `${Object.values(mapping.columns).filter(Boolean).length} zugeordnet` }),
    ...(counts && { review: openDoubts > 0 ? `${number(openDoubts)} offen` : 'nichts offen' }),
  }
}
