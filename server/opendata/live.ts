import type { Response, Router } from 'express'
import { followLive } from '../contract/opendata.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'

const heartbeatMs = 20_000
/** Bytes that may wait for a browser that does not read; more, and it has to come back. */
const patienceBytes = 16 * 1024

/** Tells every open browser about each new revision, and nothing else: what changed is fetched the usual way. */
export function mountLive(router: Router, context: AppContext): void {
  const listeners = new Set<Response>()
  const tellAll = (message: string) => {
    for (const response of listeners) {
      response.write(message)
      if (response.writableLength > patienceBytes) response.destroy()
    }
  }
  context.revisions.subscribe((revision) => tellAll(event(revision)))
  // Proxies close connections that stay silent; the timer must not keep the process alive.
  setInterval(() => tellAll(': \n\n'), heartbeatMs).unref()

  handle(router, context, followLive, async ({ request, response }) => {
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // nginx would keep the events back.
      'X-Accel-Buffering': 'no',
    })
    if (request.method === 'HEAD') {
      response.end()
      return answered
    }
    response.write(`retry: 1000\n${event(context.revisions.current())}`)
    listeners.add(response)
    response.once('close', () => listeners.delete(response))
    return answered
  })
}

function event(revision: number): string {
  return `event: revision\ndata: ${JSON.stringify({ revision })}\n\n`
}
