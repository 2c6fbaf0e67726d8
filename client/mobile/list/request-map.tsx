import { addressWith, go } from '../../workbench/place.ts'
import { drawArea, drawPoint } from '../drawn.ts'
import { SiteMap } from '../site-map.tsx'
import { titleOf } from '../words.ts'
import type { ListProps } from './board.tsx'

/** Search areas of the list and their candidates; a click opens the case. The same cases stand below as a list, for whoever cannot point. */
export function RequestMap({ requests }: ListProps) {
  const drawn = requests.flatMap((request) => [
    ...drawArea(request, titleOf(request.content)),
    ...request.places.map(({ name, decision, point }) => drawPoint(request.id, name, decision, point)),
  ])
  const without = requests.filter(({ content }) => content.geom === null)
  return (
    <>
      <div class="site-list-map">
        <SiteMap
          label="Karte der Suchkreise und Standorte. Dieselben Anfragen stehen in Tafel und Tabelle."
          drawn={drawn}
          onOpen={(id) => go(addressWith({ anfrage: id }))}
        />
      </div>
      {without.length > 0 && (
        <p>
          Ohne Suchkreis:{' '}
          {without.map(({ id, content }, index) => (
            <span key={id}>
              {index > 0 && '; '}
              <a href={addressWith({ anfrage: id })}>{titleOf(content)}</a>
            </span>
          ))}
        </p>
      )}
    </>
  )
}
