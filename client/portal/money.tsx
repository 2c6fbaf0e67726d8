import { fundingRoles } from '../../server/contract/codes.ts'
import { formatMoney } from '../../server/contract/numbers.ts'
import { language, say } from '../ui/language.ts'
import { Source } from '../ui/source.tsx'
import type { Programme } from './data.ts'
import { texts } from './texts.ts'

const words = {
  money: { de: 'Mittel', en: 'Funding' },
  partOf: { de: 'davon', en: 'of which' },
}

/** Who gives how much. A share stands under its whole and is never added to it. */
export function Money({ funding }: { funding: Programme['funding'] }) {
  const wholes = funding.filter((one) => one.partOf === null)
  const shares = (id: string) => funding.filter((one) => one.partOf === id)
  return (
    <section class="section">
      <h2>{say(words.money)}</h2>
      {funding.length === 0 && <p>{say(texts.notPublished)}</p>}
      <ul class="money">
        {wholes.map((one) => (
          <li key={one.id}>
            <Amount one={one} />
            {shares(one.id).length > 0 && (
              <ul class="money">
                {shares(one.id).map((share) => (
                  <li key={share.id}>
                    {say(words.partOf)} <Amount one={share} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Amount({ one }: { one: Programme['funding'][number] }) {
  const remark = (language.value === 'en' && one.noteEn) || one.note
  return (
    <>
      <strong>
        {one.approximate && `${say(texts.about)} `}
        {formatMoney(one.amountEur, language.value)}
      </strong>{' '}
      {say(fundingRoles.labels[one.role])}, {one.giver}
      {remark && <span class="muted">. {remark}</span>} <Source of={one.provenance} about={one.giver} />
    </>
  )
}
