import { useEffect, useMemo } from 'preact/hooks'
import type { CandidateView, MunicipalSiteView, RequestView } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import type { TypedValue } from '../../workbench/form/values.ts'
import { inputKey } from '../../workbench/kept-input.ts'
import type { Position } from '../../workbench/map/geometry.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { Beside } from '../case/beside.tsx'
import { flat } from '../circle.ts'
import { municipalSites, oneRequest } from '../data.ts'
import { drawnOf, drawPoint } from '../drawn.ts'
import { Around } from '../form/around.tsx'
import { PlaceInput } from '../form/place-input.tsx'
import { type FieldGroup, Group, RecordEditor } from '../form/record-fields.tsx'
import { type RecordForm, useRecordForm } from '../form/record-form.ts'
import { freeMap, SiteMap } from '../site-map.tsx'
import { titleOf } from '../words.ts'

const kind = 'site_candidate'

export const candidateGroups: readonly FieldGroup[] = [
  { title: 'Lage', names: ['name', 'address', 'cadastralDistrict', 'cadastralSection', 'parcel', 'ownerType'] },
  { title: 'Bauwerk', names: ['mastKind', 'mastType', 'mastHeightM', 'areaM2', 'access'] },
  { title: 'Rechtliches', names: ['builtArea', 'developmentPlan', 'heritage', 'nature'] },
  { title: 'Bewertung', names: ['score', 'sensitiveNeighbours', 'note'] },
]
const names = [...candidateGroups.flatMap((group) => group.names), 'geom', 'municipalSiteId']

interface CandidateFormProps {
  request: RequestView
  /** null: a new one. */
  candidate: CandidateView | null
}

/** A place where the site could stand. Decision and publication are steps of their own on its page. */
export function CandidateForm({ request, candidate }: CandidateFormProps) {
  const fresh = useMemo(() => ({ requestId: request.id }), [request.id])
  const form = useRecordForm(kind, {
    key: inputKey(kind, candidate?.id ?? `neu/${request.id}`),
    known: candidate,
    fresh,
    names,
    again: () => void oneRequest.again(),
  })
  useEffect(() => freeMap, [])
  const title = candidate ? `${candidate.content.name}: Angaben ändern` : 'Neuer Kandidat'
  const close = () => go(addressWith(candidate ? { bearbeiten: null } : { kandidat: null }))
  const saved = (id: string) => go(addressWith({ kandidat: id, bearbeiten: null }), { replace: true })
  return (
    <Beside
      map={<FormMap request={request} candidate={candidate} point={pointOf(form)} />}
      head={
        <header class="editor-header">
          <Button look="tertiary" icon="back" iconOnly onClick={close}>
            Zurück, die Eingabe bleibt erhalten
          </Button>
          <div>
            <p class="muted">{titleOf(request.content)}</p>
            <h1>{title}</h1>
          </div>
        </header>
      }
    >
      <RecordEditor
        form={form}
        title={title}
        saves={candidate ? 'Änderung speichern' : 'Kandidat anlegen'}
        onSaved={saved}
        onClose={close}
      >
        {candidateGroups.map((group, index) => (
          <Group key={group.title} form={form} group={group}>
            {index === 0 && <Where form={form} requestId={request.id} />}
          </Group>
        ))}
      </RecordEditor>
    </Beside>
  )
}

function pointOf(form: RecordForm): Position | null {
  const geometry = form.input.typed.geom as { coordinates: number[] } | null | undefined
  return geometry ? flat(geometry.coordinates) : null
}

/** Where it is: one of the city's own sites, an address, coordinates, or a point on the map. */
function Where({ form, requestId }: { form: RecordForm; requestId: string }) {
  const point = pointOf(form)
  const fillIn = (values: Readonly<Record<string, TypedValue>>) => {
    for (const [name, value] of Object.entries(values)) form.set(name, value)
  }
  const put = (position: Position, address: string | null) =>
    fillIn({
      geom: { type: 'Point', coordinates: position },
      ...(address && { address, ...(!form.input.typed.name && { name: address }) }),
    })
  return (
    <>
      <MunicipalChoice form={form} onChoose={fillIn} />
      <PlaceInput label="Standort" point={point} error={form.errorAt('geom')} onChange={put} />
      {point && (
        <Around
          point={point}
          requestId={requestId}
          onAddress={form.input.typed.address ? undefined : (address) => form.set('address', address)}
        />
      )}
    </>
  )
}

interface ChoiceProps {
  form: RecordForm
  onChoose: (values: Readonly<Record<string, TypedValue>>) => void
}

/** Choosing a site of the city fills in what is known about it. */
function MunicipalChoice({ form, onChoose }: ChoiceProps) {
  useEffect(() => {
    if (municipalSites.answer.peek() === null) void municipalSites.ask(null)
  }, [])
  const sites = municipalSites.answer.value?.sites ?? []
  if (sites.length === 0) return null
  const chosen = form.input.typed.municipalSiteId
  return (
    <SelectField
      label="Städtischer Standort"
      optional
      hint="füllt Lage und Eigentum aus"
      value={typeof chosen === 'string' ? chosen : ''}
      options={[{ value: '', label: 'keiner' }, ...sites.map(({ id, content }) => ({ value: id, label: content.name }))]}
      onChange={({ currentTarget: { value } }) => {
        const site = sites.find(({ id }) => id === value)
        onChoose(site ? valuesOf(site) : { municipalSiteId: '' })
      }}
    />
  )
}

function valuesOf({ id, content }: MunicipalSiteView): Record<string, TypedValue> {
  const { name, geom, address, cadastralDistrict, cadastralSection, parcel, owner, kind: sort, heritage, access } = content
  return {
    municipalSiteId: id,
    name,
    geom,
    address: address ?? '',
    cadastralDistrict: cadastralDistrict ?? '',
    cadastralSection: cadastralSection ?? '',
    parcel: parcel ?? '',
    ownerType: owner,
    mastKind: sort === 'plot' || sort === 'mast' ? 'free_standing' : 'on_building',
    heritage: heritage === null ? '' : heritage ? 'yes' : 'no',
    access: access ?? '',
  }
}

interface FormMapProps extends CandidateFormProps {
  point: Position | null
}

function FormMap({ request, candidate, point }: FormMapProps) {
  const others = drawnOf(request).filter(({ id }) => id !== candidate?.id)
  const own = point ? [{ ...drawPoint('own', 'Dieser Kandidat', 'open', point), isSelected: true }] : []
  return (
    <SiteMap
      label="Karte mit Suchkreis und Kandidaten. Der Ort lässt sich auch eintippen."
      drawn={[...others, ...own]}
      focus={own.length > 0 ? own : others}
    />
  )
}
