import 'maplibre-gl/dist/maplibre-gl.css'
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { type LngLatBoundsLike, Map as MapLibre, type PaddingOptions, setWorkerUrl, type VectorTileSource } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { findLayer } from '../../server/contract/layers/index.ts'
import type { Camera } from '../url.ts'
import { fetchBasemap } from './basemap.ts'
import { drawImage, pixelRatio } from './images.ts'
import { buildStyle, drawnLayers, type MapState, tilesOf, withDrawing } from './style.ts'

// Without this the built app shows an empty map.
setWorkerUrl(workerUrl)

export type Box = readonly [west: number, south: number, east: number, north: number]

/** Where to look: a box with room around it, or a camera. */
export type Target = { box: Box } | { camera: Camera }

export interface MapOptions {
  state: MapState
  target: Target
  padding: PaddingOptions
  basemapUrl: string | null
  label: string
  /** id of the element that describes the map in words. */
  describedBy: string
  onSelect: (districtId: string) => void
  /** A point was chosen, longitude and latitude; true: that was all, no district is selected by it. */
  onPoint?: (point: readonly [number, number]) => boolean
  /** The person has moved the map (not the program). */
  onMove: (camera: Camera) => void
  onCredits: (credits: readonly string[]) => void
  /** Tiles of ours could not be loaded. */
  onTrouble: () => void
}

export interface CityMap {
  /** The MapLibre map itself: for drawing (workbench) and for tests. */
  map: MapLibre
  update: (state: MapState) => void
  /** `atOnce`: without moving there. */
  look: (target: Target, padding: PaddingOptions, atOnce?: boolean) => void
  /** Zooms for a person, who did `cause`: it counts as a move of theirs. */
  zoom: (steps: number, cause: Event) => void
  /** Asks for all tiles of ours again. */
  reload: () => void
  remove: () => void
}

const calm = matchMedia('(prefers-reduced-motion: reduce)')

/** Makes the map of the city in `container`; which gets `data-ready` whenever everything is drawn, and the map as property `cityMap`. */
export function createMap(container: HTMLElement, options: MapOptions): CityMap {
  const map = new MapLibre({
    container,
    style: buildStyle(options.state, null),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    minZoom: 8,
    maxZoom: 19,
    fadeDuration: calm.matches ? 0 : 150,
    ...start(options),
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  let state = options.state
  let basemap: StyleSpecification | null = null
  let loaded = false

  const redraw = () => {
    if (!loaded) return
    for (const layer of drawnLayers(state.topic)) setTiles(map, layer.id, tilesOf(layer, state))
    for (const [id, source] of Object.entries(state.overlay?.sources ?? {}))
      if (source.type === 'vector' && source.tiles?.[0]) setTiles(map, id, source.tiles[0])
    map.setStyle(buildStyle(state, basemap), { diff: true, transformStyle: withDrawing })
  }
  map.once('style.load', () => {
    loaded = true
    redraw()
  })
  map.setMissingStyleImageResolver((id) => {
    const image = drawImage(id) ?? state.overlay?.drawImage?.(id) ?? null
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio })
  })
  if (options.basemapUrl) {
    fetchBasemap(options.basemapUrl).then((style) => {
      basemap = style
      redraw()
    })
  }
  labelCanvas(map, options)
  listen(map, container, options)
  return {
    map,
    update: (next) => {
      state = next
      redraw()
    },
    look: (target, padding, atOnce) => look(map, target, padding, atOnce),
    zoom: (steps, cause) => map.zoomTo(map.getZoom() + steps, { duration: calm.matches ? 0 : 250 }, { originalEvent: cause }),
    reload: () => {
      for (const layer of drawnLayers(state.topic))
        (map.getSource(layer.id) as VectorTileSource | undefined)?.setTiles([tilesOf(layer, state)])
    },
    remove: () => map.remove(),
  }
}

function start({ target, padding }: MapOptions) {
  if ('box' in target) return { bounds: target.box as unknown as LngLatBoundsLike, fitBoundsOptions: { padding } }
  return { center: [target.camera.longitude, target.camera.latitude] as [number, number], zoom: target.camera.zoom }
}

/** Changes the address of the tiles in place: the old ones stay until the new ones are there, so nothing flickers. */
function setTiles(map: MapLibre, id: string, address: string): void {
  const source = map.getSource(id) as VectorTileSource | undefined
  if (source && source.tiles?.[0] !== address) source.setTiles([address])
}

function look(map: MapLibre, target: Target, padding: PaddingOptions, atOnce = false): void {
  const animation = calm.matches || atOnce ? { duration: 0 } : { duration: 700 }
  if ('box' in target) {
    map.fitBounds(target.box as unknown as LngLatBoundsLike, { padding, maxZoom: 14, ...animation })
  } else {
    const { longitude, latitude, zoom } = target.camera
    map.easeTo({ center: [longitude, latitude], zoom, ...animation })
  }
}

/** The canvas is one thing to a screen reader: it says what it is and where the same stands in words. */
function labelCanvas(map: MapLibre, { label, describedBy }: MapOptions): void {
  const canvas = map.getCanvas()
  canvas.setAttribute('aria-label', label)
  canvas.setAttribute('aria-describedby', describedBy)
}

function listen(map: MapLibre, container: HTMLElement, options: MapOptions): void {
  Object.assign(container, { cityMap: map })
  const busy = () => delete container.dataset.ready
  map.on('dataloading', busy)
  map.on('movestart', busy)
  map.on('idle', () => {
    container.dataset.ready = ''
    options.onCredits(creditsOf(map))
  })
  map.on('error', (event) => {
    const { sourceId } = event as unknown as { sourceId?: string }
    if (findLayer(sourceId ?? '')) options.onTrouble()
  })
  map.on('moveend', (event) => {
    if (!event.originalEvent) return
    const { lng, lat } = map.getCenter()
    options.onMove({ zoom: map.getZoom(), latitude: lat, longitude: lng })
  })
  map.on('click', (event) => {
    if (options.onPoint?.([event.lngLat.lng, event.lngLat.lat])) return
    const district = districtAt(map, event.point)
    if (district) options.onSelect(district)
  })
  map.on('mousemove', (event) => {
    map.getCanvas().style.cursor = districtAt(map, event.point) ? 'pointer' : ''
  })
}

function districtAt(map: MapLibre, point: { x: number; y: number }): string | null {
  const ids = ['build_sections-point', 'build_sections-fill', 'districts-land'].filter((id) => map.getLayer(id))
  const [hit] = map.queryRenderedFeatures([point.x, point.y], { layers: ids })
  const id = hit?.properties.districtId ?? hit?.properties.id
  return typeof id === 'string' ? id : null
}

/** Credits of everything shown, as its sources give them. */
function creditsOf(map: MapLibre): string[] {
  const sources = Object.keys(map.getStyle().sources).map((id) => map.getSource(id)?.attribution)
  return [...new Set(sources.filter((credit): credit is string => Boolean(credit)))]
}
