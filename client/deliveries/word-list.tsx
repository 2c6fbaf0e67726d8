import type { DeliveryDetail, MappableField } from '../../server/contract/deliveries.ts'
import { SelectField } from '../ui/field.tsx'
import type { MappingForm } from './use-mapping.ts'
import { rowCount } from './words.ts'

interface Word {
  word: string
  count: number | null
}

/** Words of the sender that are none of ours: what do they mean? */
export function WordList({ detail, form }: { detail: DeliveryDetail; form: MappingForm }) {
  const asked = form.fields.flatMap((field) => {
    const words = wordsOf(field, detail, form)
    return words.length > 0 ? [{ field, words }] : []
  })
  if (asked.length === 0) return null
  return (
    <section class="delivery-step" aria-label="Wörter des Absenders">
      <h3>Was meint der Absender damit?</h3>
      <p>Bleibt ein Wort offen und ist es auch hier nicht geläufig, werden seine Zeilen zweifelhaft.</p>
      {asked.map(({ field, words }) => (
        <ul key={field.name} class="value-list form-grid" aria-label={field.label}>
          {words.map(({ word, count }) => (
            <li key={word}>
              <SelectField
                label={`${field.label} „${word}“`}
                hint={count === null ? undefined : rowCount(count)}
                optional="silent"
                value={form.typed.values[field.name]?.[word] ?? ''}
                options={[
                  { value: '', label: 'offen' },
                  ...Object.entries(field.codes ?? {}).map(([value, label]) => ({ value, label })),
                ]}
                onChange={(event) => {
                  const { values } = form.typed
                  const known = values[field.name] ?? {}
                  form.set({ values: { ...values, [field.name]: { ...known, [word]: event.currentTarget.value } } })
                }}
              />
            </li>
          ))}
        </ul>
      ))}
    </section>
  )
}

/** The words the server does not know, and those of a column that was chosen since it looked. */
function wordsOf({ name, codes }: MappableField, { unknownWords, guess, mapping }: DeliveryDetail, form: MappingForm): Word[] {
  const { typed, table } = form
  const column = table?.columns.find((one) => one.name === typed.columns[name])
  if (!codes || !column) return []
  const counted: Word[] = unknownWords[name] ?? []
  const isLookedAt = (mapping ?? guess?.mapping)?.columns?.[name] === column.name
  const ours = new Set(Object.entries(codes).flat().map(spelled))
  const seen = isLookedAt ? [] : column.samples.filter((word) => !ours.has(spelled(word)))
  const remembered = Object.keys(typed.values[name] ?? {})
  const more = [...new Set([...remembered, ...seen])].filter((word) => !counted.some((one) => one.word === word))
  return [...counted, ...more.map((word) => ({ word, count: null }))]
}

function spelled(word: string): string {
  return word.trim().toLowerCase()
}
