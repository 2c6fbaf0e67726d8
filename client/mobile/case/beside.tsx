import type { ComponentChildren } from 'preact'
import { awaitedClick, sketch } from '../site-map.tsx'

interface BesideProps {
  head: ComponentChildren
  map: ComponentChildren
  children: ComponentChildren
}

/** A page with the map beside it; on phones the map stands above, and stays in sight while something is pointed at or drawn. */
export function Beside({ head, map, children }: BesideProps) {
  const isOnMap = awaitedClick.value !== null || sketch.value !== null
  return (
    <div class={`site-page${isOnMap ? ' site-page--on-map' : ''}`}>
      <div class="site-page__head">{head}</div>
      <div class="site-page__map">{map}</div>
      <div class="site-page__main">{children}</div>
    </div>
  )
}
