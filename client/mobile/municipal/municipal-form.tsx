import { useEffect } from 'preact/hooks'
import type { MunicipalSiteView } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { inputKey } from '../../workbench/kept-input.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { Beside } from '../case/beside.tsx'
import { flat } from '../circle.ts'
import { municipalSites } from '../data.ts'
import { drawPoint } from '../drawn.ts'
import { PlaceInput } from '../form/place-input.tsx'
import { type FieldGroup, Group, RecordEditor } from '../form/record-fields.tsx'
import { useRecordForm } from '../form/record-form.ts'
import { freeMap, SiteMap } from '../site-map.tsx'

const kind = 'municipal_site'

export const municipalGroups: readonly FieldGroup[] = [
  {
    title: 'Lage',
    names: ['name', 'kind', 'owner', 'ownerName', 'address', 'cadastralDistrict', 'cadastralSection', 'parcel'],
  },
  { title: 'Eignung', names: ['heightM', 'areaM2', 'statics', 'hasPower', 'hasFibre', 'heritage', 'access'] },
  { title: 'Angebot', names: ['availability', 'availableFrom', 'contact', 'note'] },
]
const names = [...municipalGroups.flatMap((group) => group.names), 'geom']
const fresh = { owner: 'city', statics: 'unknown', availability: 'in_preparation' }

/** A roof or plot of the city; publishing it is a step of its own on its page. */
export function MunicipalForm({ site }: { site: MunicipalSiteView | null }) {
  const form = useRecordForm(kind, {
    key: inputKey(kind, site?.id ?? 'neu'),
    known: site,
    fresh,
    names,
    again: () => void municipalSites.again(),
  })
  useEffect(() => freeMap, [])
  const title = site ? `${site.content.name}: Angaben ändern` : 'Neuer städtischer Standort'
  const close = () => go(addressWith(site ? { bearbeiten: null } : { standort: null }))
  const geometry = form.input.typed.geom as { coordinates: number[] } | null | undefined
  const point = geometry ? flat(geometry.coordinates) : null
  return (
    <Beside
      map={
        <SiteMap
          label="Karte zum Standort. Der Ort lässt sich auch eintippen."
          drawn={
            point ? [{ ...drawPoint('own', String(form.input.typed.name ?? ''), 'municipal', point), isSelected: true }] : []
          }
        />
      }
      head={
        <header class="editor-header">
          <Button look="tertiary" icon="back" iconOnly onClick={close}>
            Zurück, die Eingabe bleibt erhalten
          </Button>
          <h1>{title}</h1>
        </header>
      }
    >
      <RecordEditor
        form={form}
        title={title}
        saves={site ? 'Änderung speichern' : 'Standort anlegen'}
        onSaved={(id) => go(addressWith({ standort: id, bearbeiten: null }), { replace: true })}
        onClose={close}
      >
        {municipalGroups.map((group, index) => (
          <Group key={group.title} form={form} group={group}>
            {index === 0 && (
              <PlaceInput
                label="Standort"
                point={point}
                error={form.errorAt('geom')}
                onChange={(position, address) => {
                  form.set('geom', { type: 'Point', coordinates: position })
                  if (address) form.set('address', address)
                }}
              />
            )}
          </Group>
        ))}
      </RecordEditor>
    </Beside>
  )
}
