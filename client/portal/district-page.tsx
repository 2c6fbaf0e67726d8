import { computed } from '@preact/signals'
import type { Quantity } from '../../server/contract/codes.ts'
import type { FigureView, TargetView } from '../../server/contract/portal.ts'
import { language, say } from '../ui/language.ts'
import { Notice } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Actions, dataAddress } from './actions.tsx'
import { FigureLine, NoFigures, TargetBar } from './amounts.tsx'
import { AnnouncedDates } from './announced.tsx'
import { Counted } from './counted.tsx'
import { type District, district, overview } from './data.ts'
import { PageHeading } from './heading.tsx'
import { place } from './place.ts'
import { Quality } from './quality.tsx'
import { Section } from './section.tsx'
import { enumerate } from './sentences.ts'
import { texts } from './texts.ts'
import { districtAddress, homeAddress, page, view } from './view.ts'

const words = {
  amounts: { de: 'Anschlüsse: Ziele und Stand', en: 'Connections: targets and state' },
  lengths: { de: 'Längen', en: 'Lengths' },
  lengthsHint: {
    de: 'Kabel, neues Leerrohr, mitgenutzte Infrastruktur und Trasse sind verschiedene Größen und werden nicht addiert.',
    en: 'Cable, new duct, reused infrastructure and trench are different quantities and are not added.',
  },
  together: { de: 'Gilt gemeinsam für', en: 'Holds jointly for' },
  area: { de: 'Der Stadtteil in Zahlen', en: 'The district in figures' },
  neighbours: { de: 'Nachbarstadtteile', en: 'Neighbouring districts' },
  nothing: {
    de: 'Für diesen Stadtteil ist zu diesem Zeitpunkt kein Ausbau bekannt.',
    en: 'No rollout is known for this district at this time.',
  },
  place: { de: '{place} liegt im Stadtteil {district}.', en: '{place} is in the district {district}.' },
  csv: { de: 'CSV', en: 'CSV' },
  geojson: { de: 'GeoJSON', en: 'GeoJSON' },
}

const connections: readonly Quantity[] = ['household', 'business', 'educational_institution', 'hospital']
const lengths: readonly Quantity[] = ['fibre_cable', 'new_duct', 'reused_infrastructure', 'trench']

/** The page of a district: the answer first, then how it came about. */
export function DistrictPage() {
  return (
    <article class="page">
      <p class="back">
        <a href={homeAddress.value}>← {say(texts.backToAll)}</a>
      </p>
      <PageHeading>{name.value ?? '…'}</PageHeading>
      <Loaded from={district} skeleton={<DistrictSkeleton />}>
        {(answer) => <DistrictContent answer={answer} />}
      </Loaded>
    </article>
  )
}

/** The name is known from the overview before the district has answered. */
const name = computed(() => {
  const shown = page.value
  const known = [district.answer.value?.district, ...(overview.answer.value?.districts ?? [])]
  return shown.kind === 'district' ? known.find((one) => one?.id === shown.id)?.name : undefined
})

function DistrictSkeleton() {
  return (
    <>
      <Skeleton lines={[40, 100, 90, 60]} />
      <Skeleton heading lines={[100, 100, 100]} />
    </>
  )
}

function DistrictContent({ answer }: { answer: District }) {
  const { programme } = view.value
  const sections = answer.sections.filter((section) => programme === null || section.programmeId === programme)
  const { id, borough } = answer.district
  const isHere = ({ id: section, wholeDistrict }: District['sections'][number]) =>
    !wholeDistrict && (place.value?.sectionIds.includes(section) ?? false)
  return (
    <>
      {place.value && <p>{say(words.place).replace('{place}', place.value.name).replace('{district}', answer.district.name)}</p>}
      {sections.length === 0 && (
        <Notice kind="info" title={say(texts.notPublished)}>
          <p>{say(words.nothing)}</p>
        </Notice>
      )}
      {sections
        .toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)))
        .map((section) => (
          <Section key={section.id} section={section} answer={answer} isOnly={sections.length === 1} />
        ))}
      <AnnouncedDates
        of={{ districtId: id }}
        shows={(date) => programme === null || date.programmeId === programme}
        nameOf={(section) => (sections.length > 1 ? (answer.sections.find((one) => one.id === section)?.name ?? null) : null)}
      />
      <Actions
        downloads={[
          { label: say(words.csv), href: dataAddress('stages', { districtId: id, f: 'csv', dialect: 'excel' }) },
          { label: say(words.geojson), href: dataAddress('build_sections', { districtId: id, f: 'json' }) },
        ]}
      />
      <Amounts targets={answer.targets} figures={answer.figures} districts={overview.answer.value?.districts ?? []} />
      <Counted counted={answer.counted} />
      <Facts borough={borough} figures={answer.figures.filter((figure) => figure.programmeId === null)} />
      <Quality quality={answer.quality} />
      <Neighbours neighbours={answer.neighbours} />
    </>
  )
}

