import { useState } from 'preact/hooks'
import type * as z from 'zod/mini'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { formatDay, today } from '../../server/contract/dates.ts'
import { gisNbRules, gisNbSeverities, importGisNb } from '../../server/contract/gisnb.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { ApiError, addressOf } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { TextField } from '../ui/field.tsx'
import { explain, Failure } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { postFile } from '../workbench/post-file.ts'
import { check, type Wish } from './data.ts'

type Imported = z.output<(typeof importGisNb)['response']>

/** Takes a package over: looked at first, then recorded with Stand, source and reason. */
export function ImportPackage({ wish }: { wish: Wish }) {
  const [file, setFile] = useState<File | null>(null)
  const [basis, setBasis] = useState({ trueOn: formatDay(today(), 'de'), citation: '', reason: '' })
  const [answer, setAnswer] = useState<Imported | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const named = error instanceof ApiError ? (error.problem.errors ?? []) : []
  const errorAt = (field: string) => named.find((one) => one.field === field)?.detail
  const send = async (preview: boolean) => {
    if (!file) return
    setBusy(true)
    setError(null)
    try {
      // What is missing for a preview is no matter of it.
      const told = {
        citation: basis.citation || (preview ? 'Vorschau' : ''),
        reason: basis.reason || (preview ? 'Vorschau' : ''),
      }
      const trueOn = parseImpreciseDate(basis.trueOn) ?? basis.trueOn
      const address = addressOf(importGisNb.path, {}, { ...wish, ...told, trueOn, name: file.name, preview: String(preview) })
      const given = (await postFile(address, file)) as Imported
      setAnswer(given)
      if (given.revision !== null) {
        announce('Das Paket ist übernommen.')
        await check.again()
      }
    } catch (failure) {
      setError(failure)
    }
    setBusy(false)
  }
  const field = (name: keyof typeof basis, label: string) => (
    <TextField
      label={label}
      value={basis[name]}
      error={errorAt(name)}
      onInput={(event) => setBasis({ ...basis, [name]: event.currentTarget.value })}
    />
  )
  return (
    <Disclosure summary="Ein Paket übernehmen">
      <p>
        <label class="kern-label" for="gisnb-datei">
          GeoPackage oder gezippte Shapefiles
        </label>
        <input
          id="gisnb-datei"
          type="file"
          accept=".zip,.gpkg"
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0] ?? null)
            setAnswer(null)
            setError(null)
          }}
        />
      </p>
      {error !== null && named.every(({ field: one }) => !(one in basis)) && <Failure error={error} />}
      <Button look="secondary" disabled={!file || isBusy} onClick={() => void send(true)}>
        {isBusy ? 'Das Paket wird gelesen …' : 'Prüfen, ohne zu übernehmen'}
      </Button>
      {answer && <Outcome answer={answer} />}
      {answer?.revision === null && answer.layers.some(({ added, changed }) => added + changed > 0) && (
        <div class="field-row">
          {field('trueOn', 'Stand')}
          {field('citation', 'Quelle')}
          {field('reason', 'Grund')}
          <Button look="primary" icon="check" disabled={isBusy} onClick={() => void send(false)}>
            Übernehmen
          </Button>
        </div>
      )}
      {error !== null && <p class="kern-sr-only">{explain(error)}</p>}
    </Disclosure>
  )
}

function Outcome({ answer: { layers, findings } }: { answer: Imported }) {
  return (
    <div role="status">
      <ul>
        {layers.map((layer) => (
          <li key={layer.name}>
            {layer.name}: {outcomeInWords(layer)}
          </li>
        ))}
      </ul>
      {findings.length > 0 && (
        <ul>
          {findings.slice(0, 50).map((finding) => (
            <li key={JSON.stringify(finding)}>
              {gisNbSeverities.labels[gisNbRules[finding.rule].severity].de}, {finding.layer}
              {finding.number !== null && ` ${finding.number}`}: {finding.text}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function outcomeInWords({ objects, added, changed, unchanged }: Imported['layers'][number]): string {
  const parts = [
    [added, 'neu'],
    [changed, 'geändert'],
    [unchanged, 'unverändert'],
    [objects - added - changed - unchanged, 'nicht übernehmbar'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatNumber(count, 'de')} ${word}`)
  return told.join(', ') || 'keine Objekte'
}
