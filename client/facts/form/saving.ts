import { useState } from 'preact/hooks'
import { type Draft, saveDraft } from '../../../server/contract/facts.ts'
import { ApiError } from '../../api.ts'
import { announce } from '../../ui/toast.tsx'
import { drafts } from '../../workbench/data.ts'
import { declarationOf } from '../../workbench/form/values.ts'
import { openPublishing } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import type { FactForm } from './fact-form.ts'

export interface Saving {
  isBusy: boolean
  /** A failure that belongs to no field. */
  error: unknown
  /** Saves what is typed as a draft; null when it may not be saved yet. */
  save: () => Promise<Draft | null>
  /** Saves, then opens the publish dialog with this draft; `then` follows the publication. */
  saveAndPublish: (then: () => void) => Promise<void>
}

/** Saving a form as a draft: checks, asks the server, shows what it refuses at the fields. */
export function useSaving(form: FactForm, onSaved: (draft: Draft) => void): Saving {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const store = async (next: (draft: Draft) => void): Promise<Draft> => {
    const { kind, reading, basis, input } = form
    const id = declarationOf(kind).idOf(reading.content as never)
    const draft = await ask(saveDraft, {
      params: { kind, id },
      body: { content: reading.content, ...basis.value, base: input.base },
    })
    onSaved(draft)
    next(draft)
    await drafts.ask(null)
    return draft
  }

  const save = async (next: (draft: Draft) => void = () => undefined): Promise<Draft | null> => {
    setError(null)
    if (!form.check()) return null
    setBusy(true)
    try {
      return await store(next)
    } catch (reason) {
      setError(reason)
      if (reason instanceof ApiError && reason.problem.status === 422) form.refuse(reason.problem)
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    isBusy,
    error,
    save: async () => {
      const draft = await save()
      if (draft) announce('Entwurf gespeichert. Die Öffentlichkeit sieht ihn noch nicht.')
      return draft
    },
    saveAndPublish: async (then) => {
      await save((draft) => openPublishing([draft.id], then))
    },
  }
}
