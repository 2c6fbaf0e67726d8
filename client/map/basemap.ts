import type { LayerSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec'

const patience = 6_000

/**
 * The configured basemap, ready to lie under ours; null when it fails, hangs or is no style: then the own background stands.
 * Its sources and layers get names of their own, so that they never meet ours.
 */
export async function fetchBasemap(url: string): Promise<StyleSpecification | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) })
    const style = response.ok ? ((await response.json()) as StyleSpecification) : null
    return style?.version === 8 && Array.isArray(style.layers) && style.sources ? renamed(style) : null
  } catch {
    return null
  }
}

function renamed(style: StyleSpecification): StyleSpecification {
  const own = (id: string) => `basemap-${id}`
  return {
    ...style,
    sources: Object.fromEntries(Object.entries(style.sources).map(([id, source]) => [own(id), source])),
    layers: style.layers.map((layer) => ({
      ...layer,
      id: own(layer.id),
      ...('source' in layer && { source: own(layer.source as string) }),
    })) as LayerSpecification[],
  }
}
