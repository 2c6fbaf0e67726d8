import SwaggerParser from '@apidevtools/swagger-parser'
import { describe, expect, test } from 'vitest'
import { publicLayers } from '../../server/contract/features.ts'
import { endpoints } from '../../server/contract/index.ts'
import { openDataApp } from '../support/open-data.ts'

const publicBaseUrl = 'https://ausbau.example'
const { url } = await openDataApp({ publicBaseUrl, dataLicence: 'dl-by-de/2.0' })

interface Operation {
  operationId: string
  security: Record<string, string[]>[]
  parameters: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[]
  requestBody?: { content: Record<string, { schema: { properties: Record<string, unknown> } }> }
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }>; $ref?: string }>
}

interface Document {
  openapi: string
  info: { license?: { name: string } }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
}

async function read(path: string): Promise<Document> {
  return (await fetch(url + path)).json() as Promise<Document>
}

const pathOf = (path: string) => path.replace(/:(\w+)/g, '{$1}')

describe.each(['/api/openapi.json', '/ogc/api'])('the description %s', (path) => {
  test('is valid OpenAPI 3.1', async () => {
    const document = await read(path)
    expect(document.openapi).toMatch(/^3\.1\./)
    await SwaggerParser.validate(structuredClone(document) as never)
  })

  test('gives each operation a name of its own', async () => {
    const operations = Object.values((await read(path)).paths).flatMap((item) => Object.values(item))
    expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length)
  })

  test('refers every failure to the one shape of problems', async () => {
    for (const operation of Object.values((await read(path)).paths).flatMap((item) => Object.values(item))) {
      expect(operation.responses.default).toEqual({ $ref: '#/components/responses/Problem' })
    }
  })
})

const everything = await read('/api/openapi.json')
const ogc = await read('/ogc/api')

