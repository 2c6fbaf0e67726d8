import { longestRemark, oldestReportMonths, remarkDays } from '../../../server/contract/dead-zones.ts'

/** What the form says. */
export const words = {
  intro: {
    de: 'Hatten Sie unterwegs oder zu Hause kein oder kaum Netz? Ihre Meldung hilft der Stadt, mit den Netzbetreibern über Lücken zu sprechen. Sie brauchen kein Konto, und wir fragen nicht, wer Sie sind.',
    en: 'Did you have little or no service? Your report helps the city to talk to the operators about gaps. You need no account, and we do not ask who you are.',
  },
  where: { de: 'Wo war das?', en: 'Where was it?' },
  search: { de: 'Straße, Hausnummer oder Ort suchen', en: 'Search for a street, number or place' },
  placeholder: { de: 'z. B. eine Straße', en: 'e.g. a street' },
  device: { de: 'Mein Standort', en: 'My location' },
  locating: { de: 'Standort wird bestimmt …', en: 'Finding your location …' },
  middle: { de: 'Mitte der Karte', en: 'Middle of the map' },
  onMap: { de: 'Auf der Karte wählen', en: 'Choose on the map' },
  tap: { de: 'Oder klicken oder tippen Sie auf die Karte.', en: 'Or click or tap on the map.' },
  kept: { de: 'So genau wird es gespeichert', en: 'This is how precisely it is kept' },
  noPlace: {
    de: 'Noch kein Ort gewählt. Gespeichert wird nur ein Quadrat von 100 × 100 m, nie der genaue Ort.',
    en: 'No place chosen yet. Only a square of 100 × 100 m is kept, never the exact place.',
  },
  square: {
    de: (where: string) => `Ein Quadrat von 100 × 100 m in ${where}. Der genaue Ort bleibt auf Ihrem Gerät.`,
    en: (where: string) => `A square of 100 × 100 m in ${where}. The exact place stays on your device.`,
  },
  squareSomewhere: {
    de: 'Ein Quadrat von 100 × 100 m. Der genaue Ort bleibt auf Ihrem Gerät.',
    en: 'A square of 100 × 100 m. The exact place stays on your device.',
  },
  or: { de: ' oder ', en: ' or ' },
  outside: {
    de: 'Dieser Ort liegt außerhalb der Stadt. Bitte wählen Sie einen anderen.',
    en: 'This place lies outside the city. Please choose another one.',
  },
  middleOf: {
    de: (name: string) => `Gewählt ist die Mitte von „${name}“. Verschieben Sie das Quadrat, wenn es woanders war.`,
    en: (name: string) => `The middle of “${name}” is chosen. Move the square if it was elsewhere.`,
  },
  imprecise: {
    de: (metres: number) => `Ihr Gerät kennt den Standort nur auf etwa ${metres} m genau. Bitte prüfen Sie das Quadrat.`,
    en: (metres: number) => `Your device knows its location to about ${metres} m only. Please check the square.`,
  },
  refused: {
    de: 'Ihr Gerät gibt den Standort nicht frei. Suchen Sie eine Straße, oder wählen Sie auf der Karte.',
    en: 'Your device does not share its location. Search for a street, or choose on the map.',
  },
  unknown: {
    de: 'Ihr Standort ließ sich nicht bestimmen. Suchen Sie eine Straße, oder wählen Sie auf der Karte.',
    en: 'Your location could not be found. Search for a street, or choose on the map.',
  },
  move: { de: 'Quadrat um 100 m verschieben', en: 'Move the square by 100 m' },
  north: { de: 'Nach Norden', en: 'North' },
  south: { de: 'Nach Süden', en: 'South' },
  west: { de: 'Nach Westen', en: 'West' },
  east: { de: 'Nach Osten', en: 'East' },
  choosePlace: { de: 'Bitte wählen Sie den Ort.', en: 'Please choose the place.' },
  operator: { de: 'Welches Netz nutzen Sie?', en: 'Which network do you use?' },
  technology: { de: 'Was zeigte Ihr Telefon?', en: 'What did your phone show?' },
  surroundings: { de: 'Wo waren Sie dabei?', en: 'Where were you?' },
  chooseOne: { de: 'Bitte wählen Sie etwas aus.', en: 'Please choose one.' },
  seenOn: { de: 'An welchem Tag?', en: 'On which day?' },
  seenOnHint: {
    de: `Höchstens ${oldestReportMonths} Monate zurück`,
    en: `No more than ${oldestReportMonths} months ago`,
  },
  dayPart: { de: 'Zu welcher Zeit?', en: 'At what time?' },
  remark: { de: 'Möchten Sie etwas dazu sagen?', en: 'Would you like to add something?' },
  remarkHint: {
    de: `Nur für die Stadt, höchstens ${longestRemark} Zeichen; wird ${remarkDays} Tage nach der Prüfung gelöscht. Bitte keine Namen oder Telefonnummern.`,
    en: `For the city only, at most ${longestRemark} characters; deleted ${remarkDays} days after the check. Please no names or telephone numbers.`,
  },
  send: { de: 'Funkloch melden', en: 'Report dead zone' },
  sending: { de: 'Wird gesendet …', en: 'Sending …' },
  thanks: { de: 'Vielen Dank für Ihre Meldung', en: 'Thank you for your report' },
  next: {
    de: (district: string) =>
      `Angekommen ist: ein Quadrat von 100 × 100 m in ${district}. Die Stadt prüft, ob die Meldung plausibel ist. Danach erscheint sie auf der Mobilfunkkarte: mit Netz und Monat, ohne Ihre Bemerkung. Da wir nicht wissen, wer Sie sind, können wir Ihnen nicht antworten.`,
    en: (district: string) =>
      `What has arrived: a square of 100 × 100 m in ${district}. The city checks whether the report is plausible. After that it appears on the mobile map: with network and month, without your remark. As we do not know who you are, we cannot reply.`,
  },
  repeated: {
    de: 'Dieselbe Meldung (Ort, Netz und Tag) kam von Ihnen heute schon an. Sie zählt einmal, alles ist in Ordnung.',
    en: 'The same report (place, network and day) has already come from you today. It counts once, everything is fine.',
  },
  another: { de: 'Weiteres Funkloch melden', en: 'Report another dead zone' },
  toMap: { de: 'Zur Mobilfunkkarte', en: 'To the mobile map' },
  app: {
    de: 'Unterwegs mehr messen? Das kann die kostenlose Breitbandmessung/Funkloch-App der Bundesnetzagentur, auch ohne Netz:',
    en: 'Would you like to measure more on the way? The free app of the Bundesnetzagentur can do so, even without service:',
  },
  appLink: { de: 'Funklochkarte und App der Bundesnetzagentur', en: 'Dead zone map and app of the Bundesnetzagentur' },
}

export const networkAgencyApp = 'https://gigabitgrundbuch.bund.de/GIGA/DE/Funklochkarte/start.html'
