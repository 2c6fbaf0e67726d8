import { useState } from 'preact/hooks'
import type { Attachment } from '../../../server/contract/mobile.ts'
import { newBasis } from '../../workbench/form/basis.ts'
import { dropInput, keepInput, keptInput } from '../../workbench/kept-input.ts'

type KeptFile = Pick<Attachment, 'id' | 'name' | 'bytes'>

/** Files added to a form before its record is saved; they survive a reload, as what is typed does. */
export function useKeptFiles(key: string): [files: readonly KeptFile[], set: (files: readonly KeptFile[]) => void] {
  const name = `${key}/anlagen`
  const [files, setFiles] = useState<readonly KeptFile[]>(() => readFiles(keptInput(name)?.typed.files))
  // At once: what is saved must be forgotten even when its form goes the same moment.
  const set = (next: readonly KeptFile[]) => {
    if (next.length === 0) dropInput(name)
    else keepInput(name, { typed: { files: next.map((file) => JSON.stringify(file)) }, basis: newBasis(), base: null })
    setFiles(next)
  }
  return [files, set]
}

function readFiles(kept: unknown): KeptFile[] {
  return Array.isArray(kept) ? kept.map((text) => JSON.parse(String(text)) as KeptFile) : []
}
