import type { Text } from '../text.ts'

const same = (text: string): Text => ({ de: text, en: text })

/** Rohrarten: code list `lr_art` of the GIS-NB (outer/inner diameter in mm). */
export const ductTypes: Readonly<Record<number, Text>> = {
  1: { de: 'Kabelschutzrohr (KSR)', en: 'Cable protection pipe' },
  2: { de: 'Einzelrohr 16/12', en: 'Single tube 16/12' },
  3: { de: 'Einzelrohr 12/8', en: 'Single tube 12/8' },
  4: { de: 'Einzelrohr 14/10', en: 'Single tube 14/10' },
  5: { de: 'Einzelrohr 7/4', en: 'Single tube 7/4' },
  6: { de: 'Einzelrohr 10/6', en: 'Single tube 10/6' },
  11: { de: 'Rohrverband 16/12', en: 'Bundle 16/12' },
  12: { de: 'Rohrverband 12/8', en: 'Bundle 12/8' },
  13: { de: 'Rohrverband 14/10', en: 'Bundle 14/10' },
  14: { de: 'Rohrverband 10/6', en: 'Bundle 10/6' },
  15: { de: 'Rohrverband 7/4', en: 'Bundle 7/4' },
  16: { de: 'Rohrverband 20/15', en: 'Bundle 20/15' },
  21: same('MR4 2×40/32 + 2×32/28'),
  22: same('KSR DN 50'),
  23: same('KSR DN 40'),
  24: same('KSR DN 32'),
  25: same('KSR DN 100'),
  99: { de: 'Sonstiges', en: 'Other' },
}
