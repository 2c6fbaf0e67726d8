import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { sendFeedback } from '../../server/contract/portal.ts'
import { ApiError, call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { RadioGroup, TextArea, TextField } from '../ui/field.tsx'
import { say } from '../ui/language.ts'
import { Failure, Notice } from '../ui/notice.tsx'
import { PageHeading } from './heading.tsx'
import { texts } from './texts.ts'
import { homeAddress } from './view.ts'

const words = {
  title: { de: 'Kontakt: Fehler oder Barriere melden', en: 'Contact: report an error or a barrier' },
  intro: {
    de: 'Haben Sie eine Barriere, einen Fehler oder eine Lücke gefunden? Ihre Nachricht geht an die Koordination der Stadt.',
    en: 'Have you found a barrier, an error or a gap? Your message goes to the coordinators of the city.',
  },
  topic: { de: 'Worum geht es?', en: 'What is it about?' },
  accessibility: { de: 'Eine Barriere', en: 'A barrier' },
  content: { de: 'Eine Angabe zum Ausbau', en: 'A statement about the rollout' },
  other: { de: 'Etwas anderes', en: 'Something else' },
  message: { de: 'Ihre Nachricht', en: 'Your message' },
  messageHint: { de: 'Mindestens 10, höchstens 5.000 Zeichen', en: 'At least 10, at most 5,000 characters' },
  tooShort: { de: 'Bitte schreiben Sie mindestens 10 Zeichen.', en: 'Please write at least 10 characters.' },
  contact: { de: 'Ihre E-Mail-Adresse oder Telefonnummer', en: 'Your e-mail address or telephone number' },
  contactHint: { de: 'Nur wenn Sie eine Antwort wünschen.', en: 'Only if you would like an answer.' },
  send: { de: 'Absenden', en: 'Send' },
  sending: { de: 'Wird gesendet …', en: 'Sending …' },
  thanks: { de: 'Vielen Dank, Ihre Nachricht ist angekommen.', en: 'Thank you, your message has arrived.' },
  another: { de: 'Weitere Nachricht schreiben', en: 'Write another message' },
}

type Topic = 'accessibility' | 'content' | 'other'

/** The page the visitor came from, as far as it is one of ours. */
function cameFrom(): string | null {
  return document.referrer.startsWith(location.origin)
    ? document.referrer.slice(location.origin.length, location.origin.length + 500)
    : null
}

/** The form that Barrierefreiheit asks for: few fields, nothing required but the message. */
export function ContactPage() {
  const done = useSignal(false)
  return (
    <article class="page">
      <p class="back">
        <a href={homeAddress.value}>← {say(texts.backToAll)}</a>
      </p>
      <PageHeading>{say(words.title)}</PageHeading>
      {done.value ? (
        <Thanks
          again={() => {
            done.value = false
          }}
        />
      ) : (
        <FeedbackForm
          onSent={() => {
            done.value = true
          }}
        />
      )}
    </article>
  )
}

function Thanks({ again }: { again: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1}>
      <Notice kind="success" title={say(words.thanks)}>
        <p>
          <Button onClick={again}>{say(words.another)}</Button>
        </p>
      </Notice>
    </div>
  )
}

function FeedbackForm({ onSent }: { onSent: () => void }) {
  const topic = useSignal<Topic>('accessibility')
  const message = useSignal('')
  const contact = useSignal('')
  const website = useSignal('')
  const error = useSignal<unknown>(null)
  const isSending = useSignal(false)
  const messageError = useSignal<string | undefined>(undefined)

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    messageError.value = message.value.trim().length < 10 ? say(words.tooShort) : undefined
    if (messageError.value) {
      form.querySelector('textarea')?.focus()
      return
    }
    isSending.value = true
    error.value = null
    try {
      const body = {
        topic: topic.value,
        message: message.value,
        page: cameFrom(),
        contact: contact.value.trim() || null,
        website: website.value,
      }
      await call(sendFeedback, { body })
      onSent()
    } catch (reason) {
      messageError.value = reason instanceof ApiError ? reason.field('message') : undefined
      error.value = messageError.value ? null : reason
    } finally {
      isSending.value = false
    }
  }

  return (
    <form class="form" onSubmit={send} noValidate>
      <p>{say(words.intro)}</p>
      <RadioGroup
        legend={say(words.topic)}
        name="topic"
        value={topic.value}
        options={(['accessibility', 'content', 'other'] as const).map((value) => ({ value, label: say(words[value]) }))}
        onChoose={(value) => {
          topic.value = value as Topic
        }}
      />
      <TextArea
        label={say(words.message)}
        hint={say(words.messageHint)}
        error={messageError.value}
        maxLength={5000}
        value={message.value}
        onInput={(event) => {
          message.value = event.currentTarget.value
        }}
      />
      <TextField
        label={say(words.contact)}
        hint={say(words.contactHint)}
        optional
        maxLength={200}
        autocomplete="email"
        value={contact.value}
        onInput={(event) => {
          contact.value = event.currentTarget.value
        }}
      />
      <div class="trap" aria-hidden="true">
        <label>
          Website
          <input
            tabIndex={-1}
            autocomplete="off"
            value={website.value}
            onInput={(event) => {
              website.value = event.currentTarget.value
            }}
          />
        </label>
      </div>
      {error.value !== null && <Failure error={error.value} />}
      <p>
        <Button type="submit" look="primary" icon="mail" disabled={isSending.value}>
          {say(isSending.value ? words.sending : words.send)}
        </Button>
      </p>
    </form>
  )
}
