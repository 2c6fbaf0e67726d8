import { FileRefused, type Remark } from './format.ts'

/** Long values are shortened in messages. */
export function quote(value: string): string {
  return `„${value.length > 60 ? `${value.slice(0, 57)}…` : value}“`
}

const note = (code: string, text: string, column?: string): Remark => make('note', code, text, column)
const doubt = (code: string, text: string, column?: string): Remark => make('doubt', code, text, column)
const error = (code: string, text: string, column?: string): Remark => make('error', code, text, column)

function make(severity: Remark['severity'], code: string, text: string, column?: string): Remark {
  return column === undefined ? { code, severity, text } : { code, severity, text, column }
}

/** All that can be said about a file, a table or a row: the first word of each line is its stable code. */
export const remarks = {
  // About the file
  encoding: (name: string) => note('encoding-recognised', `Die Zeichen wurden als ${name} gelesen.`),
  separator: (name: string) => note('separator-recognised', `Die Spalten sind durch ${name} getrennt.`),
  unpacked: (name: string) => note('unpacked', `Aus der Zip-Datei wird ${quote(name)} gelesen.`),
  wrongEnding: (what: string) => note('wrong-ending', `Dem Inhalt nach ist die Datei ${what}, auch wenn sie anders heißt.`),

  // About a table
  hiddenSheet: (name: string) => note('hidden-sheet', `Das ausgeblendete Blatt ${quote(name)} wird nicht gelesen.`),
  emptyTable: (name: string) => note('empty-table', `${quote(name)} enthält keine Zeilen und wird nicht gelesen.`),
  headerNotFirst: (row: number) =>
    note('header-not-first', `Die Überschriften stehen in Zeile ${row}; was darüber steht, wird nicht gelesen.`),
  twoHeaderRows: (row: number) =>
    note('two-header-rows', `Die Überschriften stehen in den Zeilen ${row} und ${row + 1} und wurden zusammengefasst.`),
  noHeader: () =>
    doubt('no-header', 'Die Tabelle hat keine Überschriften. Bitte prüfen Sie, ob die erste Zeile schon Daten enthält.'),
  doubledColumn: (name: string, renamed: string) =>
    doubt('doubled-column', `Die Spalte ${quote(name)} gibt es mehrmals; die weitere heißt hier ${quote(renamed)}.`, renamed),
  namelessColumn: (name: string) =>
    note('nameless-column', `Eine Spalte hat keine Überschrift; sie heißt hier ${quote(name)}.`, name),
  mergedCells: () => note('merged-cells', 'Die Tabelle enthält verbundene Zellen; ihr Wert gilt für jede Zelle des Verbunds.'),
  swappedTable: () =>
    note('axes-swapped', 'Ost- und Nordwert (Länge und Breite) sind in der Datei vertauscht und wurden richtig zugeordnet.'),
  crsRecognised: (name: string) =>
    note('crs-recognised', `Die Datei nennt kein Koordinatensystem. Den Koordinaten nach ist es ${name}.`),
  crsUnknown: () =>
    doubt('crs-unknown', 'Das Koordinatensystem ist nicht angegeben und nicht zu erkennen. Bitte wählen Sie es aus.'),
  crsUnsupported: (label: string) =>
    doubt(
      'crs-unsupported',
      `Die Datei nennt das Koordinatensystem ${quote(label)}, das hier nicht gelesen wird. Bitte prüfen Sie es und wählen Sie eines aus.`,
    ),
  crsContradicted: (declared: string, recognised: string) =>
    doubt(
      'crs-contradicted',
      `Die Datei nennt als Koordinatensystem ${declared}, die Koordinaten passen aber nur zu ${recognised}. Dieses wird angenommen; bitte prüfen Sie es.`,
    ),
  gridNeeded: () =>
    note(
      'grid-needed',
      'Gauß-Krüger-Koordinaten werden mit dem Gitter BETA2007 umgerechnet. Fehlt es auf dem Server, ist die Lage um einige Meter ungenau.',
    ),
  measuresDropped: () => note('measures-dropped', 'Messwerte an den Stützpunkten (M-Werte) werden nicht übernommen.'),
  curvesTable: () => note('curves-linearised', 'Kreisbögen und Kurven wurden in Linien aus kurzen Stücken umgewandelt.'),
  noAttributes: () => doubt('no-attributes', 'Die Datei mit den Sachdaten (.dbf) fehlt; gelesen werden nur die Geometrien.'),
  attributeEncoding: (name: string) =>
    note('encoding-recognised', `Die Kodierung der Sachdaten (.cpg) ist nicht richtig angegeben; gelesen wird ${name}.`),

  // About a row
  hiddenRow: () => note('hidden-row', 'Die Zeile ist in Excel ausgeblendet oder weggefiltert; sie wird trotzdem gelesen.'),
  formulaWithoutValue: (column: string) =>
    error(
      'formula-without-value',
      'Die Formel hat kein gespeichertes Ergebnis. Bitte öffnen und speichern Sie die Datei einmal in Excel.',
      column,
    ),
  cellError: (value: string, column: string) => error('cell-error', `Die Zelle enthält den Excel-Fehler ${value}.`, column),
  cellTooLarge: (column: string) =>
    error('cell-too-large', 'Der Inhalt der Zelle ist viel zu lang und wird nicht gelesen.', column),
  tooManyCells: (filled: number, columns: number) =>
    doubt(
      'too-many-cells',
      `Die Zeile hat ${filled} Werte, die Tabelle aber nur ${columns} Spalten. Vielleicht fehlt ein Anführungszeichen oder ein Wert enthält das Trennzeichen.`,
    ),
  numberAmbiguous: (value: string, column: string) =>
    doubt(
      'number-ambiguous',
      `${quote(value)} ist nicht eindeutig: In dieser Tabelle kommen deutsche und englische Schreibweise nicht klar getrennt vor. Gemeint sein kann ${meaningsOf(value)}.`,
      column,
    ),
  numberNotation: (value: string, column: string) =>
    note(
      'number-notation',
      `${quote(value)} ist anders geschrieben als die übrigen Zahlen der Spalte und wurde sinngemäß gelesen.`,
      column,
    ),
  dateAmbiguous: (value: string, column: string) =>
    doubt(
      'date-ambiguous',
      `${quote(value)} ist als Datum nicht eindeutig (Tag und Monat). Bitte schreiben Sie TT.MM.JJJJ.`,
      column,
    ),
  mojibake: (value: string, mended: string, column: string) =>
    doubt('mojibake', `Die Umlaute waren zerstört: ${quote(value)} wurde als ${quote(mended)} gelesen.`, column),
  charactersLost: (value: string, column: string) =>
    doubt('characters-lost', `In ${quote(value)} sind Zeichen verloren gegangen (meist Umlaute).`, column),
  featureUnreadable: () => error('feature-unreadable', 'Das Objekt ist kein gültiges JSON und wird nicht gelesen.'),
  featureTooLarge: () => error('feature-too-large', 'Das Objekt ist viel zu groß und wird nicht gelesen.'),
  geometryMissing: () => note('geometry-missing', 'Das Objekt hat keine Geometrie.'),
  geometryEmpty: () => error('geometry-empty', 'Die Geometrie ist leer.'),
  geometryUnreadable: (column?: string) => error('geometry-unreadable', 'Die Geometrie ist nicht lesbar.', column),
  coordinateMissing: (column: string) =>
    error('coordinate-missing', 'Von den beiden Koordinaten fehlt eine oder ist keine Zahl.', column),
  zDropped: () => note('z-dropped', 'Die Höhen (Z-Werte) werden nicht übernommen.'),
  curvesRow: () => note('curves-linearised', 'Die Kurve wurde in eine Linie aus kurzen Stücken umgewandelt.'),
  selfCrossing: (kind: 'line' | 'area') =>
    doubt('self-crossing', kind === 'line' ? 'Die Linie kreuzt sich selbst.' : 'Der Rand der Fläche kreuzt sich selbst.'),
  outsideLand: () => doubt('outside-nrw', 'Die Koordinaten liegen nicht in Nordrhein-Westfalen.'),
  swappedRow: () => doubt('axes-swapped', 'Ost- und Nordwert (Länge und Breite) sind in dieser Zeile vermutlich vertauscht.'),
  crsOther: (name: string) => doubt('crs-other', `Die Koordinaten dieser Zeile passen zu ${name}, die übrigen nicht.`),
} as const