interface AmountsProps {
  targets: readonly TargetView[]
  figures: readonly FigureView[]
  districts: readonly { id: string; name: string }[]
}

/** Connections and lengths that name this district: targets against what is reported; where nothing is, that is said. */
function Amounts({ targets, figures, districts }: AmountsProps) {
  const reported = figures.filter((figure) => figure.programmeId !== null)
  return (
    <>
      <AmountGroup title={say(words.amounts)} kinds={connections} targets={targets} figures={reported} districts={districts} />
      <AmountGroup
        title={say(words.lengths)}
        hint={say(words.lengthsHint)}
        kinds={lengths}
        targets={targets}
        figures={reported}
        districts={districts}
      />
    </>
  )
}

function AmountGroup(props: AmountsProps & { title: string; hint?: string; kinds: readonly Quantity[] }) {
  const targets = props.kinds.flatMap((kind) => props.targets.filter((target) => target.quantity === kind))
  const figures = props.figures.filter((figure) => props.kinds.includes(figure.quantity))
  const lone = figures.filter((figure) => !targets.some((target) => target.quantity === figure.quantity))
  const scale = Math.max(...targets.map((target) => target.value), ...figures.map((figure) => figure.value), 1)
  return (
    <section class="section">
      <h2>{props.title}</h2>
      {targets.length > 0 && figures.length === 0 && <NoFigures />}
      {props.hint && targets.length + lone.length > 0 && <p class="muted">{props.hint}</p>}
      {targets.length + lone.length === 0 && <p>{say(texts.notPublished)}</p>}
      {targets.map((target) => (
        <TargetBar
          key={target.id}
          target={target}
          figures={figures.filter((figure) => figure.quantity === target.quantity && figure.programmeId === target.programmeId)}
          scale={scale}
          isSilent={figures.length === 0}
          note={<Joint target={target} districts={props.districts} />}
        />
      ))}
      {lone.map((figure) => (
        <FigureLine key={figure.id} figure={figure} />
      ))}
    </section>
  )
}

/** A target announced for several districts together is not this district's own. */
function Joint({ target, districts }: { target: TargetView; districts: AmountsProps['districts'] }) {
  if (!target.districtIds || target.districtIds.length < 2) return null
  const names = target.districtIds.flatMap((id) => districts.find((one) => one.id === id)?.name ?? [])
  return (
    <p>
      {say(words.together)} {enumerate(names, language.value)}.
    </p>
  )
}

function Facts({ borough, figures }: { borough: string; figures: readonly FigureView[] }) {
  return (
    <section class="section">
      <h2>{say(words.area)}</h2>
      <p>{borough}</p>
      {figures.length === 0 && <p>{say(texts.notPublished)}</p>}
      {figures.map((figure) => (
        <FigureLine key={figure.id} figure={figure} />
      ))}
    </section>
  )
}

function Neighbours({ neighbours }: { neighbours: District['neighbours'] }) {
  if (neighbours.length === 0) return null
  return (
    <nav class="section" aria-label={say(words.neighbours)}>
      <h2>{say(words.neighbours)}</h2>
      <ul class="chips">
        {neighbours.map((one) => (
          <li key={one.id}>
            <a class="chip" href={districtAddress(one.id)}>
              {one.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
