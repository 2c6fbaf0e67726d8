import { availabilities, municipalSiteKinds, staticsFindings } from '../../../server/contract/mobile/codes.ts'
import type { MunicipalSiteView } from '../../../server/contract/mobile.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import { addressOf } from '../../api.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { nameOf } from '../../workbench/data.ts'
import { declarationOf, labelOf } from '../../workbench/form/values.ts'
import { addressWith, go, place } from '../../workbench/place.ts'
import { fieldWords } from '../../workbench/words.ts'
import { publicWords } from '../candidate/words.tsx'
import { csvOf, saveFile } from '../csv.ts'
import { mayChange } from '../data.ts'
import { askedNames } from '../form/record-form.ts'
import { distanceWords } from '../words.ts'

const columns: readonly Column<MunicipalSiteView>[] = [
  {
    key: 'name',
    label: 'Standort',
    heading: true,
    sortBy: ({ content }) => content.name,
    cell: ({ id, content }) => <a href={addressWith({ standort: id })}>{content.name}</a>,
  },
  {
    key: 'art',
    label: 'Art',
    sortBy: ({ content }) => municipalSiteKinds.labels[content.kind].de,
    cell: ({ content }) => municipalSiteKinds.labels[content.kind].de,
  },
  {
    key: 'verfuegbar',
    label: 'Verfügbarkeit',
    sortBy: ({ content }) => availabilities.keys.indexOf(content.availability),
    cell: ({ content }) => availabilities.labels[content.availability].de,
  },
  {
    key: 'oeffentlich',
    label: 'Öffentlich',
    sortBy: ({ content }) => content.releasedOn,
    cell: ({ content }) => publicWords(content),
  },
  {
    key: 'stadtteil',
    label: 'Stadtteil',
    sortBy: ({ districtId }) => districtId && nameOf('district', districtId),
    cell: ({ districtId }) => (districtId ? nameOf('district', districtId) : '–'),
  },
  {
    key: 'hoehe',
    label: 'Höhe',
    numeric: true,
    sortBy: ({ content }) => content.heightM,
    cell: ({ content }) => (content.heightM === null ? '–' : `${formatNumber(content.heightM, 'de')} m`),
  },
  { key: 'statik', label: 'Statik', cell: ({ content }) => staticsFindings.labels[content.statics].de },
  {
    key: 'glasfaser',
    label: 'Nächstes Leerrohr (intern)',
    sortBy: ({ nearestDuct }) => nearestDuct?.distanceM ?? null,
    cell: ({ nearestDuct }) => (nearestDuct ? distanceWords(nearestDuct.distanceM) : 'keines in 2 km'),
  },
]

/** The city's roofs and plots as a table, and as files. */
export function MunicipalList({ sites }: { sites: readonly MunicipalSiteView[] }) {
  const wish = place.value.query.get('sortierung')
  return (
    <>
      {mayChange() && (
        <p>
          <ButtonLink look="primary" icon="add" href={addressWith({ standort: 'neu' })}>
            Neuer Standort
          </ButtonLink>
        </p>
      )}
      {sites.length === 0 ? (
        <Empty />
      ) : (
        <>
          <DataTable
            caption={sites.length === 1 ? '1 städtischer Standort' : `${sites.length} städtische Standorte`}
            columns={columns}
            rows={sites}
            rowKey={({ id }) => id}
            sorting={wish ? { key: wish.replace(/^-/, ''), descending: wish.startsWith('-') } : undefined}
            onSort={({ key, descending }) => go(addressWith({ sortierung: `${descending ? '-' : ''}${key}` }), { replace: true })}
          />
          <Exports sites={sites} />
        </>
      )}
    </>
  )
}

function Empty() {
  return (
    <div class="empty">
      <h2>Noch kein städtischer Standort</h2>
      <p>
        Dächer, Grundstücke und Masten der Stadt, die Netzbetreibern angeboten werden können: Wer sie hier führt, kann bei der
        nächsten Standortanfrage gleich etwas vorschlagen. Öffentlich wird ein Standort erst, wenn Sie ihn freigeben.
      </p>
    </div>
  )
}

/** The address of the released ones, as everybody may read them. */
function publicAddress(query: Readonly<Record<string, string>>): string {
  return addressOf('/ogc/collections/municipal_sites/items', {}, query)
}

function Exports({ sites }: { sites: readonly MunicipalSiteView[] }) {
  const names = askedNames('municipal_site')
  const { fields } = declarationOf('municipal_site')
  const header = [
    'Kennung',
    ...names.map((name) => (fields[name] ? labelOf(fields[name]) : name)),
    'Breite',
    'Länge',
    'Stadtteil',
  ]
  const save = () => {
    const rows = sites.map(({ id, content, districtId }) => {
      const [longitude = 0, latitude = 0] = content.geom.coordinates
      const words = names.map((name) => csvWords(name, content))
      const where = [latitude, longitude].map((degrees) => String(degrees).replace('.', ','))
      return [id, ...words, ...where, districtId ? nameOf('district', districtId) : '']
    })
    saveFile('staedtische-standorte-intern.csv', csvOf([header, ...rows]))
  }
  return (
    <Disclosure summary="Exportieren">
      <ul class="export-links">
        <li>
          <Button look="tertiary" small icon="download" onClick={save}>
            Alle, mit internen Angaben (CSV für Excel)
          </Button>
        </li>
        <li>
          <a href={publicAddress({ f: 'csv', dialect: 'excel' })} download>
            Nur veröffentlichte (CSV für Excel)
          </a>
        </li>
        <li>
          <a href={publicAddress({ f: 'json' })}>Nur veröffentlichte (GeoJSON, Adresse zum Weitergeben)</a>
        </li>
      </ul>
    </Disclosure>
  )
}

/** Plain words; what is not known stays empty, a place has columns of its own. */
function csvWords(name: string, content: MunicipalSiteView['content']): string {
  const value = content[name as keyof typeof content]
  if (value === null || value === undefined || name === 'geom') return ''
  return fieldWords('municipal_site', name, content, nameOf)
}