describe('the description of everything', () => {
  const { paths, servers, info } = everything

  test('has every endpoint, and says who may call it', () => {
    for (const { method, path, access } of endpoints) {
      const operation = paths[pathOf(path)]?.[method]
      expect(operation, `${method} ${path}`).toBeDefined()
      expect(operation?.security).toEqual(access === 'public' ? [] : [{ session: [] }])
    }
  })

  test('names each parameter of a path', () => {
    for (const [path, item] of Object.entries(paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const operation of Object.values(item)) {
        expect(operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(
          names,
        )
      }
    }
  })

  test('says what a body must hold', () => {
    const schema = paths['/api/publications']?.post?.requestBody?.content['application/json']?.schema
    expect(Object.keys(schema?.properties ?? {})).toContain('drafts')
  })

  test('names the public base URL and the licence', () => {
    expect(servers).toEqual([{ url: publicBaseUrl }])
    expect(info.license?.name).toBe('Datenlizenz Deutschland – Namensnennung – Version 2.0')
  })
})

describe('the description of the OGC API', () => {
  const { paths, servers } = ogc

  test('gives its paths relative to its start, as GDAL and QGIS look for them', () => {
    expect(servers).toEqual([{ url: `${publicBaseUrl}/ogc` }])
    expect(Object.keys(paths)).toContain('/')
    for (const { id } of publicLayers) expect(Object.keys(paths)).toContain(`/collections/${id}/items`)
  })

  test.each(publicLayers.map((layer) => [layer.id, layer] as const))('has a parameter for every property of %s', (id, layer) => {
    const parameters = paths[`/collections/${id}/items`]?.get?.parameters ?? []
    const names = parameters.map((parameter) => parameter.name)
    for (const name of [
      ...Object.keys(layer.properties),
      'limit',
      'bbox',
      'datetime',
      'asOf',
      'knownAt',
      'properties',
      'after',
      'f',
    ]) {
      expect(names).toContain(name)
    }
    expect(parameters.find((parameter) => parameter.name === 'limit')?.schema).toMatchObject({
      minimum: 1,
      maximum: 10000,
      default: 100,
    })
    expect(names.includes('crs')).toBe(layer.geometry !== null)
  })

  test('comes as JSON to those who know only older versions', async () => {
    const type = async (accept: string) =>
      (await fetch(`${url}/ogc/api`, { headers: { Accept: accept } })).headers.get('Content-Type')
    expect(await type('application/vnd.oai.openapi+json;version=3.0, application/json')).toBe('application/json')
    expect(await type('application/vnd.oai.openapi+json;version=3.1')).toBe('application/vnd.oai.openapi+json;version=3.1')
    expect(await type('*/*')).toBe('application/json')
  })
})

describe('the documents of the OGC API', () => {
  const documents = [
    '/ogc',
    '/ogc/conformance',
    '/ogc/collections',
    ...publicLayers.map((layer) => `/ogc/collections/${layer.id}`),
  ]

  test.each(documents)('%s: every link is one of ours under the public base URL, and leads somewhere', async (path) => {
    const text = await (await fetch(url + path)).text()
    const links = [...text.matchAll(/"href":"([^"]+)"/g)].map(([, href]) => href as string)
    expect(links.length).toBeGreaterThan(0)
    for (const link of new Set(links.filter((href) => !href.startsWith('https://www.govdata.de/')))) {
      expect(link.startsWith(`${publicBaseUrl}/`)).toBe(true)
      expect((await fetch(url + link.slice(publicBaseUrl.length))).status, link).toBe(200)
    }
  })

  test('say what the tests show to hold', async () => {
    const { conformsTo } = (await (await fetch(`${url}/ogc/conformance`)).json()) as { conformsTo: string[] }
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core')
    // OpenAPI 3.0 and CQL2 are not offered.
    expect(conformsTo.filter((uri) => /oas30|filter$|cql2/.test(uri))).toEqual([])
  })

  test.each(publicLayers.map((layer) => [layer.id, layer] as const))('describe the properties of %s', async (id, layer) => {
    const names = Object.keys(layer.properties)
    const schema = (await (await fetch(`${url}/ogc/collections/${id}/schema`)).json()) as {
      properties: Record<string, { title: string }>
    }
    expect(Object.keys(schema.properties)).toEqual(['id', ...(layer.geometry ? ['geometry'] : []), ...names])
    for (const name of names) expect(schema.properties[name]?.title).toBe(layer.properties[name]?.label.de)
    const response = await fetch(`${url}/ogc/collections/${id}/queryables`)
    expect(response.headers.get('Content-Type')).toBe('application/schema+json')
    const queryables = (await response.json()) as { properties: object; additionalProperties: boolean }
    expect(Object.keys(queryables.properties)).toEqual(names)
    expect(queryables.additionalProperties).toBe(false)
  })
})

describe('the pages', () => {
  const pages = [
    '/ogc?f=html',
    '/ogc/conformance?f=html',
    '/ogc/collections?f=html',
    ...publicLayers.flatMap(({ id }) => [`/ogc/collections/${id}?f=html`, `/ogc/collections/${id}/items?f=html&limit=2`]),
    '/ogc/collections/stages/items/breitband%3Aopladen%3Acivil_works?f=html',
  ]

  test.each(pages)('%s is German, has one heading, no script, and links that lead somewhere', async (path) => {
    const response = await fetch(url + path)
    const text = await response.text()
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(text).toContain('<html lang="de">')
    expect(text.match(/<h1/g)).toHaveLength(1)
    expect(text).not.toMatch(/<script|<style| style=| on\w+=|undefined|\[object|NaN/)
    expect(text).toContain('Datenlizenz Deutschland')
    const links = [...text.matchAll(/href="([^"#]+)"/g)].map(([, href]) => (href as string).replaceAll('&amp;', '&'))
    const own = links.map((href) => href.replace(publicBaseUrl, '')).filter((href) => /^\/(ogc|tiles|api)[/?]/.test(href))
    expect(own.length).toBeGreaterThan(0)
    for (const href of new Set(own)) expect((await fetch(url + href)).status, href).toBe(200)
  })

  test('define every property with its words', async () => {
    const text = await (await fetch(`${url}/ogc/collections/build_sections?f=html`)).text()
    for (const word of ['Ausbaustand', '<code>phase</code>', '<code>civil_works_done</code> Tiefbau abgeschlossen'])
      expect(text).toContain(word)
  })

  test('carry the clocks on and say them', async () => {
    const text = await (
      await fetch(`${url}/ogc/collections/build_sections/items?f=html&knownAt=2021-10-01&asOf=2021-09-01&limit=2`)
    ).text()
    expect(text).toContain('Stand 01.09.2021, nach dem Kenntnisstand vom 01.10.2021')
    expect(text).toContain('value="2021-09-01"')
    expect(text.match(/knownAt=2021-10-01/g)?.length).toBeGreaterThan(4)
  })
})
