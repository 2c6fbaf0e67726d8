import type { MobileOperator, MobileTechnology } from '../contract/mobile/codes.ts'

/** Network codes in Germany (MCC 262) by their MNC, those of networks taken over included. */
const networkCodes: Readonly<Record<string, MobileOperator>> = {
  ...{ '01': 'telekom', '06': 'telekom', '78': 'telekom' },
  ...{ '02': 'vodafone', '04': 'vodafone', '09': 'vodafone' },
  ...{ '03': 'telefonica', '05': 'telefonica', '07': 'telefonica', '08': 'telefonica', '11': 'telefonica', '77': 'telefonica' },
  '23': '1und1',
}

const operatorNames: readonly [RegExp, MobileOperator][] = [
  [/1und1|1&1|1\+1|drillisch|einsundeins/, '1und1'],
  [/telefonica|o2|eplus|telefnica/, 'telefonica'],
  [/vodafone|^d2|^vf(de)?$/, 'vodafone'],
  [/telekom|tmobile|^d1|^dtag?$|^tdg$/, 'telekom'],
]

/**
 * The operator a word stands for: its name ("Telekom", "O2", "1&1"), its PLMN (26201) or, with `isNetworkCode`, its MNC alone (1, "01").
 * null: none of ours, a foreign operator for instance.
 */
export function operatorOf(word: string, isNetworkCode = false): MobileOperator | null {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z\d&+]/g, '')
  if (/^\d+$/.test(plain)) {
    const code = /^262(\d{1,2})$/.exec(plain)?.[1] ?? (isNetworkCode && plain.length <= 2 ? plain : null)
    return code === null ? null : (networkCodes[code.padStart(2, '0')] ?? null)
  }
  return operatorNames.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

const technologyNames: readonly [RegExp, MobileTechnology][] = [
  [/nsa|nonstandalone|endc|dss/, '5g'],
  [/5gsa|nrsa|sa5g|standalone/, '5g_sa'],
  [/^5g|^nr/, '5g'],
  [/lte|^4g/, '4g'],
  [/gsm|^2g|edge|gprs/, '2g'],
]

/** The technology a word stands for ("LTE", "5G NSA", "NR SA"). null: none that is kept, 3G for instance. */
export function technologyOf(word: string): MobileTechnology | null {
  const plain = word.toLowerCase().replace(/[^a-z\d]/g, '')
  return technologyNames.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}
