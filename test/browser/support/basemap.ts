import { createServer, type Server, type ServerResponse } from 'node:http'

/** How the basemap service answers. */
export type BasemapMood = 'works' | 'answers 500' | 'refuses' | 'hangs' | 'has no tiles' | 'is no style'

/** A basemap service of its own on the loopback interface: another origin than the product. */
export interface BasemapServer {
  styleUrl: string
  become: (mood: BasemapMood) => void
  /** Paths asked for since the last change of mood. */
  asked: () => readonly string[]
  stop: () => Promise<void>
}

const green = '#00ff88'
const emptyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

function styleOf(origin: string) {
  return {
    version: 8,
    sources: {
      bild: {
        type: 'raster',
        tiles: [`${origin}/{z}/{x}/{y}.png`],
        tileSize: 256,
        attribution: '© <a href="https://basemap.de">Probekarte</a>',
      },
      strassen: { type: 'vector', tiles: [`${origin}/{z}/{x}/{y}.mvt`] },
    },
    layers: [
      { id: 'grund', type: 'background', paint: { 'background-color': green } },
      { id: 'bild', type: 'raster', source: 'bild' },
      { id: 'strassen', type: 'line', source: 'strassen', 'source-layer': 'strassen' },
    ],
  }
}

export async function startBasemap(): Promise<BasemapServer> {
  let mood: BasemapMood = 'works'
  let paths: string[] = []
  let origin = ''
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*')
    if (mood === 'refuses') request.socket.destroy()
    else if (mood === 'answers 500') response.writeHead(500).end('broken')
    else if (mood === 'is no style') response.end('<html></html>')
    else if (mood !== 'hangs') answer(request.url ?? '', response)
  })
  const answer = (path: string, response: ServerResponse) => {
    if (path === '/style.json') response.setHeader('Content-Type', 'application/json').end(JSON.stringify(styleOf(origin)))
    else if (mood === 'has no tiles') response.writeHead(503).end()
    else if (path.endsWith('.mvt')) response.writeHead(204).end()
    else response.setHeader('Content-Type', 'image/png').end(emptyPng)
  }
  origin = `http://127.0.0.1:${await listen(server)}`
  return {
    styleUrl: `${origin}/style.json`,
    become: (next) => {
      mood = next
      paths = []
    },
    asked: () => paths,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
