import '../mobile.css'
import { useEffect } from 'preact/hooks'
import type { MunicipalSiteView } from '../../../server/contract/mobile.ts'
import { Loaded } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { addressWith, go, place } from '../../workbench/place.ts'
import { Beside } from '../case/beside.tsx'
import { mayChange, municipalSites, requests, revisionNow } from '../data.ts'
import { drawPoint } from '../drawn.ts'
import { SiteMap } from '../site-map.tsx'
import { MunicipalForm } from './municipal-form.tsx'
import { MunicipalList } from './municipal-list.tsx'
import { MunicipalSheet } from './municipal-sheet.tsx'

/** Roofs and plots of the city that are offered to operators. */
export function MunicipalSitesPage() {
  const revision = revisionNow()
  useEffect(() => {
    void municipalSites.ask(null)
    void requests.ask(null)
  }, [revision])
  const { query } = place.value
  const opened = query.get('standort')
  if (opened === 'neu' && mayChange()) return <MunicipalForm site={null} />
  return (
    <Loaded from={municipalSites} skeleton={<Waiting />}>
      {({ sites }) => {
        const site = sites.find(({ id }) => id === opened)
        if (!site) return <List sites={sites} />
        return query.get('bearbeiten') !== null && mayChange() ? (
          <MunicipalForm key={site.id} site={site} />
        ) : (
          <MunicipalSheet key={site.id} site={site} map={<SitesMap sites={sites} selected={site.id} />} />
        )
      }}
    </Loaded>
  )
}

function Waiting() {
  return (
    <div class="page">
      <h1>Städtische Standorte</h1>
      <Skeleton />
    </div>
  )
}

function List({ sites }: { sites: readonly MunicipalSiteView[] }) {
  return (
    <Beside head={<h1>Städtische Standorte</h1>} map={<SitesMap sites={sites} selected={null} />}>
      <MunicipalList sites={sites} />
    </Beside>
  )
}

/** All sites; filled where they are public. */
function SitesMap({ sites, selected }: { sites: readonly MunicipalSiteView[]; selected: string | null }) {
  const drawn = sites.map(({ id, content }) => ({
    ...drawPoint(id, content.name, content.releasedOn ? 'municipal-public' : 'municipal', content.geom.coordinates),
    isSelected: id === selected,
  }))
  return (
    <SiteMap
      label="Karte der städtischen Standorte. Dieselben stehen in der Tabelle."
      drawn={drawn}
      focus={drawn.filter(({ isSelected }) => isSelected || selected === null)}
      onOpen={(id) => go(addressWith({ standort: id }))}
    />
  )
}
