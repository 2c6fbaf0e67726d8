import { useState } from 'preact/hooks'
import { gisNbRules, gisNbSeverities } from '../../server/contract/gisnb.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { addressWith } from '../workbench/place.ts'
import { type Check, objectAddress, query } from './data.ts'

type Finding = Check['findings'][number]

const columns: readonly Column<Finding>[] = [
  { key: 'rule', label: 'Regel', heading: true, cell: ({ rule }) => `${rule} ${gisNbRules[rule].title}` },
  { key: 'text', label: 'Befund', prose: true, cell: ({ text }) => text },
  { key: 'object', label: 'Objekt', cell: ({ objectId }) => objectId && <a href={objectAddress(objectId)}>ansehen</a> },
  { key: 'layer', label: 'Layer', cell: ({ layer }) => layer },
  { key: 'severity', label: 'Schwere', cell: ({ rule }) => gisNbSeverities.labels[gisNbRules[rule].severity].de },
]

/** So many are read at once; the rest on demand. */
const firstShown = 25

/** What the rules found; of many the first. */
export function Findings({ check: { rules, layers, findings: all } }: { check: Check }) {
  const [isWhole, setWhole] = useState(false)
  const layer = layers.find(({ name }) => name === query().get('layer')) ?? null
  const findings = layer ? all.filter((one) => one.layer === layer.name) : all
  const found = rules.filter(({ found: count }) => count > 0)
  const total = found.reduce((sum, { found: count }) => sum + count, 0)
  return (
    <section>
      <h2>Prüfung</h2>
      {total === 0 ? (
        <p>Keine Befunde: {rules.length} Regeln sind erfüllt.</p>
      ) : (
        <>
          <ul>
            {found.map(({ id, found: count }) => (
              <li key={id}>
                {gisNbSeverities.labels[gisNbRules[id].severity].de}: {gisNbRules[id].title}, {formatNumber(count, 'de')}-mal (
                {id})
              </li>
            ))}
          </ul>
          {total > all.length && <p class="muted">Aufgezählt werden die ersten {all.length}.</p>}
          {layer && (
            <p role="status">
              {findings.length} davon im Layer {layer.title}. <a href={addressWith({ layer: null })}>Alle Layer zeigen</a>
            </p>
          )}
          <DataTable
            caption="Befunde"
            columns={columns}
            rows={isWhole ? findings : findings.slice(0, firstShown)}
            rowKey={({ rule, layer, objectId, number, field }) => [rule, layer, objectId, number, field].join(' ')}
          />
          {!isWhole && findings.length > firstShown && (
            <Button look="secondary" onClick={() => setWhole(true)}>
              Alle {findings.length} Befunde zeigen
            </Button>
          )}
        </>
      )}
    </section>
  )
}
