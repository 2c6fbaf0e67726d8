import type { Page } from '@playwright/test'

interface ReadyMap extends Element {
  cityMap: {
    queryRenderedFeatures: (options: { layers: string[] }) => { id?: unknown; properties: Record<string, unknown> }[]
  }
}

/** The phase in which a build section is drawn on the page's map; null while the map is not drawn, or without the section. */
export async function phaseOnMap(page: Page, sectionId: string): Promise<string | null> {
  return page.evaluate((id) => {
    const ready = [...document.querySelectorAll('[data-ready]')].find((element): element is ReadyMap => 'cityMap' in element)
    const features = ready?.cityMap.queryRenderedFeatures({ layers: ['build_sections-fill'] }) ?? []
    const found = features.find((feature) => feature.id === id || feature.properties.id === id)
    return typeof found?.properties.phase === 'string' ? found.properties.phase : null
  }, sectionId)
}
