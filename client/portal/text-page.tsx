import { computed } from '@preact/signals'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { language, say } from '../ui/language.ts'
import { Loaded } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { textPage } from './data.ts'
import { PageHeading } from './heading.tsx'
import { pageLinks, texts } from './texts.ts'
import { homeAddress, isPast, page } from './view.ts'

/** An editable text. The server makes its HTML from Markdown and lets no raw HTML through. */
export function TextPage() {
  return (
    <article class="page">
      <p class="back">
        <a href={homeAddress.value}>← {say(texts.backToAll)}</a>
      </p>
      <PageHeading>{title.value ?? '…'}</PageHeading>
      <Loaded from={textPage} skeleton={<Skeleton lines={[100, 100, 80, 100, 60]} />}>
        {({ html, trueOn, language: written }) => (
          <>
            <div class="prose" lang={written} dangerouslySetInnerHTML={{ __html: html }} />
            <p class="muted">
              {say(texts.asOf)} {formatImpreciseDate(trueOn, language.value)}
            </p>
          </>
        )}
      </Loaded>
    </article>
  )
}

/** The pages everybody expects have a name before their text is there. */
const title = computed(() => {
  const shown = page.value
  if (shown.kind !== 'text') return undefined
  const answer = textPage.answer.value
  const expected = pageLinks.find(({ slug }) => slug === shown.slug)
  return answer?.slug === shown.slug ? answer.title : expected && say(expected.label)
})

export function MissingPage() {
  return (
    <article class="page">
      <PageHeading>{say(texts.missingTitle)}</PageHeading>
      <p>{say(isPast.value ? texts.missingThen : texts.missingText)}</p>
      <p>
        <a href={homeAddress.value}>{say(texts.backToAll)}</a>
      </p>
    </article>
  )
}
