import { invite, type OneTimeLink } from '../../server/contract/account-administration.ts'
import { call } from '../api.ts'
import { TextField } from '../ui/field.tsx'
import { Form, textOf } from './form.tsx'
import { RoleFields, rolesOf } from './role-fields.tsx'
import { useTask } from './task.ts'

/** Name and roles of somebody who is to get an account; they choose username and password themselves. */
export function InviteForm({ onLink }: { onLink: (link: OneTimeLink) => void }) {
  const task = useTask(async (form: FormData) => {
    onLink(await call(invite, { body: { name: textOf(form, 'name'), roles: rolesOf(form) } }))
  })
  return (
    <Form task={task} submit="Einmal-Link erzeugen">
      <TextField label="Name" hint="Vor- und Nachname" name="name" autocomplete="off" error={task.errorAt('name')} />
      <RoleFields roles={['viewer']} />
    </Form>
  )
}
