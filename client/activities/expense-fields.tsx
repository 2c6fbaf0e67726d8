import { useState } from 'preact/hooks'
import { expenseKinds } from '../../server/contract/activities/codes.ts'
import { fileFormats, mostFileBytes } from '../../server/contract/files.ts'
import { Checkbox, Field } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { Codes, Offered } from './activity-fields.tsx'
import { log, uploadVoucher } from './data.ts'
import type { EntryForm } from './use-entry.ts'

/** The inputs of an expense; its voucher is sent as soon as it is chosen. */
export function ExpenseFields({ form }: { form: EntryForm }) {
  const notes = (log.answer.value?.expenses ?? []).flatMap(({ content }) => content.note ?? [])
  return (
    <>
      <Offered form={form} name="dated" label="Tag oder Monat" hint="März 2026, 28.3." offers={[]} />
      <Codes form={form} name="kind" label="Art" codes={expenseKinds.labels} />
      <Offered form={form} name="amountEur" label="Betrag in €" hint="1.376,50" offers={[]} />
      <VoucherField form={form} />
      <div class="entry-field entry-field--eligible">
        <Checkbox
          label="zuwendungsfähig"
          name="eligible"
          checked={form.typed.eligible === 'ja'}
          onChange={(event) => form.set('eligible', event.currentTarget.checked ? 'ja' : '')}
        />
      </div>
      <Offered form={form} name="note" label="Bemerkung" isOptional offers={[...new Set(notes)]} />
    </>
  )
}

function VoucherField({ form }: { form: EntryForm }) {
  const [failure, setFailure] = useState<string | undefined>()
  const [isSending, setSending] = useState(false)
  const name = voucherName(form)
  const send = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    if (!file) return
    setFailure(file.size > mostFileBytes ? `Die Datei ist größer als ${mostFileBytes / 2 ** 20} MB.` : undefined)
    if (file.size > mostFileBytes) return
    setSending(true)
    try {
      const voucher = await uploadVoucher(file)
      form.set('voucherId', String(voucher.id))
      form.set('voucherName', voucher.name)
    } catch (error) {
      setFailure(explain(error))
    }
    input.value = ''
    setSending(false)
  }
  return (
    <div class="entry-field entry-field--voucher">
      <Field
        label="Beleg"
        optional
        error={failure ?? form.errorAt('voucherId')}
        hint={
          isSending ? (
            'Wird übertragen …'
          ) : name ? (
            <strong class="understood">{name}</strong>
          ) : (
            `höchstens ${mostFileBytes / 2 ** 20} MB`
          )
        }
      >
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            title={fileFormats}
            class="kern-form-input__input"
            onChange={(event) => void send(event.currentTarget)}
          />
        )}
      </Field>
      {form.typed.voucherId && (
        <button type="button" class="link-button" onClick={() => form.set('voucherId', '')}>
          Beleg entfernen
        </button>
      )}
    </div>
  )
}

function voucherName({ typed }: EntryForm): string | null {
  if (!typed.voucherId) return null
  const known = log.answer.value?.expenses.find(({ voucher }) => String(voucher?.id) === typed.voucherId)?.voucher
  return typed.voucherName || (known?.name ?? 'Beleg liegt bei')
}
