import { Disclosure } from '../../ui/disclosure.tsx'
import { currentFacts, user } from '../../workbench/data.ts'
import { FactRows } from '../fact-rows.tsx'
import { GeoJsonImport } from '../import/geojson-import.tsx'
import type { Opened } from '../opened.ts'

/** The build sections of a programme: whole districts or drawn parts, one by one or from a file. */
export function SectionsOfProgramme({ programmeId, onOpen }: { programmeId: string; onOpen: (opened: Opened) => void }) {
  const sections = currentFacts('section').filter(({ content }) => content.programmeId === programmeId)
  return (
    <>
      <FactRows
        kind="section"
        title="Bauabschnitte"
        facts={sections}
        fresh={{ programmeId }}
        addLabel="Bauabschnitt anlegen"
        empty={
          <p>
            Noch keine Bauabschnitte. Ein Bauabschnitt ist ein Stadtteil oder ein gezeichneter Teil davon; an ihm hängen die
            Gewerke.
          </p>
        }
        onOpen={onOpen}
      />
      {user.value?.roles.includes('admin') && (
        <Disclosure summary="Bauabschnitte aus einer GeoJSON-Datei übernehmen">
          <GeoJsonImport kind="section" programmeId={programmeId} />
        </Disclosure>
      )}
    </>
  )
}
