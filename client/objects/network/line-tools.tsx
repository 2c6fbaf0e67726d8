import { useState } from 'preact/hooks'
import { type LineKind, mergeLines, type NetworkKind, type ObjectRow, splitLine } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { refresh } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import { awaitedClick, merging } from './drawing.ts'
import type { Position } from './snapping.ts'

interface LineToolsProps {
  kind: NetworkKind
  object: ObjectRow
  revision: number
}

/** Splitting and merging: the same ground described otherwise, so no Stand and no source is asked for. */
export function LineTools({ kind, object, revision }: LineToolsProps) {
  return (
    <Disclosure summary="Teilen oder zusammenfügen">
      <Split kind={kind as LineKind} object={object} revision={revision} />
      <Merge kind={kind as LineKind} object={object} revision={revision} />
    </Disclosure>
  )
}

/** Runs a change; what went wrong stays to be read. */
function useRun() {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const run = async (work: () => Promise<void>) => {
    setProblem(null)
    setBusy(true)
    try {
      await work()
    } catch (error) {
      setProblem(explain(error))
    } finally {
      setBusy(false)
    }
  }
  const message = problem && (
    <p class="kern-error" role="alert">
      {problem}
    </p>
  )
  return { run, isBusy, message }
}

function Split({ kind, object, revision }: LineToolsProps & { kind: LineKind }) {
  const [place, setPlace] = useState('')
  const { run, isBusy, message } = useRun()
  const split = (at: Position) =>
    run(async () => {
      const body = { at, reason: 'Linie geteilt', revision }
      const parts = await ask(splitLine, { params: { kind, id: object.id }, body })
      offerUndo(parts.revision, parts.sentence)
      await refresh()
    })
  const atClick = () => {
    awaitedClick.value = {
      prompt: 'Klicken Sie auf die Linie, wo sie geteilt werden soll.',
      take: (position) => {
        awaitedClick.value = null
        void split(position)
      },
    }
  }
  const metresAlong = Number(place.replace(',', '.'))
  const isPlace = place.trim() !== '' && metresAlong > 0 && metresAlong < (object.lengthM ?? 0)
  return (
    <div class="line-tool">
      <h3>Teilen</h3>
      {message}
      {awaitedClick.value ? (
        <Button look="secondary" small onClick={() => (awaitedClick.value = null)}>
          Abbrechen
        </Button>
      ) : (
        <Button look="secondary" small disabled={isBusy} onClick={atClick}>
          An einer Stelle auf der Karte teilen
        </Button>
      )}
      <TextField
        label="oder nach so vielen Metern vom Anfang"
        optional
        inputMode="decimal"
        value={place}
        onInput={(event) => setPlace(event.currentTarget.value)}
      />
      <Button look="secondary" small disabled={!isPlace || isBusy} onClick={() => void split(positionAlong(object, metresAlong))}>
        Dort teilen
      </Button>
    </div>
  )
}

/** Where a line is after so many metres; over the few degrees of a city, equal shares of degrees are equal shares of metres. */
function positionAlong({ content, lengthM }: ObjectRow, along: number): Position {
  const positions = (content.geom as { coordinates: Position[] }).coordinates
  const steps = positions.slice(1).map((end, index) => {
    const start = positions[index] as Position
    const eastern = (end[0] - start[0]) * Math.cos((start[1] * Math.PI) / 180)
    return { start, end, size: Math.hypot(eastern, end[1] - start[1]) }
  })
  const total = steps.reduce((sum, { size }) => sum + size, 0)
  let rest = (along / (lengthM ?? 1)) * total
  for (const { start, end, size } of steps) {
    if (rest <= size) return [start[0] + ((end[0] - start[0]) * rest) / size, start[1] + ((end[1] - start[1]) * rest) / size]
    rest -= size
  }
  return positions.at(-1) as Position
}

function Merge({ kind, object, revision }: LineToolsProps & { kind: LineKind }) {
  const { run, isBusy, message } = useRun()
  const others = (merging.value ?? []).filter((id) => id !== object.id)
  const merge = () =>
    run(async () => {
      const body = { ids: [object.id, ...others], reason: 'Linien zusammengefügt', revision }
      const merged = await ask(mergeLines, { params: { kind }, body })
      offerUndo(merged.revision, merged.sentence)
      await refresh()
      merging.value = null
      go(addressWith({ objekt: merged.id }), { replace: true })
    })
  return (
    <div class="line-tool">
      <h3>Zusammenfügen</h3>
      {message}
      {merging.value === null ? (
        <Button look="secondary" small onClick={() => (merging.value = [])}>
          Mit anderen Linien zusammenfügen …
        </Button>
      ) : (
        <>
          <p role="status">
            {others.length === 0
              ? 'Wählen Sie in der Tabelle oder auf der Karte die Linien, die anschließen.'
              : `Gewählt: ${others.join(', ')}`}
          </p>
          <div class="fact-row__actions">
            <Button look="secondary" small disabled={others.length === 0 || isBusy} onClick={() => void merge()}>
              Zusammenfügen
            </Button>
            <Button look="tertiary" small onClick={() => (merging.value = null)}>
              Abbrechen
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
