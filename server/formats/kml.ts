import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { SaxesParser } from 'saxes'
import type { Geometry } from './format.ts'
import { refusals } from './remarks.ts'
import { type RecognisedEncoding, readText } from './text-encoding.ts'

interface Placemark {
  properties: Record<string, string | null>
  geometries: Geometry[]
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Turns the placemarks of a KML file (OGC 12-007r2) into GeoJSON, one feature per line: name, description, folder, `ExtendedData`
 * and points, lines, areas, also several of them. Written here because GDAL's own driver for KML drops `ExtendedData`.
 */
export async function convertKml(
  path: string,
  encoding: RecognisedEncoding,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const out = createWriteStream(target)
  const reader = new KmlReader()
  const parser = new SaxesParser({ position: false })
  parser.on('opentag', (tag) => reader.open(local(tag.name), tag.attributes as Record<string, string>))
  parser.on('closetag', (tag) => reader.close(local(tag.name)))
  parser.on('text', (text) => reader.text(text))
  parser.on('cdata', (text) => reader.text(text))
  parser.on('error', () => {
    throw refusals.unreadable('Die KML-Datei')
  })
  try {
    for await (const text of readText(path, encoding, { signal })) {
      parser.write(text)
      const lines = reader.takeLines()
      if (lines !== '' && !out.write(lines)) await once(out, 'drain')
    }
    parser.close()
  } finally {
    out.end(reader.takeLines())
    await once(out, 'close')
  }
}

/** What a placemark may be made of; their text is coordinates. */
const shapes = new Set(['Point', 'LineString', 'LinearRing', 'Track'])

class KmlReader {
  #lines: string[] = []
  #path: string[] = []
  #folders: (string | null)[] = []
  #placemark: Placemark | null = null
  #rings: number[][][] = []
  #positions: number[][] = []
  #field: string | null = null
  #text = ''

  takeLines(): string {
    const lines = this.#lines.join('')
    this.#lines = []
    return lines
  }

  open(name: string, attributes: Record<string, string>): void {
    this.#path.push(name)
    this.#text = ''
    if (name === 'Placemark')
      this.#placemark = { properties: { folder: this.#folders.filter(Boolean).join(' / ') || null }, geometries: [] }
    else if (name === 'Folder' || name === 'Document') this.#folders.push(null)
    else if (name === 'Data' || name === 'SimpleData') this.#field = attributes.name ?? null
    else if (name === 'Polygon') this.#rings = []
    else if (shapes.has(name)) this.#positions = []
  }

  text(text: string): void {
    this.#text += text
  }

  close(name: string): void {
    this.#path.pop()
    const parent = this.#path.at(-1) ?? ''
    const text = this.#text.trim()
    this.#text = ''
    if (name === 'Folder' || name === 'Document') this.#folders.pop()
    else if (name === 'name' && parent === 'Folder') this.#folders[this.#folders.length - 1] = text
    if (!this.#placemark) return
    if (parent === 'Placemark' && (name === 'name' || name === 'description')) this.#placemark.properties[name] = text || null
    else if ((name === 'value' && parent === 'Data') || name === 'SimpleData')
      this.#placemark.properties[this.#field ?? name] = text || null
    else if (name === 'coordinates') this.#positions = positionsIn(text)
    else if (name === 'coord') this.#positions.push(text.split(/\s+/).map(Number))
    else this.#closeShape(name)
  }

  #closeShape(name: string): void {
    const placemark = this.#placemark as Placemark
    if (name === 'Point') placemark.geometries.push({ type: 'Point', coordinates: this.#positions[0] ?? [] })
    else if (name === 'LineString' || name === 'Track')
      placemark.geometries.push({ type: 'LineString', coordinates: this.#positions })
    else if (name === 'LinearRing') this.#closeRing(placemark)
    else if (name === 'Polygon') placemark.geometries.push({ type: 'Polygon', coordinates: this.#rings })
    else if (name === 'Placemark') {
      this.#lines.push(
        `${JSON.stringify({ type: 'Feature', properties: placemark.properties, geometry: joined(placemark.geometries) })}\n`,
      )
      this.#placemark = null
    }
  }

  /** A ring stands in a polygon, or is a line of its own. */
  #closeRing(placemark: Placemark): void {
    if (this.#path.includes('Polygon')) this.#rings.push(this.#positions)
    else placemark.geometries.push({ type: 'LineString', coordinates: this.#positions })
  }
}

/** "7.1,51.03,50 7.2,51.04" */
function positionsIn(text: string): number[][] {
  return text === '' ? [] : text.split(/\s+/).map((position) => position.split(',').map(Number))
}

function joined(geometries: Geometry[]): Geometry | null {
  const [first] = geometries
  if (!first || geometries.length === 1) return first ?? null
  if (geometries.every(({ type }) => type === first.type)) {
    return { type: `Multi${first.type}` as Geometry['type'], coordinates: geometries.map(({ coordinates }) => coordinates) }
  }
  return { type: 'GeometryCollection', geometries }
}
