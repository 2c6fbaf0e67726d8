import { roleLabels } from '../../server/contract/accounts.ts'
import { Role } from '../../server/contract/endpoint.ts'
import { Checkbox } from '../ui/field.tsx'

const explanations: Record<Role, string> = {
  viewer: 'liest Entwürfe und Verlauf',
  departmentReviewer: 'gibt Stellungnahmen ab',
  mobileCoordinator: 'pflegt den Mobilfunk',
  gigabitCoordinator: 'pflegt und veröffentlicht den Ausbau',
  admin: 'verwaltet Konten, Programme und Abschnitte',
}

export function roleNames(roles: readonly Role[]): string {
  return roles.map((role) => roleLabels[role].de).join(', ') || 'keine'
}

/** Checkboxes for the roles; they can be combined. Read by `rolesOf`. */
export function RoleFields({ roles }: { roles: readonly Role[] }) {
  return (
    <fieldset class="kern-fieldset">
      <legend class="kern-label">Rollen (beliebig kombinierbar)</legend>
      <div class="kern-fieldset__body">
        {Role.options.map((role) => (
          <Checkbox
            key={role}
            name="roles"
            value={role}
            defaultChecked={roles.includes(role)}
            label={
              <>
                {roleLabels[role].de} <span class="account-muted">– {explanations[role]}</span>
              </>
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

export function rolesOf(form: FormData): Role[] {
  const chosen = form.getAll('roles')
  return Role.options.filter((role) => chosen.includes(role))
}
