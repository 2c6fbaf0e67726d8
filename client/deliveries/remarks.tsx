import { Icon } from '../ui/icon.tsx'

interface Remark {
  code: string
  severity: 'note' | 'doubt' | 'error'
  text: string
  column?: string | undefined
}

const signs = { note: 'info', doubt: 'warning', error: 'danger' } as const
const words = { note: 'Hinweis', doubt: 'Bitte prüfen', error: 'Fehler' } as const

/** What there is to say about a file, a table or a row, the gravest first. */
export function Remarks({ remarks, label }: { remarks: readonly Remark[]; label: string }) {
  if (remarks.length === 0) return null
  const order = ['error', 'doubt', 'note']
  const sorted = remarks.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return (
    <ul class="delivery-remarks" aria-label={label}>
      {sorted.map(({ code, severity, text, column }) => (
        <li key={code + (column ?? '') + text}>
          <Icon name={signs[severity]} small />
          <span>
            <span class="kern-sr-only">{words[severity]}: </span>
            {text}
          </span>
        </li>
      ))}
    </ul>
  )
}
