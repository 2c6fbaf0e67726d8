import { useEffect } from 'preact/hooks'
import { mobileWriters } from '../../server/contract/mobile.ts'
import { Loaded } from '../ui/resource.tsx'
import { overview, user } from '../workbench/data.ts'
import { Comparing } from './comparing.tsx'
import { type Desk, desk, trend } from './coverage-data.ts'
import { Editions } from './editions.tsx'
import { TakingIn } from './taking-in.tsx'
import { Trends } from './trends.tsx'

const pollMs = 1_000

/** Editions of mobile coverage: taking them in, what they say from edition to edition, and what drive tests say to it. */
export function CoveragePage() {
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => {
    void desk.ask(null)
    void trend.ask(null)
  }, [revision])
  const mayWrite = user.value?.roles.some((role) => mobileWriters.includes(role)) ?? false
  return (
    <div class="page page--wide coverage">
      <h1>Netzabdeckung</h1>
      <p>
        Was andere über die Mobilfunkversorgung berechnet oder gemessen haben, je Ausgabe auf dem Raster von 100 m (INSPIRE).
        Berechnetes, Gemessenes und Gemeldetes wird nie vermischt. Eingelesene Ausgaben sind öffentlich; von Messfahrten bleiben
        nur die Werte je Rasterzelle, nicht der gefahrene Weg.
      </p>
      <Loaded from={desk}>
        {(answer) => (
          <>
            {mayWrite && <TakingIn desk={answer} />}
            <Editions editions={answer.editions} mayWrite={mayWrite} />
            <FollowReading desk={answer} />
          </>
        )}
      </Loaded>
      <Loaded from={trend}>{(answer) => (answer.editions.length > 0 ? <Trends trend={answer} /> : null)}</Loaded>
      {trend.answer.value?.editions.some(({ dataset }) => dataset === 'drive_test') && <Comparing revision={revision} />}
    </div>
  )
}

/** Asks again as long as a file is being read. */
function FollowReading({ desk: { imports } }: { desk: Desk }) {
  const isReading = imports.some(({ status }) => status === 'reading')
  useEffect(() => {
    if (!isReading) return
    const timer = setInterval(() => void desk.again(), pollMs)
    return () => clearInterval(timer)
  }, [isReading])
  return null
}
