import { addressOf } from '../api.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { say } from '../ui/language.ts'
import { toast } from '../ui/toast.tsx'
import { printView } from './print.tsx'
import { clocks } from './view.ts'

const words = {
  share: { de: 'Teilen', en: 'Share' },
  copied: { de: 'Der Link ist in der Zwischenablage.', en: 'The link is on the clipboard.' },
  notCopied: {
    de: 'Das Kopieren ist nicht erlaubt. Der Link steht in der Adresszeile.',
    en: 'Copying is not allowed. The link is in the address bar.',
  },
  print: { de: 'Drucken', en: 'Print' },
}

/** Passes on the address of exactly this view: by the device's own dialog, else by the clipboard. */
async function share(): Promise<void> {
  const { href } = location
  try {
    if (navigator.share) await navigator.share({ title: document.title, url: href })
    else {
      await navigator.clipboard.writeText(href)
      toast(say(words.copied))
    }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) toast(say(words.notCopied), 'warning')
  }
}

/** Address of open data at the clocks in use. */
export function dataAddress(collection: string, query: Record<string, string>): string {
  return addressOf(`/ogc/collections/${collection}/items`, null, { ...query, ...clocks.value })
}

/** What one can do with a view: pass it on, print it, take its data along. */
export function Actions({ downloads }: { downloads: readonly { label: string; href: string }[] }) {
  return (
    <div class="actions">
      <Button small icon="share" onClick={share}>
        {say(words.share)}
      </Button>
      <Button small icon="print" onClick={printView}>
        {say(words.print)}
      </Button>
      {downloads.map(({ label, href }) => (
        <ButtonLink key={href} small icon="download" href={href} download>
          {label}
        </ButtonLink>
      ))}
    </div>
  )
}
