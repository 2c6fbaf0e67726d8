/** What the shared elements say. */
export const uiTexts = {
  close: { de: 'Schließen', en: 'Close' },
  optional: { de: 'freiwillig', en: 'optional' },
  loading: { de: 'Wird geladen …', en: 'Loading …' },
  retry: { de: 'Erneut versuchen', en: 'Try again' },
  failed: { de: 'Das hat nicht geklappt', en: 'That did not work' },
  unreachable: {
    de: 'Der Server ist nicht erreichbar. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
    en: 'The server cannot be reached. Please check your internet connection and try again.',
  },
  broken: {
    de: 'Der Server hat mit einem Fehler geantwortet. Bitte versuchen Sie es in einigen Minuten erneut.',
    en: 'The server answered with an error. Please try again in a few minutes.',
  },
  sortedUp: { de: 'aufsteigend sortiert', en: 'sorted ascending' },
  sortedDown: { de: 'absteigend sortiert', en: 'sorted descending' },
  source: { de: 'Quelle', en: 'Source' },
  asOf: { de: 'Stand', en: 'As of' },
  knownSince: { de: 'Bekannt seit', en: 'Known since' },
  knownAssumed: {
    de: 'Der Tag der Veröffentlichung ist nicht bekannt; angenommen ist der des Ereignisses.',
    en: 'The day of publication is not known; that of the event is assumed.',
  },
  noRows: { de: 'Keine Einträge', en: 'No entries' },
}
