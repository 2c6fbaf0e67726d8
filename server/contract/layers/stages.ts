import { trades } from '../codes.ts'
import { districtReference, note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const stagesLayer = layer({
  id: 'stages',
  title: { de: 'Bauphasen je Gewerk', en: 'Stages by trade' },
  description: {
    de: 'Geplante und tatsächliche Termine der Gewerke je Bauabschnitt. Termine haben die Genauigkeit, in der sie veröffentlicht wurden.',
    en: 'Planned and actual dates of the trades per build section, in the precision they were published in.',
  },
  access: 'public',
  source: 'layer_stages',
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
      description: { de: 'Art der Arbeiten; Gewerke können sich überschneiden', en: 'Kind of work; trades may overlap' },
      codes: trades.labels,
    },
    plannedStart: {
      type: 'impreciseDate',
      label: { de: 'Beginn geplant', en: 'Planned start' },
      description: { de: 'Angekündigter Beginn', en: 'Announced start' },
    },
    plannedEnd: {
      type: 'impreciseDate',
      label: { de: 'Ende geplant', en: 'Planned end' },
      description: { de: 'Angekündigtes Ende', en: 'Announced end' },
    },
    actualStart: {
      type: 'impreciseDate',
      label: { de: 'Beginn', en: 'Start' },
      description: {
        de: 'Tatsächlicher Beginn; leer: bis zum Datum der Antwort nicht begonnen oder nicht bekannt',
        en: 'Actual start; empty: not begun by the day of the answer, or not known',
      },
    },
    actualEnd: {
      type: 'impreciseDate',
      label: { de: 'Ende', en: 'End' },
      description: {
        de: 'Tatsächliches Ende; leer: bis zum Datum der Antwort nicht beendet oder nicht bekannt',
        en: 'Actual end; empty: not done by the day of the answer, or not known',
      },
    },
    percent: {
      type: 'number',
      label: { de: 'Fortschritt', en: 'Progress' },
      description: {
        de: 'Anteil der erledigten Arbeiten, wie gemeldet; leer: nicht gemeldet',
        en: 'Share of the work done, as reported; empty: not reported',
      },
      unit: '%',
    },
    onHold: {
      type: 'boolean',
      label: { de: 'Unterbrochen', en: 'On hold' },
      description: { de: 'Die Arbeiten ruhen', en: 'Work is paused' },
    },
    cancelled: {
      type: 'boolean',
      label: { de: 'Eingestellt', en: 'Cancelled' },
      description: { de: 'Die Arbeiten werden nicht fortgesetzt', en: 'Work will not be continued' },
    },
    surfaceRestored: {
      type: 'boolean',
      label: { de: 'Oberfläche wiederhergestellt', en: 'Surface restored' },
      description: {
        de: 'Straße oder Gehweg ist wiederhergestellt; leer: nicht bekannt',
        en: 'Road or pavement is restored; empty: not known',
      },
    },
    note,
    ...provenance,
  },
})
