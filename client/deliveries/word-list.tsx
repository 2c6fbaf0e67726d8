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
                  { value: '', label: 'offen: Zeilen werden zweifelhaft' },
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

/** The words the server found to mean nothing, and those seen in the column that has just been chosen. */
function wordsOf(field: MappableField, { unknownWords }: DeliveryDetail, { typed, table }: MappingForm): Word[] {
  const column = table?.columns.find(({ name }) => name === typed.columns[field.name])
  if (!field.codes || !column) return []
  const ours = new Set(Object.entries(field.codes).flatMap(([code, word]) => [code.toLowerCase(), word.toLowerCase()]))
  const counted = unknownWords[field.name] ?? []
  const known = new Set([...counted.map(({ word }) => word)])
  const remembered = Object.keys(typed.values[field.name] ?? {})
  const seen = [...new Set([...column.samples, ...remembered])].filter(
    (word) => !known.has(word) && !ours.has(word.toLowerCase().trim()),
  )
  return [...counted, ...seen.map((word) => ({ word, count: null }))]
}
