import { useEffect, useRef } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { language, say } from '../ui/language.ts'
import { theme } from '../ui/theme.ts'
import { Announcements } from '../ui/toast.tsx'
import { Band } from './band.tsx'
import { ContactPage } from './contact-page.tsx'
import { district, overview, programme, textPage } from './data.ts'
import { DistrictPage } from './district-page.tsx'
import { Header, SkipLinks } from './header.tsx'
import { lazy } from './lazy.tsx'
import { MapView } from './map-view.tsx'
import { cityTitle, OverviewPage } from './overview-page.tsx'
import { PrintFrame, PrintHead } from './print.tsx'
import { ProgrammePage } from './programme-page.tsx'
import { isNarrow, Sheet } from './sheet.tsx'
import { TableView } from './table-view.tsx'
import { MissingPage, TextPage } from './text-page.tsx'
import { texts } from './texts.ts'
import { TimeBar } from './time-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import { page, selectedDistrict, topic, view } from './view.ts'

const pages = {
  overview: OverviewPage,
  district: DistrictPage,
  programme: ProgrammePage,
  text: TextPage,
  contact: ContactPage,
  dead_zone: lazy(async () => (await import('./mobile/report-page.tsx')).ReportPage),
  mobile: lazy(async () => (await import('./mobile/mobile-page.tsx')).MobilePage),
  missing: MissingPage,
}

const MobileTable = lazy(async () => (await import('./mobile/mobile-table.tsx')).MobileTable)

/** The whole screen: search first, answer in words, map or table, time. */
export function App() {
  useDocument()
  useTableInSight()
  const { display } = view.value
  const Shown = pages[isMissing() ? 'missing' : page.value.kind]
  return (
    <div class="app" data-display={display} data-page={page.value.kind}>
      <SkipLinks />
      <PrintHead />
      <Header />
      <Band />
      <Toolbar />
      <Sheet>
        <Shown />
      </Sheet>
      <div class="stage" id="stage">
        {display === 'map' ? <MapView /> : topic.value === 'mobile' ? <MobileTable /> : <TableView />}
      </div>
      {page.value.kind !== 'dead_zone' && <TimeBar />}
      <PrintFrame />
      <Announcements />
    </div>
  )
}

/** The server knows no such district, programme or text (at this date). */
function isMissing(): boolean {
  const asked = { district, programme, text: textPage }
  const { kind } = page.value
  const error = kind in asked ? asked[kind as keyof typeof asked].error.value : null
  return error instanceof ApiError && error.problem.status === 404
}

/** On narrow screens the table lies below what the panel says: whoever switches to it is brought there. */
function useTableInSight(): void {
  const { display } = view.value
  const before = useRef(display)
  useEffect(() => {
    if (before.current !== display && display === 'table' && isNarrow.peek()) document.getElementById('stage')?.scrollIntoView()
    before.current = display
  }, [display])
}

/** Language, colours and title of the document follow the view. */
function useDocument(): void {
  useEffect(() => {
    document.documentElement.lang = language.value
    document.documentElement.dataset.kernTheme = theme.value
  }, [language.value, theme.value])
  const title = titleNow()
  useEffect(() => {
    document.title = title
  }, [title])
}

function titleNow(): string {
  const product = `${say(texts.product)} · ${cityTitle()}`
  const shown = page.value
  const name = {
    overview: () => undefined,
    district: () =>
      overview.answer.value?.districts.find((one) => shown.kind === 'district' && one.id === shown.id)?.name ??
      district.answer.value?.district.name,
    programme: () => programme.answer.value?.programme.name,
    text: () => textPage.answer.value?.title,
    contact: () => say(texts.contact),
    mobile: () =>
      [say(texts.mobile), overview.answer.value?.districts.find(({ id }) => id === selectedDistrict.value)?.name]
        .filter(Boolean)
        .join(': '),
    dead_zone: () => say(texts.reportDeadZone),
    missing: () => say(texts.missingTitle),
  }[shown.kind]()
  return name ? `${name} · ${product}` : product
}
