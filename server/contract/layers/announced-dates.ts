import { trades } from '../codes.ts'
import { announcedSteps } from '../schedule.ts'
import { districtReference, programmeReference, provenance } from './common.ts'
import { layer, type Property } from './layer.ts'

const days = (de: string, en: string, explained: string, explainedEn: string): Property => ({
  type: 'integer',
  label: { de, en },
  description: { de: explained, en: explainedEn },
  unit: 'd',
})

/** Every date that was ever announced and what became of it; withdrawing an announcement does not take it out of here. */
export const announcedDatesLayer = layer({
  id: 'announced_dates',
  title: { de: 'Angekündigte Termine', en: 'Announced dates' },
  description: {
    de: 'Wann ein Termin zuerst genannt, wie oft er verschoben wurde und was jetzt gilt. Auch zurückgenommene Ankündigungen bleiben stehen.',
    en: 'When a date was first named, how often it moved and what holds now. Withdrawn announcements stay.',
  },
  access: 'public',
  source: 'layer_announced_dates',
  geometry: null,
  properties: {
    ...districtReference,
    sectionId: {
      type: 'string',
      label: { de: 'Bauabschnitt (Kennung)', en: 'Build section (id)' },
      description: { de: 'Kennung im Datensatz Bauabschnitte', en: 'Id in the data set of build sections' },
    },
    section: {
      type: 'string',
      label: { de: 'Bauabschnitt', en: 'Build section' },
      description: { de: 'Name des Bauabschnitts', en: 'Name of the build section' },
    },
    ...programmeReference,
    trade: {
      type: 'string',
      label: { de: 'Gewerk', en: 'Trade' },
      description: { de: 'Art der Arbeiten; leer bei Meilensteinen', en: 'Kind of work; empty for milestones' },
      codes: trades.labels,
    },
    what: {
      type: 'string',
      label: { de: 'Termin', en: 'Date' },
      description: { de: 'Was angekündigt wurde', en: 'What was announced' },
      codes: announcedSteps.labels,
    },
    title: {
      type: 'string',
      label: { de: 'Meilenstein', en: 'Milestone' },
      description: { de: 'Was erreicht werden soll', en: 'What is to be reached' },
    },
    titleEn: {
      type: 'string',
      label: { de: 'Meilenstein (englisch)', en: 'Milestone (English)' },
      description: { de: 'Englische Fassung, wenn es eine gibt', en: 'English version, where there is one' },
    },
    firstNamed: {
      type: 'impreciseDate',
      label: { de: 'zuerst genannt für', en: 'first named for' },
      description: { de: 'Termin der ersten Ankündigung', en: 'Date of the first announcement' },
    },
    firstNamedOn: {
      type: 'impreciseDate',
      label: { de: 'zuerst genannt am', en: 'first named on' },
      description: { de: 'Stand der ersten Ankündigung', en: 'Reference date of the first announcement' },
    },
    firstSource: {
      type: 'string',
      label: { de: 'Quelle der ersten Ankündigung', en: 'Source of the first announcement' },
      description: { de: 'Wer den Termin zuerst nannte', en: 'Who named the date first' },
    },
    timesMoved: {
      type: 'integer',
      label: { de: 'verschoben', en: 'moved' },
      description: {
        de: 'Wie oft ein anderer Termin genannt wurde; Berichtigungen zählen nicht',
        en: 'How often another date was named; corrections do not count',
      },
    },
    named: {
      type: 'impreciseDate',
      label: { de: 'jetzt genannt für', en: 'now named for' },
      description: {
        de: 'Geltende Ankündigung; leer: zurückgenommen oder nicht mehr genannt',
        en: 'Announcement in force; empty: withdrawn or no longer named',
      },
    },
    shiftDays: days(
      'Verschiebung',
      'Shift',
      'Zuletzt gegenüber zuerst genannt, vom letzten Tag zum letzten Tag gezählt',
      'Last against first named, counted from last day to last day',
    ),
    shiftDaysLeast: days(
      'Verschiebung mindestens',
      'Shift at least',
      'Kleinste Verschiebung, die die Genauigkeit der Termine zulässt; leer: nach unten offen',
      'Smallest shift the precision of the dates allows; empty: open',
    ),
    shiftDaysMost: days(
      'Verschiebung höchstens',
      'Shift at most',
      'Größte Verschiebung, die die Genauigkeit der Termine zulässt; leer: nach oben offen',
      'Largest shift the precision of the dates allows; empty: open',
    ),
    actual: {
      type: 'impreciseDate',
      label: { de: 'eingetreten', en: 'happened' },
      description: { de: 'Wann es eintrat; leer: nicht gemeldet', en: 'When it happened; empty: not reported' },
    },
    ...provenance,
  },
})