function meaningsOf(value: string): string {
  const digits = value.replace(/[^\d]/g, '')
  const [whole = '', part = ''] = value.split(/[.,]/)
  return `${digits} oder ${whole},${part}`
}

const refuse = (code: string, text: string) => new FileRefused(code, text)

/** All reasons against a file as a whole. */
export const refusals = {
  empty: () => refuse('empty-file', 'Die Datei ist leer.'),
  noRows: () => refuse('no-rows', 'Die Datei enthält keine Zeilen mit Daten.'),
  tooLarge: (limitMb: number) => refuse('too-large', `Die Datei ist zu groß. Gelesen werden Dateien bis ${limitMb} MB.`),
  unknownFormat: (what?: string) =>
    refuse(
      'unknown-format',
      `${what ?? 'Das Format der Datei ist nicht bekannt'}. Gelesen werden XLSX, CSV, GeoJSON, GeoPackage, Shapefile (als Zip), DXF und KML.`,
    ),
  binary: () =>
    refuse(
      'unknown-format',
      'Die Datei ist keine Tabelle und kein Geodatenformat, das hier gelesen wird. Gelesen werden XLSX, CSV, GeoJSON, GeoPackage, Shapefile (als Zip), DXF und KML.',
    ),
  oldExcel: () =>
    refuse(
      'old-excel',
      'Die Datei ist im alten Excel-Format (.xls). Bitte speichern Sie sie in Excel als „Excel-Arbeitsmappe (*.xlsx)“.',
    ),
  binaryExcel: () =>
    refuse(
      'binary-excel',
      'Die Datei ist eine binäre Excel-Arbeitsmappe (.xlsb). Bitte speichern Sie sie in Excel als „Excel-Arbeitsmappe (*.xlsx)“.',
    ),
  macros: () =>
    refuse(
      'macros',
      'Die Arbeitsmappe enthält Makros und wird aus Sicherheitsgründen nicht gelesen. Bitte speichern Sie sie in Excel als „Excel-Arbeitsmappe (*.xlsx)“ ohne Makros.',
    ),
  encrypted: () => refuse('encrypted', 'Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.'),
  encryptedZip: () => refuse('encrypted', 'Die Zip-Datei ist mit einem Kennwort geschützt. Bitte packen Sie sie ohne Kennwort.'),
  brokenZip: () =>
    refuse('broken-zip', 'Die Zip-Datei ist beschädigt oder unvollständig. Bitte lassen Sie sie sich noch einmal schicken.'),
  brokenWorkbook: () =>
    refuse('broken-workbook', 'Die Excel-Datei ist beschädigt. Bitte öffnen Sie sie in Excel und speichern Sie sie neu.'),
  zipBomb: () => refuse('zip-bomb', 'Die Datei wird beim Entpacken unverhältnismäßig groß und deshalb nicht gelesen.'),
  zipEntries: (limit: number) => refuse('zip-entries', `Die Zip-Datei enthält mehr als ${limit} Dateien.`),
  zipPath: () => refuse('zip-path', 'Die Zip-Datei enthält unzulässige Pfade und wird nicht entpackt.'),
  zipMethod: () =>
    refuse(
      'zip-method',
      'Die Zip-Datei ist mit einem Verfahren gepackt, das hier nicht gelesen wird. Bitte packen Sie sie mit dem Explorer von Windows (Senden an › ZIP-komprimierter Ordner).',
    ),
  nestedZip: () =>
    refuse(
      'nested-zip',
      'Die Zip-Datei enthält weitere Zip-Dateien. Bitte entpacken Sie sie und schicken Sie die inneren einzeln.',
    ),
  zipWithoutData: () =>
    refuse(
      'zip-without-data',
      'In der Zip-Datei ist keine Datei, die hier gelesen wird. Gelesen werden Shapefile (.shp mit .dbf, .shx, .prj), XLSX, CSV, GeoJSON, GeoPackage, DXF und KML.',
    ),
  zipSeveral: (names: string[]) =>
    refuse(
      'zip-several',
      `Die Zip-Datei enthält mehrere Dateien mit Daten (${names.slice(0, 5).join(', ')}). Bitte laden Sie sie einzeln hoch.`,
    ),
  shapefileWithoutShp: () => refuse('shapefile-incomplete', 'Zum Shapefile fehlt die Datei mit den Geometrien (.shp).'),
  unreadable: (what: string) => refuse('unreadable', `${what} ist beschädigt oder unvollständig und kann nicht gelesen werden.`),
  unclosedQuote: (row: number) =>
    refuse(
      'unclosed-quote',
      `Ab Zeile ${row} ist ein Wert zu lang: Vermutlich ist dort ein Anführungszeichen nicht geschlossen.`,
    ),
  cellTooLarge: (row: number) =>
    refuse('cell-too-large', `In Zeile ${row} ist ein Wert viel zu lang. Bitte prüfen Sie diese Zeile.`),
  tooManyColumns: (limit: number) => refuse('too-many-columns', `Die Tabelle hat mehr als ${limit} Spalten.`),
  tooManyRows: () =>
    refuse('too-many-rows', 'Ein Excel-Blatt fasst höchstens 1.048.576 Zeilen. Bitte wählen Sie CSV oder GeoPackage.'),
  noFeatures: () => refuse('not-geojson', 'Die Datei ist JSON, aber kein GeoJSON mit Objekten („features“).'),
  noSuchTable: (name: string) => refuse('no-such-table', `Eine Tabelle ${quote(name)} gibt es in der Datei nicht.`),
  memory: () => refuse('too-complex', 'Die Datei ist zu umfangreich, um sie auf einmal zu lesen. Bitte teilen Sie sie auf.'),
} as const
