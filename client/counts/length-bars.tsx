import { quantities } from '../../server/contract/codes.ts'
import { formatKm } from '../../server/contract/numbers.ts'
import { networkStatuses } from '../../server/contract/objects/codes.ts'
import { Source } from '../ui/source.tsx'
import type { LengthsAnswer } from './data.ts'

const kinds = {
  fibre_cable: 'art=cable',
  new_duct: 'art=duct&bestand=new',
  reused_infrastructure: 'art=duct&bestand=reused',
  trench: 'art=route',
} as const

/** Four quantities, each with measured metres by status, reported ones and the target; never added to each other. */
export function LengthBars({ answer, programmeId }: { answer: LengthsAnswer; programmeId: string }) {
  const own = <Row extends { programmeId: string | null }>(rows: readonly Row[]) =>
    rows.filter((row) => row.programmeId === programmeId)
  return (
    <div class="counts__lengths">
      {(Object.keys(kinds) as (keyof typeof kinds)[]).map((quantity) => {
        const measured = own(answer.measured).filter((row) => row.quantity === quantity)
        const target = own(answer.targets).find((row) => row.quantity === quantity && row.districtIds === null)
        const reported = own(answer.reported).find((row) => row.quantity === quantity && row.districtIds === null)
        const sum = (status?: string) =>
          measured.filter((row) => !status || row.status === status).reduce((total, row) => total + row.lengthM, 0)
        const outside = measured.filter((row) => row.districtId === null).reduce((total, row) => total + row.lengthM, 0)
        const full = Math.max(sum(), target?.value ?? 0, reported?.value ?? 0, 1)
        const bars = [
          { name: 'gemessen, verlegt', value: sum('laid'), provenance: null },
          ...(reported ? [{ name: 'gemeldet', ...reported }] : []),
          ...(target ? [{ name: 'Ziel', ...target }] : []),
        ]
        return (
          <section key={quantity} aria-label={quantities.labels[quantity].de}>
            <h3>{quantities.labels[quantity].de}</h3>
            {bars.map(({ name, value, provenance }) => (
              <div key={name} class="counts__bar">
                <span>
                  {name}: <strong>{formatKm(value, 'de')}</strong>
                </span>
                <meter min={0} max={full} value={value} aria-hidden="true" />
                {provenance && <Source of={provenance} about={`${name}, ${quantities.labels[quantity].de}`} />}
              </div>
            ))}
            <p class="muted">
              {(['under_construction', 'planned'] as const)
                .map((status) => `${networkStatuses.labels[status].de} ${formatKm(sum(status), 'de')}`)
                .join(', ')}
              {outside > 0 && `; außerhalb der Stadtteile ${formatKm(outside, 'de')}`}.{' '}
              <a href={`/arbeitsplatz/netz?${kinds[quantity]}&programm=${programmeId}`}>Strecken zeigen</a>
            </p>
          </section>
        )
      })}
    </div>
  )
}
