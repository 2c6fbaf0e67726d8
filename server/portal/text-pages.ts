import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import type { Language } from '../contract/text.ts'
import { notFound } from '../http/problem.ts'
import { renderMarkdown } from './markdown.ts'

interface Page {
  slug: string
  language: Language
  title: string
  body: string
  trueOn: string
}

const page = `
  select p.slug, p.language, p.title, p.body, p.true_on as "trueOn"
  from pages_at(:today, now()) p where p.slug = :slug and p.language in (:language, 'de')
  order by p.language = :language desc limit 1`

/** The text page in the wanted language, else in German; null: there is none. */
export async function findPage(database: Knex, slug: string, language: Language): Promise<Page | null> {
  const { rows } = (await database.raw(page, { slug, language, today: today() })) as { rows: Page[] }
  return rows[0] ?? null
}

/** Body of `getPage`. */
export async function loadPage(database: Knex, slug: string, language: Language): Promise<string> {
  const found = await findPage(database, slug, language)
  if (!found) throw notFound('Die Seite', 'slug')
  const { body, ...rest } = found
  return JSON.stringify({ ...rest, html: renderMarkdown(body) })
}
