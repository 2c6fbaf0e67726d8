import type { Statement } from '../../../server/contract/facts.ts'
import { Notice } from '../../ui/notice.tsx'
import { currentFacts } from '../../workbench/data.ts'
import { FactRows } from '../fact-rows.tsx'
import type { OpenRule } from './rule-rows.tsx'

/** The departments that are asked; one without an address cannot be, and that stands first. */
export function Departments({ onOpen }: { onOpen: OpenRule }) {
  const all = currentFacts('department').toSorted((a, b) => Number(a.content.position) - Number(b.content.position))
  const mute = all.filter(isMute)
  return (
    <>
      {mute.length > 0 && (
        <Notice
          kind="warning"
          title={
            mute.length === 1
              ? 'Ein Fachbereich hat keine E-Mail-Adresse'
              : `${mute.length} Fachbereiche haben keine E-Mail-Adresse`
          }
        >
          <p>
            {mute.map(({ content }) => String(content.code)).join(', ')}: Ohne Adresse können sie um keine Stellungnahme gebeten
            werden. Am besten ist ein Funktionspostfach, das auch bei Abwesenheit gelesen wird.
          </p>
        </Notice>
      )}
      <FactRows
        kind="department"
        title="Fachbereiche"
        facts={all}
        fresh={{}}
        addLabel="Fachbereich anlegen"
        about={(department) => <Contacts department={department} />}
        empty={
          <p>
            Noch keine Fachbereiche. Sie werden zu Standorten um ihre Stellungnahme gebeten, per E-Mail und ohne eigenes Konto.
          </p>
        }
        onOpen={onOpen}
      />
    </>
  )
}

function isMute({ content }: Statement): boolean {
  return content.active === true && content.email === null
}

function Contacts({ department }: { department: Statement }) {
  const { deputyName, deputyEmail, escalationName, escalationEmail } = department.content
  const people = [
    ['Vertretung', deputyName, deputyEmail],
    ['Bei Ausbleiben', escalationName, escalationEmail],
  ].flatMap(([role, name, email]) => {
    const who = [name, email].filter((one) => typeof one === 'string').join(', ')
    return who ? [`${role}: ${who}`] : []
  })
  return (
    <>
      {isMute(department) && <p class="mark mark--overdue">Ohne E-Mail-Adresse: kann nicht gefragt werden</p>}
      {people.length > 0 && <p class="muted">{people.join(' · ')}</p>}
    </>
  )
}
