interface Piece {
  text: string
  href: string | null
}

/** Credits come as HTML of others: only their text and the addresses of their links are used. */
function piecesOf(html: string): Piece[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const code of body.querySelectorAll('script, style')) code.remove()
  return [...body.childNodes].map((node) => {
    const href = node instanceof HTMLAnchorElement && /^https?:/.test(node.href) ? node.href : null
    return { text: node.textContent ?? '', href }
  })
}

/** Who the map and its boundaries are from: always visible, also in print. */
export function Credits({ credits }: { credits: readonly string[] }) {
  return (
    <p class="credits">
      {credits.map((credit, index) => (
        <span key={credit}>
          {index > 0 && ' · '}
          {piecesOf(credit).map(({ text, href }) =>
            href ? (
              <a key={text} href={href}>
                {text}
              </a>
            ) : (
              text
            ),
          )}
        </span>
      ))}
    </p>
  )
}
