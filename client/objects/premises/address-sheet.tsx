import { useEffect, useMemo } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import { getObject, listObjects } from '../../../server/contract/objects.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { nameOf, overview } from '../../workbench/data.ts'
import { ask } from '../../workbench/staff.ts'
import { ObjectHistory } from '../network/object-history.tsx'
import { PremisesFacts } from './detail-panel.tsx'
import { StateBadge } from './sign.tsx'
import { contentOf, dateWords, titleOf, unitWords } from './words.ts'

const params = { kind: 'premises' as const }

async function findAt(addressId: string) {
  const { objects } = await ask(listObjects, { params, query: { addressId, limit: 100 } })
  return Promise.all(objects.map(({ id }) => ask(getObject, { params: { ...params, id }, query: {} })))
}

/** Everything at one address on one sheet, to be printed: for a call, a meeting, a file. Internal. */
export function AddressSheet({ addressId }: { addressId: string }) {
  const found = useMemo(() => resource(() => findAt(addressId)), [addressId])
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => {
    void found.ask(null)
  }, [found, revision])
  return (
    <div class="page premises-sheet">
      <Loaded from={found}>
        {(all) => {
          const first = all[0]?.object
          const district = first && contentOf(first).districtId
          return (
            <>
              <h1>{first ? (first.address ?? titleOf(first)) : 'Adressblatt'}</h1>
              <p class="muted">
                {district && `${nameOf('district', district)}. `}Adressblatt vom {dateWords(today())}. Nur für den internen
                Gebrauch.
              </p>
              <p class="editor-actions premises-sheet__actions">
                <Button look="secondary" icon="print" onClick={() => print()}>
                  Drucken
                </Button>
                <ButtonLink look="tertiary" icon="back" href="/arbeitsplatz/anschluesse">
                  Alle Anschlussobjekte
                </ButtonLink>
              </p>
              {all.length === 0 && <p>An dieser Adresse ist kein Anschlussobjekt bekannt.</p>}
              {all.map((known) => {
                if (!known.object) return null
                const { kind, units } = contentOf(known.object)
                return (
                  <section key={known.object.id} class="premises-sheet__object">
                    <h2>{unitWords(kind, units)}</h2>
                    <p>
                      <StateBadge state={known.object.status} kind={kind} />
                    </p>
                    <PremisesFacts known={known} />
                    <ObjectHistory statements={known.statements} />
                  </section>
                )
              })}
            </>
          )
        }}
      </Loaded>
    </div>
  )
}
