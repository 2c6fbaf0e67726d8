import { availabilities, municipalSiteKinds, staticsFindings } from '../mobile/codes.ts'
import { districtReference, note, provenance } from './common.ts'
import { layer } from './layer.ts'

const unknownIfEmpty = { de: 'leer: nicht bekannt', en: 'empty: not known' }

/** Roofs and plots of the city offered to operators, once released: for operators who look for a site. */
export const municipalSitesLayer = layer({
  id: 'municipal_sites',
  title: { de: 'Städtische Standorte für den Mobilfunk', en: 'Municipal sites for mobile networks' },
  description: {
    de: 'Dächer, Grundstücke und Masten der Stadt und ihrer Gesellschaften, die Netzbetreibern angeboten werden.',
    en: 'Roofs, plots and masts of the city and its companies that are offered to operators.',
  },
  access: 'public',
  source: 'layer_municipal_sites',
  geometry: 'Point',
  properties: {
    name: {
      type: 'string',
      label: { de: 'Bezeichnung', en: 'Name' },
      description: { de: 'Name des Standorts', en: 'Name of the site' },
    },
    ...districtReference,
    kind: {
      type: 'string',
      label: { de: 'Art', en: 'Kind' },
      description: { de: 'Worauf gebaut werden kann', en: 'What can be built on' },
      codes: municipalSiteKinds.labels,
    },
    availability: {
      type: 'string',
      label: { de: 'Verfügbarkeit', en: 'Availability' },
      description: { de: 'Ob der Standort noch zu haben ist', en: 'Whether the site is still to be had' },
      codes: availabilities.labels,
    },
    availableFrom: {
      type: 'date',
      label: { de: 'verfügbar ab', en: 'available from' },
      description: { de: 'Leer: nicht festgelegt', en: 'Empty: not fixed' },
    },
    address: {
      type: 'string',
      label: { de: 'Lage', en: 'Location' },
      description: { de: 'Adresse oder Lage', en: 'Address or location' },
    },
    heightM: {
      type: 'number',
      unit: 'm',
      label: { de: 'Höhe', en: 'Height' },
      description: { de: 'Höhe des Gebäudes oder Masts', en: 'Height of building or mast' },
    },
    areaM2: { type: 'number', unit: 'm²', label: { de: 'Nutzbare Fläche', en: 'Usable area' }, description: unknownIfEmpty },
    hasPower: { type: 'boolean', label: { de: 'Strom vorhanden', en: 'Power' }, description: unknownIfEmpty },
    hasFibre: { type: 'boolean', label: { de: 'Glasfaser vorhanden', en: 'Fibre' }, description: unknownIfEmpty },
    statics: {
      type: 'string',
      label: { de: 'Statik', en: 'Statics' },
      description: { de: 'Ergebnis einer Prüfung', en: 'Result of a check' },
      codes: staticsFindings.labels,
    },
    heritage: { type: 'boolean', label: { de: 'Denkmalschutz berührt', en: 'Heritage affected' }, description: unknownIfEmpty },
    note,
    releasedOn: {
      type: 'date',
      label: { de: 'veröffentlicht am', en: 'released on' },
      description: { de: 'Tag, ab dem der Standort öffentlich ist', en: 'Day from which the site is public' },
    },
    knownFrom: provenance.knownFrom,
  },
})
