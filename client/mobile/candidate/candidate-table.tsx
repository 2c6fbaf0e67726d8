import { mastKinds, mastTypes, ownerTypes, permitFindings } from '../../../server/contract/mobile/codes.ts'
import type { CandidateView, RequestView } from '../../../server/contract/mobile.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { addressWith, go, place } from '../../workbench/place.ts'
import { mayChange } from '../data.ts'
import { distanceWords } from '../words.ts'
import { DecisionWord, publicWords } from './words.tsx'

/** The candidates of a case side by side: what speaks for which. */
export function Candidates({ request }: { request: RequestView }) {
  const { candidateList } = request
  const wish = place.value.query.get('vergleich')
  return (
    <>
      {mayChange() && (
        <p>
          <ButtonLink look="secondary" small icon="add" href={addressWith({ kandidat: 'neu' })}>
            Kandidat hinzufügen
          </ButtonLink>
        </p>
      )}
      {candidateList.length === 0 ? (
        <p class="muted">
          Noch keiner. Ein Kandidat ist ein Ort, an dem der Standort stehen könnte: ein städtisches Dach, ein Grundstück, ein
          vorhandener Mast.
        </p>
      ) : (
        <DataTable
          caption="Kandidaten im Vergleich"
          columns={columns}
          rows={candidateList}
          rowKey={({ id }) => id}
          sorting={wish ? { key: wish.replace(/^-/, ''), descending: wish.startsWith('-') } : undefined}
          onSort={({ key, descending }) => go(addressWith({ vergleich: `${descending ? '-' : ''}${key}` }), { replace: true })}
        />
      )}
    </>
  )
}

const columns: readonly Column<CandidateView>[] = [
  {
    key: 'name',
    label: 'Kandidat',
    heading: true,
    sortBy: ({ content }) => content.name,
    cell: ({ id, content }) => <a href={addressWith({ kandidat: id })}>{content.name}</a>,
  },
  {
    key: 'entscheidung',
    label: 'Entscheidung',
    sortBy: ({ content }) => ['agreed', 'preferred', 'open', 'rejected'].indexOf(content.decision),
    cell: ({ content }) => <DecisionWord decision={content.decision} />,
  },
  {
    key: 'bewertung',
    label: 'Bewertung',
    numeric: true,
    sortBy: ({ content }) => content.score,
    cell: ({ content }) => content.score ?? '–',
  },
  { key: 'baurecht', label: 'Baurecht', cell: permitWords },
  { key: 'suchkreis', label: 'Im Suchkreis', cell: ({ isInSearchArea }) => insideWords(isInSearchArea) },
  {
    key: 'eigentum',
    label: 'Eigentum',
    cell: ({ content }) => (content.ownerType ? ownerTypes.labels[content.ownerType].de : '–'),
  },
  { key: 'mast', label: 'Mast', cell: ({ content }) => mastWords(content) },
  {
    key: 'hoehe',
    label: 'Höhe',
    numeric: true,
    sortBy: ({ content }) => content.mastHeightM,
    cell: ({ content }) => (content.mastHeightM === null ? '–' : `${formatNumber(content.mastHeightM, 'de')} m`),
  },
  {
    key: 'glasfaser',
    label: 'Nächstes Leerrohr (intern)',
    sortBy: ({ nearestDuct }) => nearestDuct?.distanceM ?? null,
    cell: ({ nearestDuct }) => (nearestDuct ? distanceWords(nearestDuct.distanceM) : 'keines in 2 km'),
  },
  { key: 'schutz', label: 'Denkmal, Natur', cell: ({ content }) => protectionWords(content) },
  { key: 'oeffentlich', label: 'Öffentlich', cell: ({ content }) => publicWords(content) },
]

function insideWords(isInside: boolean | null): string {
  return isInside === null ? '–' : isInside ? 'ja' : 'nein'
}

function mastWords({ mastType, mastKind }: CandidateView['content']): string {
  if (mastType) return mastTypes.labels[mastType].de
  return mastKind ? mastKinds.labels[mastKind].de : '–'
}

/** What holds: the coordinator's own finding, else the suggestion of the rules. */
function permitWords({ content, suggestion }: CandidateView): string {
  if (content.permitOverride) return `${permitFindings.labels[content.permitOverride].de} (abweichend)`
  return suggestion.finding ? `${permitFindings.labels[suggestion.finding].de} (Vorschlag)` : 'offen'
}

function protectionWords({ heritage, nature }: CandidateView['content']): string {
  const touched = [heritage && 'Denkmal', nature && 'Natur'].filter(Boolean)
  if (touched.length > 0) return touched.join(', ')
  return heritage === false && nature === false ? 'nicht berührt' : 'nicht geprüft'
}
