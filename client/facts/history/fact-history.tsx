import { useEffect, useMemo } from 'preact/hooks'
import { dayOf, formatImpreciseDate, formatMoment } from '../../../server/contract/dates.ts'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import { listStatements, type Statement } from '../../../server/contract/facts.ts'
import { Loaded, resource } from '../../ui/resource.tsx'
import { findFact, nameOf, overview } from '../../workbench/data.ts'
import { declarationOf } from '../../workbench/form/values.ts'
import { same } from '../../workbench/merge.ts'
import { ask } from '../../workbench/staff.ts'
import { factValue, fieldWords } from '../../workbench/words.ts'

/** Everything ever said about a fact: who, when, why, after which source, and what it changed. */
export function FactHistory({ kind, id }: { kind: FactKindName; id: string }) {
  const statements = useMemo(
    () => resource(async () => (await ask(listStatements, { params: { kind, id } })).statements),
    [kind, id],
  )
  const version = findFact(kind, id)?.version
  useEffect(() => {
    void statements.ask(null)
  }, [statements, version])
  return (
    <Loaded from={statements}>
      {(all) => (
        <ol class="fact-history">
          {all.map((statement, index) => (
            <Entry key={statement.version} kind={kind} statement={statement} before={all[index + 1]} />
          ))}
        </ol>
      )}
    </Loaded>
  )
}

interface EntryProps {
  kind: FactKindName
  statement: Statement
  before: Statement | undefined
}

function Entry({ kind, statement, before }: EntryProps) {
  const { change, content, knownFrom, knownTo, retracted, source, trueOn } = statement
  return (
    <li>
      <p>
        <strong>{change.actorName}</strong>, {formatMoment(change.recordedAt, 'de')}: {change.reason}
      </p>
      <p>{retracted ? 'Angabe zurückgezogen' : before ? differences(kind, before, statement) : factValue(kind, content)}</p>
      <p class="muted">
        Stand {formatImpreciseDate(trueOn, 'de')}, Quelle: <Source source={source} />. Bekannt seit{' '}
        {formatMoment(knownFrom, 'de')}
        {knownTo && `, berichtigt am ${formatMoment(knownTo, 'de')}`}.{' '}
        {!declarationOf(kind).isInternal && (
          <a href={`${publicPath(kind, content)}?stand=${dayOf(new Date(knownFrom))}`}>Öffentliche Sicht an diesem Tag</a>
        )}
      </p>
    </li>
  )
}

export function Source({ source }: { source: Statement['source'] }) {
  return source.url ? <a href={source.url}>{source.citation}</a> : <span>{source.citation}</span>
}

/** "Ende tatsächlich: – → 28.03.2022". */
function differences(kind: FactKindName, before: Statement, after: Statement): string {
  const names = Object.keys(declarationOf(kind).values.shape).filter((name) => !same(before.content[name], after.content[name]))
  if (names.length === 0) return 'Dieselben Werte, neu bestätigt'
  return names
    .map((name) => {
      const label = declarationOf(kind).fields[name]?.label.de ?? name
      return `${label}: ${fieldWords(kind, name, before.content, nameOf)} → ${fieldWords(kind, name, after.content, nameOf)}`
    })
    .join('; ')
}

/** Where the public reads about a fact. */
export function publicPath(kind: FactKindName, content: Statement['content']): string {
  const sectionId = kind === 'stage' ? content.sectionId : undefined
  const section = overview.answer.value?.sections.find((one) => one.id === sectionId)
  const districtId = section?.districtId ?? content.districtId
  if (kind === 'page') return `/seite/${content.slug}`
  if (kind === 'programme') return `/programm/${content.slug}`
  if (typeof districtId === 'string') return `/stadtteil/${districtId}`
  return typeof content.programmeId === 'string' ? `/programm/${content.programmeId}` : '/'
}
