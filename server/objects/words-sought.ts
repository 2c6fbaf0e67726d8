import type { ContentColumn } from '../contract/facts/fact.ts'
import type { Statement } from './statement.ts'

/** Text without case and in one spelling: ß as ss, straße as str; words apart by blanks. Must say the same as `foldSql`. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('str.', 'str')
    .replaceAll('strasse', 'str')
    .replace(/[-,;/().\s]+/g, ' ')
    .trim()
}

const marks = ['-', ',', ';', '/', '(', ')', '.']

/** Without regular expressions, which take ten times as long: these texts are made anew for each row. Several blanks do no harm. */
function foldSql(text: string): string {
  const spelled = `replace(replace(replace(lower(${text}), 'ß', 'ss'), 'str.', 'str'), 'strasse', 'str')`
  return marks.reduce((sql, mark) => `replace(${sql}, '${mark}', ' ')`, spelled)
}

const texts = ['key', 'externalId', 'name', 'operator', 'designation']

/**
 * Addresses that may have one of the words, found by their street, or by what is unlike a name in the number. Looked at as a set
 * before the rows are, since most have none of the words.
 */
function addressesWith(words: readonly string[], patterns: string, numbers: string): string {
  const byStreet = `select a.id from current_addresses a join streets s on s.key = a.street_key
    where ' ' || ${foldSql('s.name')} like any (${patterns})`
  const bySuffix = `select a.id from current_addresses a where length(a.suffix) > 1`
  const byNumber = `select a.id from current_addresses a where a.house_number::text like any (${numbers})`
  return [byStreet, bySuffix, ...(words.some(startsWithDigit) ? [byNumber] : [])].join(' union all ')
}

const startsWithDigit = (word: string) => /^\d/.test(word)
const escaped = (word: string) => word.replace(/[\\%_]/g, '\\$&')

/** Every word looked for begins a word of the object or of its address. */
export function matchesWords(statement: Statement, columns: readonly ContentColumn[], q: string): string[] {
  const words = fold(q).split(' ').filter(Boolean)
  if (words.length === 0) return []
  const patterns = statement.bind(
    words.map((word) => `% ${escaped(word)}%`),
    'text[]',
  )
  const own = columns.filter(({ key }) => texts.includes(key)).map(({ column }) => `o.${column}`)
  const said = `' ' || ${foldSql(`concat_ws(' ', o.id, ${own.join(', ')})`)}`
  const isSaid = `${said} like all (${patterns})`
  if (!columns.some(({ key }) => key === 'addressId')) return [isSaid]
  const numbers = statement.bind(
    words.filter(startsWithDigit).map((word) => `${/^\d+/.exec(word)?.[0]}%`),
    'text[]',
  )
  const isSaidWithAddress = `${said} || ' ' || (select ${foldSql('a.label')} from current_addresses a where a.id = o.address_id) like all (${patterns})`
  return [`(${isSaid} or (o.address_id in (${addressesWith(words, patterns, numbers)}) and ${isSaidWithAddress}))`]
}
