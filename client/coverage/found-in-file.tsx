import type { CoverageFound } from '../../server/contract/coverage.ts'
import { coverageDatasets, coverageMethods, methodOfDataset } from '../../server/contract/coverage-codes.ts'
import { formatDay } from '../../server/contract/dates.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { Notice } from '../ui/notice.tsx'
import { partName } from './coverage-data.ts'

const number = (value: number) => formatNumber(value, 'de', 0)

/** What the server has found in a file: so that a person can see whether it is what they meant. */
export function FoundInFile({ found }: { found: CoverageFound }) {
  const { dataset, rows, used, outside, cells, cityCells, firstDay, lastDay, extent } = found
  return (
    <>
      <dl class="coverage__found">
        <Found
          label="Erkannt als"
          value={`${coverageDatasets.labels[dataset].de}, ${coverageMethods.labels[methodOfDataset[dataset]].de}`}
        />
        <Found
          label="Gelesen"
          value={`${number(rows)} ${rows === 1 ? 'Zeile' : 'Zeilen'}, ${number(used)} in der Stadt, ${number(outside)} außerhalb`}
        />
        {dataset !== 'deficit_areas' && (
          <Found
            label="Rasterzellen"
            value={`${number(cells)} von ${number(cityCells)} der Stadt (${number((100 * cells) / cityCells)} %)`}
          />
        )}
        {found.parts.some(({ operator }) => operator !== null) && (
          <Found label="Netze" value={found.parts.map((part) => `${partName(part)}: ${number(part.cells)} Zellen`).join(' · ')} />
        )}
        {found.counts.length > 0 && (
          <Found
            label="Zahl der Betreiber"
            value={found.counts.map(({ operators, cells: of }) => `${operators}: ${number(of)} Zellen`).join(' · ')}
          />
        )}
        {firstDay && lastDay && (
          <Found
            label="Gemessen"
            value={
              firstDay === lastDay ? formatDay(firstDay, 'de') : `${formatDay(firstDay, 'de')} bis ${formatDay(lastDay, 'de')}`
            }
          />
        )}
        {extent && (
          <Found label="Ausdehnung" value={`${extent.map((degree) => formatNumber(degree, 'de', 3)).join(' / ')} (W/S/O/N)`} />
        )}
        <Found label="Spalten" value={found.columns.join(', ')} />
      </dl>
      {found.warnings.length > 0 && (
        <Notice kind="warning" title="Bitte beachten">
          <ul>
            {found.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      {found.problems.length > 0 && <Problems found={found} />}
      <Disclosure summary="Wie es gelesen wurde">
        <ul>
          {found.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Disclosure>
    </>
  )
}

function Found({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Problems({ found: { problems, kinds, unusable } }: { found: CoverageFound }) {
  return (
    <Disclosure summary={`Nicht brauchbare Zeilen (${number(unusable)})`}>
      <p>Nach Gründen, mit dem ersten Beispiel:</p>
      <ul>
        {kinds.map(({ name, count }) => (
          <li key={name}>
            {number(count)}-mal: {name}
          </li>
        ))}
      </ul>
      <p>{problems.length < unusable ? `Die ersten ${number(problems.length)} Zeilen:` : 'Alle Zeilen:'}</p>
      <ul>
        {problems.map(({ row, text }) => (
          <li key={row}>
            Zeile {number(row)}: {text}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
