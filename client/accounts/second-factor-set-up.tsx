import { useEffect, useRef, useState } from 'preact/hooks'
import { confirmSecondFactor, startSecondFactor } from '../../server/contract/accounts.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { toast } from '../ui/toast.tsx'
import { Form, PasswordField, textOf } from './form.tsx'
import { refreshMe } from './me.ts'
import { QrCode } from './qr-code.tsx'
import { CodeField } from './sign-in-form.tsx'
import { useTask } from './task.ts'

interface Setup {
  uri: string
  secret: string
  emergencyCodes: string[]
}

/** Password, QR code, first code, emergency codes: in that order, one after the other. */
export function SecondFactorSetUp({ onCancel, onDone }: { onCancel?: () => void; onDone?: () => void }) {
  const [setup, setSetup] = useState<Setup | null>(null)
  const [isConfirmed, setConfirmed] = useState(false)
  const finish = async () => {
    await refreshMe()
    toast('Der zweite Faktor ist eingerichtet.')
    onDone?.()
  }
  if (setup && isConfirmed) return <KeepEmergencyCodes codes={setup.emergencyCodes} onKept={finish} />
  if (setup) return <TryCode setup={setup} onCancel={onCancel} onConfirmed={() => setConfirmed(true)} />
  return <AskPassword onCancel={onCancel} onStarted={setSetup} />
}

const cancel = (onCancel: (() => void) | undefined) =>
  onCancel && (
    <Button look="tertiary" onClick={onCancel}>
      Abbrechen
    </Button>
  )

function AskPassword({ onCancel, onStarted }: { onCancel: (() => void) | undefined; onStarted: (setup: Setup) => void }) {
  const task = useTask(async (form: FormData) => {
    onStarted(await call(startSecondFactor, { body: { password: textOf(form, 'password') } }))
  })
  return (
    <Form task={task} submit="Weiter" beside={cancel(onCancel)} takesFocus>
      <PasswordField label="Ihr Kennwort" name="password" autocomplete="current-password" error={task.errorAt('password')} />
    </Form>
  )
}

function TryCode(props: { setup: Setup; onCancel: (() => void) | undefined; onConfirmed: () => void }) {
  const { uri, secret } = props.setup
  const task = useTask(async (form: FormData) => {
    await call(confirmSecondFactor, { body: { code: textOf(form, 'code') } })
    props.onConfirmed()
  })
  return (
    <Form task={task} submit="Prüfen und einschalten" beside={cancel(props.onCancel)} takesFocus>
      <p>
        Öffnen Sie eine Authenticator-App, zum Beispiel Aegis, FreeOTP oder die Ihrer Dienststelle, und nehmen Sie diesen Code
        auf:
      </p>
      <QrCode text={uri} label="QR-Code für die Authenticator-App" />
      <Disclosure summary="Schlüssel stattdessen eintippen">
        <p>
          <code class="account-code">{inGroups(secret)}</code>
        </p>
        <p class="account-muted">Zeitbasiert, 6 Ziffern, 30 Sekunden</p>
      </Disclosure>
      <CodeField label="Code aus der App" hint="Sechs Ziffern" error={task.errorAt('code')} />
    </Form>
  )
}

function inGroups(secret: string): string {
  return secret.replaceAll(/.{4}(?=.)/g, '$& ')
}

function KeepEmergencyCodes({ codes, onKept }: { codes: string[]; onKept: () => Promise<void> }) {
  const task = useTask(onKept)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div class="account-form" ref={place} tabIndex={-1}>
      <EmergencyCodes codes={codes} />
      <Button look="primary" aria-disabled={task.isBusy} onClick={() => void task.run(undefined)}>
        Ich habe die Notfallcodes aufbewahrt
      </Button>
    </div>
  )
}

/** For the day the phone is lost. */
export function EmergencyCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <h3>Ihre Notfallcodes</h3>
      <p>
        Wenn das Handy fehlt, meldet jeder dieser Codes Sie einmal an. Bewahren Sie sie getrennt vom Handy auf; hier werden sie
        nicht noch einmal angezeigt.
      </p>
      <ol class="emergency-codes">
        {codes.map((code) => (
          <li key={code}>
            <code class="account-code">{code}</code>
          </li>
        ))}
      </ol>
      <CopyButton text={codes.join('\n')}>Notfallcodes kopieren</CopyButton>
    </>
  )
}
