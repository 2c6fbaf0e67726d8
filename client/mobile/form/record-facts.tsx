import type { MobileKindName } from '../../../server/contract/mobile/index.ts'
import { nameOf } from '../../workbench/data.ts'
import { type Content, declarationOf } from '../../workbench/form/values.ts'
import { fieldWords } from '../../workbench/words.ts'
import { askedNames } from './record-form.ts'

/** What is recorded, as people read it; what is not known is left out. */
export function RecordFacts({
  kind,
  content,
  names = askedNames(kind),
}: {
  kind: MobileKindName
  content: Content
  names?: readonly string[]
}) {
  const { fields } = declarationOf(kind)
  const given = names.filter((name) => name !== 'geom' && isGiven(content[name]))
  return (
    <dl class="record-facts">
      {given.map((name) => (
        <div key={name}>
          <dt>{fields[name]?.label.de}</dt>
          <dd>{fieldWords(kind, name, content, nameOf)}</dd>
        </div>
      ))}
    </dl>
  )
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)
}
