import './report.css'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { cornersOf } from '../../../server/contract/inspire-grid.ts'
import { mobileLooks } from '../../../server/contract/layers/mobile-look.ts'
import type { Overlay } from '../../map/style.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { say } from '../../ui/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { theme } from '../../ui/theme.ts'
import { PageHeading } from '../heading.tsx'
import { type MapTask, mapTask } from '../map-task.ts'
import { setSheet } from '../sheet.tsx'
import { texts } from '../texts.ts'
import { pageAddress } from '../view.ts'
import { cell, choosePlace, sent, startReport } from './report.ts'
import { ReportForm } from './report-form.tsx'
import { networkAgencyApp, words } from './report-words.ts'

/** Report a dead zone: without an account, without saying who one is. */
export function ReportPage() {
  useLayoutEffect(() => {
    mapTask.value = task
    if (sent.peek()) startReport()
    return () => {
      mapTask.value = null
    }
  }, [])
  return (
    <article class="page">
      <p class="back">
        <a href={pageAddress({ kind: 'mobile', id: null })}>← {say(texts.mobile)}</a>
      </p>
      <PageHeading>{say(texts.reportDeadZone)}</PageHeading>
      {sent.value ? <Thanks {...sent.value} /> : <ReportForm />}
      <p>
        {say(words.app)}{' '}
        <a href={networkAgencyApp} rel="noreferrer">
          {say(words.appLink)}
        </a>
      </p>
    </article>
  )
}

/** Reports that are public already, and nothing else. */
const withheld = ['mobile_coverage', 'mobile_spots', 'mobile_deficits', 'mobile_measured', 'mobile_sites', 'municipal_sites']

const task: MapTask = {
  withheld: () => withheld,
  state: () => ({ overlay: overlayOf(cell.value) }),
  onPoint: (point) => {
    if (sent.peek()) return false
    choosePlace(point, { by: 'map' })
    setSheet('half')
    return true
  },
}

/** The square that will be kept. */
function overlayOf(chosen: string | null): Overlay {
  const ring = chosen ? cornersOf(chosen).map((corner) => [...corner]) : []
  const geometry = { type: 'Polygon' as const, coordinates: chosen ? [[...ring, ...ring.slice(0, 1)]] : [] }
  const color = mobileLooks['mobile-reported'].color[theme.value]
  return {
    sources: { 'own-report': { type: 'geojson', data: { type: 'Feature', properties: {}, geometry } } },
    layers: [
      { id: 'own-report-fill', type: 'fill', source: 'own-report', paint: { 'fill-color': color, 'fill-opacity': 0.35 } },
      { id: 'own-report-line', type: 'line', source: 'own-report', paint: { 'line-color': color, 'line-width': 4 } },
    ],
  }
}

function Thanks({ district, isRepeated }: { district: string; isRepeated: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} class="report__thanks">
      <Notice kind="success" title={say(words.thanks)}>
        <p>{isRepeated ? say(words.repeated) : say(words.next)(district)}</p>
      </Notice>
      <div class="report__ways">
        <Button look="secondary" onClick={startReport}>
          {say(words.another)}
        </Button>
        <ButtonLink look="tertiary" href={pageAddress({ kind: 'mobile', id: null })}>
          {say(words.toMap)}
        </ButtonLink>
      </div>
    </div>
  )
}
