import { type Case, type Remark, type Rule, warn } from './remark.ts'

type DepartmentCase = Case<'department'>

/** Implausible: a department that is to be asked and cannot be written to. */
function* canBeAsked({ content: { active, email } }: DepartmentCase): Iterable<Remark> {
  if (active && email === null)
    yield warn('department-without-email', 'email', 'Ohne E-Mail-Adresse kann der Fachbereich nicht gefragt werden.')
}

/** Implausible: the same short name twice; nobody could tell whose statement it is. */
function* codeIsOwn({ id, content, world }: DepartmentCase): Iterable<Remark> {
  const namesake = [...world.facts.department].some(([other, { code }]) => other !== id && code === content.code)
  if (namesake) yield warn('duplicate-code', 'code', `Ein anderer Fachbereich heißt auch ${content.code}.`)
}

/** Implausible: the deputy is reached where the department itself does not answer. */
function* deputyIsAnother({ content: { email, deputyEmail, deputyName } }: DepartmentCase): Iterable<Remark> {
  if (deputyEmail !== null && deputyEmail.toLowerCase() === email?.toLowerCase())
    yield warn('deputy-same-email', 'deputyEmail', 'Die Vertretung hat dieselbe Adresse wie der Fachbereich.')
  if (deputyName !== null && deputyEmail === null)
    yield warn('deputy-without-email', 'deputyEmail', 'Die Vertretung hat keine E-Mail-Adresse und kann nicht gefragt werden.')
}

/** Implausible: silence changes nothing, and nobody hears of it. */
function* silenceIsHeard({ content: { active, silence, escalationEmail } }: DepartmentCase): Iterable<Remark> {
  if (active && silence === 'stays_open' && escalationEmail === null)
    yield warn('silence-unheard', 'escalationEmail', 'Bleibt eine Antwort aus, erfährt es niemand außer der Koordination.')
}

export const departmentRules: readonly Rule<'department'>[] = [canBeAsked, codeIsOwn, deputyIsAnother, silenceIsHeard]
