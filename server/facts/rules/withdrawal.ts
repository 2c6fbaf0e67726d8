import type { FactKindName } from '../../contract/facts/index.ts'
import { subjectOf } from '../words.ts'
import { referrersTo, type World } from '../world.ts'
import { type Remark, refuse } from './remark.ts'

/** A fact that someone wants to take back. `world`: as it would be afterwards. */
export interface Withdrawal {
  kind: FactKindName
  id: string
  isInForce: boolean
  world: World
  /** With what is withdrawn, for names. */
  names: World
}

/** Impossible: nothing to take back, something that others refer to, a district without boundary. */
export function* withdrawalRemarks({ kind, id, isInForce, world, names }: Withdrawal): Iterable<Remark> {
  if (!isInForce) yield refuse('retracted', 'Hier gibt es nichts zurückzuziehen.')
  if (kind === 'district_boundary') {
    yield refuse('retracted', 'Eine Stadtteilgrenze kann nur durch eine neue ersetzt werden: Jeder Stadtteil braucht eine.')
  }
  const referrers = referrersTo(world, kind, id)
  if (referrers.length > 0) {
    const first = referrers.slice(0, 3).map((referrer) => subjectOf(referrer.kind, referrer.content, names))
    const more = referrers.length > 3 ? ` und ${referrers.length - 3} weitere` : ''
    yield refuse(
      'retracted',
      `Darauf beziehen sich noch: ${first.join('; ')}${more}. Ziehen Sie diese zuerst oder zugleich zurück.`,
    )
  }
}
