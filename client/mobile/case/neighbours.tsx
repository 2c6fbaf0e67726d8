import { mobileKinds } from '../../../server/contract/mobile/index.ts'
import { type Neighbour, neighbourDistanceM } from '../../../server/contract/mobile.ts'
import { distanceWords, statusWord } from '../words.ts'

const sitesPath = '/arbeitsplatz/staedtische-standorte'

/** Other cases, candidates and sites of the city near by, and cases with the same site code: perhaps the same one. */
export function Neighbours({ neighbours }: { neighbours: readonly Neighbour[] }) {
  if (neighbours.length === 0)
    return (
      <p class="muted">
        Im Umkreis von {neighbourDistanceM} m ist nichts anderes bekannt, auch keine Anfrage mit derselben Kennung.
      </p>
    )
  return (
    <ul class="site-neighbours">
      {neighbours.map((one) => (
        <li key={one.id}>
          <a href={addressOfNeighbour(one)}>{one.name || mobileKinds[one.kind].label.de}</a>{' '}
          <span class="muted">
            {[mobileKinds[one.kind].label.de, one.status && statusWord(one.status), awayWords(one)].filter(Boolean).join(', ')}
          </span>
          {one.isSameCode && <span class="mark mark--overdue">gleiche Standortkennung: vielleicht doppelt</span>}
        </li>
      ))}
    </ul>
  )
}

function awayWords({ distanceM }: Neighbour): string {
  if (distanceM === null) return ''
  return distanceM === 0 ? 'überschneidet sich' : `${distanceWords(distanceM)} entfernt`
}

function addressOfNeighbour({ kind, id, requestId }: Neighbour): string {
  if (kind === 'municipal_site') return `${sitesPath}?standort=${id}`
  const query = kind === 'site_candidate' ? `anfrage=${requestId}&kandidat=${id}` : `anfrage=${id}`
  return `/arbeitsplatz/standorte?${query}`
}
