import * as z from 'zod/mini'
import { parseImpreciseDate } from '../../../server/contract/date-input.ts'
import { formatImpreciseDate, today } from '../../../server/contract/dates.ts'
import { type Draft, Reason, SourceInput } from '../../../server/contract/facts.ts'

/** What a statement rests on, as typed: for which day it holds, why it is recorded, who said it. */
export interface Basis {
  trueOn: string
  reason: string
  citation: string
  url: string
  /** The statement withdraws the fact. */
  retracted: boolean
}

export interface BasisReading {
  value: Pick<Draft, 'trueOn' | 'reason' | 'source' | 'retracted'>
  errors: Readonly<Partial<Record<keyof Basis, string>>>
  understood: Readonly<Partial<Record<keyof Basis, string>>>
}

/** A new statement holds from today on, unless somebody says otherwise. */
export function newBasis(): Basis {
  return { trueOn: formatImpreciseDate(today(), 'de'), reason: '', citation: '', url: '', retracted: false }
}

export function basisOf({ trueOn, reason, source, retracted }: Draft): Basis {
  return { trueOn: formatImpreciseDate(trueOn, 'de'), reason, citation: source.citation, url: source.url ?? '', retracted }
}

/** Reads the basis; every statement needs a day, a reason and a source. */
export function readBasis(basis: Basis): BasisReading {
  const trueOn = parseImpreciseDate(basis.trueOn)
  const understood = trueOn ? formatImpreciseDate(trueOn, 'de') : ''
  const source = { citation: basis.citation.trim(), url: basis.url.trim() || null }
  const errors: BasisReading['errors'] = {
    ...(trueOn === null && { trueOn: 'Bitte einen Tag oder Zeitraum angeben, zum Beispiel 28.03.2022 oder März 2022.' }),
    ...(!z.safeParse(Reason, basis.reason).success && { reason: 'Bitte in einigen Worten begründen (3 bis 500 Zeichen).' }),
    ...(!z.safeParse(SourceInput.shape.citation, source.citation).success && {
      citation: 'Bitte die Quelle nennen (3 bis 300 Zeichen).',
    }),
    ...(!z.safeParse(SourceInput.shape.url, source.url).success && {
      url: 'Erwartet wird eine Adresse mit http:// oder https://.',
    }),
  }
  return {
    value: { trueOn: trueOn ?? '', reason: basis.reason.trim(), source, retracted: basis.retracted },
    errors,
    understood: understood && understood !== basis.trueOn.trim() ? { trueOn: understood } : {},
  }
}
