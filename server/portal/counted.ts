import { byName, list } from './sql.ts'

/** Released counts (layer `counted_figures`) that fit; `where` speaks of the row `c`. */
export function counted(where: string): string {
  return list(
    `'programmeId', c.programme_id, 'programme', c.programme, 'quantity', c.quantity, 'measure', c.measure, 'value', c.value,
     'source', c.source, 'trueOn', c.true_on, 'knownFrom', iso_moment(c.known_from)`,
    `layer_counted_figures(:asOf, :knownAt) c where ${where}`,
    `${byName('c.programme')}, array_position(cast(:quantities as text[]), c.quantity), array_position(array['potential', 'passed', 'connected'], c.measure)`,
  )
}
