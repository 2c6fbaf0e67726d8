import { useState } from 'preact/hooks'
import { confirmSignIn, signIn } from '../../server/contract/accounts.ts'
import { ApiError, call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Form, PasswordField, textOf } from './form.tsx'
import { refreshMe } from './me.ts'
import { useTask } from './task.ts'

interface SignInFormProps {
  /** Whoever it is asked of again, e.g. after the session has ended. */
  username?: string
  onSignedIn: () => void
}

/** Username and password, then the code of the authenticator app where there is one. For the page and for a dialog. */
export function SignInForm({ username, onSignedIn }: SignInFormProps) {
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [remark, setRemark] = useState('')
  const finish = async () => {
    await refreshMe()
    onSignedIn()
  }
  const startOver = (why: string) => {
    setRemark(why)
    setStep('password')
  }
  if (step === 'code') return <CodeForm onDone={finish} onStartOver={startOver} />
  return (
    <>
      {remark && <Notice kind="warning" title={remark} role="alert" />}
      <NameAndPassword username={username} onDone={finish} onCode={() => setStep('code')} />
    </>
  )
}

function NameAndPassword(props: { username: string | undefined; onDone: () => Promise<void>; onCode: () => void }) {
  const task = useTask(async (form: FormData) => {
    const body = { username: textOf(form, 'username'), password: textOf(form, 'password') }
    const { secondFactor } = await call(signIn, { body })
    if (secondFactor) props.onCode()
    else await props.onDone()
  })
  return (
    <Form task={task} submit="Anmelden">
      <TextField
        label="Benutzername"
        name="username"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        defaultValue={props.username}
        error={task.errorAt('username')}
      />
      <PasswordField label="Kennwort" name="password" autocomplete="current-password" error={task.errorAt('password')} />
    </Form>
  )
}

/** `onStartOver` is told why, or '' when the person wants it. */
function CodeForm({ onDone, onStartOver }: { onDone: () => Promise<void>; onStartOver: (why: string) => void }) {
  const task = useTask(async (form: FormData) => {
    try {
      await call(confirmSignIn, { body: { code: textOf(form, 'code') } })
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.status !== 401) throw error
      onStartOver(error.message)
      return
    }
    await onDone()
  })
  const back = (
    <Button look="tertiary" onClick={() => onStartOver('')}>
      Abbrechen
    </Button>
  )
  return (
    <Form task={task} submit="Weiter" beside={back} takesFocus>
      <CodeField
        label="Code"
        hint="Sechs Ziffern aus Ihrer Authenticator-App oder ein Notfallcode"
        error={task.errorAt('code')}
      />
    </Form>
  )
}

/** One-time codes: browsers and phones offer to fill them in. */
export function CodeField(props: { label: string; hint: string; error: string | undefined }) {
  return (
    <TextField
      label={props.label}
      hint={props.hint}
      error={props.error}
      name="code"
      autocomplete="one-time-code"
      autocapitalize="none"
      spellcheck={false}
    />
  )
}
