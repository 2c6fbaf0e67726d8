import { describe, expect, it } from 'vitest'
import { formatView, parseView, type View } from '../../client/url.ts'

const plain = parseView('/')

describe('Address of a view', () => {
  it('is bare for the first view', () => {
    expect(formatView(plain)).toBe('/')
    expect(plain).toMatchObject({
      page: { kind: 'overview' },
      display: 'map',
      asOf: null,
      knownAt: null,
      language: 'de',
      theme: null,
      camera: null,
    })
  })

  it.each<[string, Partial<View>]>([
    ['/stadtteil/opladen', { page: { kind: 'district', id: 'opladen' } }],
    ['/programm/breitband', { page: { kind: 'programme', id: 'breitband' } }],
    ['/seite/leichte-sprache', { page: { kind: 'text', slug: 'leichte-sprache' } }],
    ['/kontakt', { page: { kind: 'contact' } }],
    ['/?ansicht=tabelle', { display: 'table' }],
    ['/?datum=2022-03-28', { asOf: '2022-03-28' }],
    ['/?stand=2021-10-01', { knownAt: '2021-10-01' }],
    ['/?programm=friedenstal', { programme: 'friedenstal' }],
    ['/?sprache=en', { language: 'en' }],
    ['/?farben=dunkel', { theme: 'dark' }],
    ['/?karte=13.25/51.06800/7.00300', { camera: { zoom: 13.25, latitude: 51.068, longitude: 7.003 } }],
    ['/?ohne=places,basemap', { hidden: ['places', 'basemap'] }],
    ['/?ort=rathaus', { place: 'rathaus' }],
    ['/?sortierung=-phase', { sorting: { key: 'phase', descending: true } }],
    ['/?filter=Bergisch%20N', { words: 'Bergisch N' }],
    ['/?ausbaustand=civil_works,usable', { phases: ['civil_works', 'usable'] }],
  ])('%s says what it shows and is written the same way', (address, part) => {
    expect(parseView(address)).toMatchObject(part)
    expect(formatView(parseView(address))).toBe(address)
    expect(formatView({ ...plain, ...part })).toBe(address)
  })

  it('carries everything at once', () => {
    const address =
      '/stadtteil/hitdorf?ansicht=tabelle&datum=2021-09-20&stand=2021-10-01&programm=breitband&sprache=en&farben=hell&karte=11.50/51.05000/7.00000&ohne=places'
    expect(formatView(parseView(address))).toBe(address)
  })

  it.each([
    ['/?datum=2022-02-30'],
    ['/?datum=gestern'],
    ['/?stand=28.03.2022'],
    ['/?sprache=fr'],
    ['/?farben=bunt'],
    ['/?karte=13/51'],
    ['/?karte=13//7'],
    ['/?karte=13/91/7'],
    ['/?karte=a/b/c'],
    ['/?programm=%3Cscript%3E'],
    ['/?sortierung=phase;drop'],
    ['/?ausbaustand=halb'],
    ['/?ansicht=constructor'],
    ['/?unbekannt=1'],
  ])('%s falls back to the default', (address) => {
    expect(parseView(address)).toEqual(plain)
  })

  it.each(['/stadtteil', '/stadtteil/', '/stadtteil/Opl%C3%A4den', '/stadtteil/a/b', '/nirgends', '/%E0%A4%A', '/seite/%00'])(
    '%s is missing',
    (path) => {
      expect(parseView(path).page).toEqual({ kind: 'missing' })
    },
  )

  it('knows the table by a short address', () => {
    expect(formatView(parseView('/tabelle'))).toBe('/?ansicht=tabelle')
  })

  it('tolerates a trailing slash', () => {
    expect(parseView('/stadtteil/opladen/').page).toEqual({ kind: 'district', id: 'opladen' })
  })
})
