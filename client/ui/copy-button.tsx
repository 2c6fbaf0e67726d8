import { Button } from './button.tsx'
import { toast } from './toast.tsx'

/** Copies a text; where the browser refuses, says so: the text stands beside. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast('In die Zwischenablage kopiert.')
    } catch {
      toast('Der Browser erlaubt das Kopieren nicht. Bitte markieren Sie den Text und kopieren Sie ihn selbst.', 'warning')
    }
  }
  return (
    <Button icon="copy" onClick={() => void copy()}>
      {children}
    </Button>
  )
}
