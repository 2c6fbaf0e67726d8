import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { FieldInput } from '../../workbench/form/field-input.tsx'
import { declarationOf } from '../../workbench/form/values.ts'
import type { FactForm } from './fact-form.ts'

/** The declared fields of a fact. Its identity can be given only while it is new; English texts come last. */
export function FactFields({ form, isNew }: { form: FactForm; isNew: boolean }) {
  const { fields, identity } = declarationOf(form.kind)
  const names = Object.keys(fields).filter((name) => isNew || !(name in identity.shape))
  const english = names.filter((name) => name.endsWith('En'))
  const inputs = (some: readonly string[]) =>
    some.map((name) => {
      const field = fields[name]
      return field && <FieldInput key={name} form={form} name={name} field={field} />
    })
  const hasDates = names.some((name) => fields[name]?.input === 'impreciseDate')
  return (
    <>
      {hasDates && (
        <p class="kern-hint">
          Termine so genau, wie sie bekannt sind: 31.12.2022, März 2022, Q4 2022, Frühjahr 2023, Ende 2022, bis 28.03.2022.
        </p>
      )}
      <div class="form-grid">{inputs(names.filter((name) => !name.endsWith('En')))}</div>
      {english.length > 0 && (
        <Disclosure summary="Englische Fassung">
          <div class="form-grid">{inputs(english)}</div>
        </Disclosure>
      )}
      {isNew && <ProposedSlug form={form} />}
    </>
  )
}

/** A new fact needs a readable id of its own: proposed from its name, as long as nobody has typed one. */
function ProposedSlug({ form }: { form: FactForm }) {
  if (!('slug' in declarationOf(form.kind).fields) || form.input.typed.slug) return null
  const { name, title, giver } = form.input.typed
  const proposal = slugOf([name, title, giver].find((text) => typeof text === 'string' && text) as string | undefined)
  if (!proposal) return null
  return (
    <p>
      <Button look="tertiary" small onClick={() => form.set('slug', proposal)}>
        {`Kennung „${proposal}“ übernehmen`}
      </Button>
    </p>
  )
}

/** "Bergisch Neukirchen (Süd)" as "bergisch-neukirchen-sued". */
export function slugOf(text = ''): string {
  const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
  return text
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
}
