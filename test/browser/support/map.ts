import { expect, type Page } from '@playwright/test'

interface Feature {
  id?: unknown
  properties: Record<string, unknown>
}

/** The MapLibre map as the client hands it to tests: property `cityMap` of its container, which has `data-ready` once all is drawn. */
interface MapElement extends Element {
  cityMap: {
    queryRenderedFeatures: (options: { layers: string[] }) => Feature[]
    getLayersOrder: () => string[]
    getZoom: () => number
    getCenter: () => { lng: number; lat: number }
  }
}

const drawn = { timeout: 20_000 }

/** Waits until the map has drawn everything that it shows now. */
export async function expectMapDrawn(page: Page): Promise<void> {
  await expect(page.locator('[data-map][data-ready]')).toBeVisible(drawn)
}

/** Build sections as the map draws them, phase by id, areas and points; null while it is not drawn. */
export async function phasesOnMap(page: Page): Promise<Record<string, string> | null> {
  return page.evaluate(() => {
    const ready = [...document.querySelectorAll('[data-ready]')].find((element): element is MapElement => 'cityMap' in element)
    if (!ready) return null
    const layers = ready.cityMap.getLayersOrder().filter((id) => /^build_sections-(fill|point)$/.test(id))
    const features = ready.cityMap.queryRenderedFeatures({ layers })
    return Object.fromEntries(features.map(({ id, properties }) => [String(properties.id ?? id), String(properties.phase)]))
  })
}

/** The phase in which a build section is drawn on the page's map; null while the map is not drawn, or without the section. */
export async function phaseOnMap(page: Page, sectionId: string): Promise<string | null> {
  return (await phasesOnMap(page))?.[sectionId] ?? null
}

/** The names of everything drawn, lowest first. */
export async function layersOnMap(page: Page): Promise<string[]> {
  return page.evaluate(() => document.querySelector<MapElement>('[data-map]')?.cityMap?.getLayersOrder() ?? [])
}

/** Where the map looks, as an address says it: zoom, latitude, longitude. */
export async function cameraOf(page: Page): Promise<[number, number, number] | null> {
  return page.evaluate(() => {
    const map = document.querySelector<MapElement>('[data-map][data-ready]')?.cityMap
    if (!map) return null
    const { lat, lng } = map.getCenter()
    return [map.getZoom(), lat, lng]
  })
}

/** Both maps look at the same place: to a hundredth of a zoom and about ten metres. */
export async function expectSameCamera(page: Page, other: Page): Promise<void> {
  const [here, there] = [await cameraOf(page), await cameraOf(other)]
  const differences = (here ?? [Number.NaN]).map((value, index) => Math.abs(value - (there?.[index] ?? Number.NaN)))
  const [zoom, ...degrees] = differences
  expect(zoom, `zoom of ${here} and ${there}`).toBeLessThan(0.01)
  for (const difference of degrees) expect(difference, `place of ${here} and ${there}`).toBeLessThan(1e-4)
}
