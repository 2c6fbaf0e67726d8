import { qualityMarks } from '../../server/contract/codes.ts'
import { formatDay } from '../../server/contract/dates.ts'
import type { Language } from '../../server/contract/text.ts'
import { language, say } from '../ui/language.ts'
import { dataAddress } from './actions.tsx'
import type { District } from './data.ts'

const words = {
  title: { de: 'Datenqualität', en: 'Data quality' },
  explained: {
    de: 'Regeln prüfen nach jeder Änderung und jede Nacht, ob die veröffentlichten Angaben zusammenpassen und aktuell sind.',
    en: 'After every change and every night, rules check whether the published statements fit together and are current.',
  },
  checked: { de: 'Geprüft am', en: 'Checked on' },
  data: { de: 'Prüfergebnis aller Stadtteile', en: 'Result for all districts' },
}

const counted: Readonly<
  Record<'errors' | 'warnings' | 'notices', Readonly<Record<Language, readonly [one: string, more: string]>>>
> = {
  errors: { de: ['Widerspruch', 'Widersprüche'], en: ['contradiction', 'contradictions'] },
  warnings: { de: ['Zweifel', 'Zweifel'], en: ['doubt', 'doubts'] },
  notices: { de: ['Hinweis', 'Hinweise'], en: ['notice', 'notices'] },
}

/** Whether what is published about the district fits together, in words, and where that comes from. */
export function Quality({ quality }: { quality: District['quality'] }) {
  if (!quality) return null
  const found = (Object.keys(counted) as (keyof typeof counted)[])
    .filter((kind) => quality[kind] > 0)
    .map((kind) => `${quality[kind]} ${say(counted[kind])[quality[kind] === 1 ? 0 : 1]}`)
  return (
    <section class="section">
      <h2>{say(words.title)}</h2>
      <p>
        {say(qualityMarks.labels[quality.mark])}
        {found.length > 0 && ` (${found.join(', ')})`}. {say(words.checked)} {formatDay(quality.checkedOn, language.value)}.
      </p>
      <p class="muted">
        {say(words.explained)} <a href={dataAddress('quality_marks', { f: 'html' })}>{say(words.data)}</a>
      </p>
    </section>
  )
}
