import type { MergeField } from './merge.ts'

interface MergeFieldsProps {
  fields: readonly MergeField[]
  /** Who changed it meanwhile. */
  theirName: string
  labelOf: (name: string) => string
  wordsOf: (name: string, value: unknown) => string
  onChange: (fields: readonly MergeField[]) => void
}

/** Two versions side by side, field by field: which of them holds. */
export function MergeFields({ fields, onChange, ...words }: MergeFieldsProps) {
  const choose = (name: string, choice: MergeField['choice']) =>
    onChange(fields.map((field) => (field.name === name ? { ...field, choice } : field)))
  return (
    <div class="merge-fields">
      {fields.map((field) => (
        <FieldChoice key={field.name} field={field} {...words} onChoose={choose} />
      ))}
    </div>
  )
}

interface FieldChoiceProps extends Pick<MergeFieldsProps, 'theirName' | 'labelOf' | 'wordsOf'> {
  field: MergeField
  onChoose: (name: string, choice: MergeField['choice']) => void
}

function FieldChoice({ field, theirName, labelOf, wordsOf, onChoose }: FieldChoiceProps) {
  const option = (choice: MergeField['choice'], who: string) => {
    const id = `merge-${field.name}-${choice}`
    return (
      <div class="kern-form-check">
        <input
          type="radio"
          class="kern-form-check__radio"
          id={id}
          name={`merge-${field.name}`}
          checked={field.choice === choice}
          onChange={() => onChoose(field.name, choice)}
        />
        <label class="kern-label" for={id}>
          <span class="muted">{who}:</span> {wordsOf(field.name, field[choice])}
        </label>
      </div>
    )
  }
  return (
    <fieldset class="kern-fieldset merge-field">
      <legend class="kern-label">
        {labelOf(field.name)} {field.contested && <span class="mark mark--overdue">beide geändert</span>}
      </legend>
      <div class="kern-fieldset__body">
        {option('mine', 'Ihre Fassung')}
        {option('theirs', theirName)}
      </div>
    </fieldset>
  )
}
