import type { Phase } from '../../server/contract/codes.ts'
import type { Text } from '../../server/contract/text.ts'
import { uiTexts } from '../ui/texts.ts'

/** What the portal says, German and English. */
export const texts = {
  product: { de: 'Ausbauatlas', en: 'Ausbauatlas' },
  title: { de: 'Glasfaserausbau in {city}', en: 'Fibre rollout in {city}' },
  question: { de: 'Wann kommt die Glasfaser zu mir?', en: 'When will fibre reach me?' },
  skipToContent: { de: 'Zum Inhalt', en: 'Skip to content' },
  skipToMap: { de: 'Zur Karte', en: 'Skip to map' },
  skipToTime: { de: 'Zur Zeitleiste', en: 'Skip to timeline' },
  menu: { de: 'Menü', en: 'Menu' },
  toEnglish: { de: 'English', en: 'Deutsch' },
  darkColours: { de: 'Dunkle Farben', en: 'Dark colours' },
  lightColours: { de: 'Helle Farben', en: 'Light colours' },
  map: { de: 'Karte', en: 'Map' },
  table: { de: 'Tabelle', en: 'Table' },
  display: { de: 'Ansicht', en: 'View' },
  programme: { de: 'Programm', en: 'Programme' },
  allProgrammes: { de: 'Alle Programme', en: 'All programmes' },
  programmes: { de: 'Programme', en: 'Programmes' },
  backToAll: { de: 'Alle Stadtteile', en: 'All districts' },
  fibre: { de: 'Glasfaser', en: 'Fibre' },
  mobile: { de: 'Mobilfunk', en: 'Mobile' },
  reportDeadZone: { de: 'Funkloch melden', en: 'Report a dead zone' },
  source: uiTexts.source,
  asOf: uiTexts.asOf,
  knownSince: uiTexts.knownSince,
  about: { de: 'rund', en: 'about' },
  notPublished: { de: 'Dazu ist kein Stand veröffentlicht.', en: 'Nothing has been published about this.' },
  lastPublished: { de: 'Letzter veröffentlichter Stand', en: 'Last published state' },
  noneYet: {
    de: 'Für diesen Tag ist noch kein Stand veröffentlicht.',
    en: 'Nothing had been published for this day yet.',
  },
  missingTitle: { de: 'Diese Seite gibt es nicht', en: 'This page does not exist' },
  missingText: {
    de: 'Vielleicht ist die Adresse unvollständig. Suchen Sie oben nach Ihrem Stadtteil oder beginnen Sie bei allen Stadtteilen.',
    en: 'The address may be incomplete. Search for your district above or start with all districts.',
  },
  missingThen: {
    de: 'Vielleicht war dazu an diesem Tag noch nichts bekannt: Kehren Sie zu heute zurück, oder beginnen Sie bei allen Stadtteilen.',
    en: 'Perhaps nothing was known about it on this day yet: return to today, or start with all districts.',
  },
  offline: {
    de: 'Keine Verbindung zum Server. Sie sehen den zuletzt geladenen Stand; Änderungen erscheinen, sobald die Verbindung wieder da ist.',
    en: 'No connection to the server. You see what was loaded last; changes appear once the connection is back.',
  },
  footer: { de: 'Über diese Seite', en: 'About this site' },
  openData: { de: 'Offene Daten', en: 'Open data' },
  contact: { de: 'Kontakt', en: 'Contact' },
  staff: { de: 'Anmeldung für die Verwaltung', en: 'Staff sign-in' },
} satisfies Record<string, Text>

/** Text pages everybody expects, by their last part of the address. */
export const pageLinks = [
  { slug: 'ueber', label: { de: 'Über den Ausbauatlas', en: 'About the Ausbauatlas' } },
  { slug: 'barrierefreiheit', label: { de: 'Barrierefreiheit', en: 'Accessibility' } },
  { slug: 'leichte-sprache', label: { de: 'Leichte Sprache', en: 'Easy language (German)' } },
  { slug: 'datenschutz', label: { de: 'Datenschutz', en: 'Privacy' } },
  { slug: 'impressum', label: { de: 'Impressum', en: 'Legal notice' } },
] as const

/** "in 7 läuft der Tiefbau": what goes on in some districts; `where` is "in 7" or "in allen 13 Stadtteilen". */
export const phaseClauses: Record<Phase, { de: (where: string) => string; en: (where: string) => string }> = {
  unknown: { de: (where) => `${where} ist noch kein Ausbau bekannt`, en: (where) => `${where} no rollout is known yet` },
  planning: { de: (where) => `${where} ist der Ausbau in Planung`, en: (where) => `${where} the rollout is being planned` },
  civil_works: { de: (where) => `${where} läuft der Tiefbau`, en: (where) => `${where} civil works are under way` },
  civil_works_done: {
    de: (where) => `${where} ist der Tiefbau abgeschlossen`,
    en: (where) => `${where} civil works are completed`,
  },
  fibre_blown: { de: (where) => `${where} ist die Glasfaser eingezogen`, en: (where) => `${where} fibre is installed` },
  connecting: {
    de: (where) => `${where} werden Anschlüsse fertiggestellt`,
    en: (where) => `${where} connections are being completed`,
  },
  usable: { de: (where) => `${where} ist die Glasfaser nutzbar`, en: (where) => `${where} fibre is usable` },
  on_hold: { de: (where) => `${where} ist der Ausbau unterbrochen`, en: (where) => `${where} the rollout is on hold` },
  cancelled: { de: (where) => `${where} wurde der Ausbau eingestellt`, en: (where) => `${where} the rollout was cancelled` },
}
