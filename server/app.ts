import express, { type Express, Router } from 'express'
import { mountAccounts } from './accounts/handlers.ts'
import type { Accounts } from './accounts/sessions.ts'
import { mountActivities } from './activities/handlers.ts'
import { mountAddresses } from './addresses/handlers.ts'
import type { AddressImports } from './addresses/jobs.ts'
import { mountCounts } from './counts/handlers.ts'
import { mountDeadZones } from './coverage/dead-zones.ts'
import { mountCoverage } from './coverage/handlers.ts'
import type { CoverageJobs } from './coverage/jobs.ts'
import { mountDeliveries } from './deliveries/handlers.ts'
import type { DeliveryJobs } from './deliveries/jobs.ts'
import { mountFacts, mountImports } from './facts/handlers.ts'
import { mountGisNb } from './gisnb/handlers.ts'
import type { AppContext } from './http/context.ts'
import { mountHealth } from './http/health.ts'
import { logError, logRequests } from './http/log.ts'
import { answerProblem, notFound } from './http/problem.ts'
import { publicRateLimit, securityHeaders } from './http/security.ts'
import { mountMail } from './mail/handlers.ts'
import { mountMobile } from './mobile/handlers.ts'
import { mountObjects } from './objects/handlers.ts'
import { mountOpenData } from './opendata/handlers.ts'
import { mountParticipation } from './participation/handlers.ts'
import { mountPortal, mountSite } from './portal/handlers.ts'
import { mountQuality } from './quality/handlers.ts'
import { mountCouncilReports } from './reports/council-handlers.ts'
import { mountProofs } from './reports/proofs.ts'
import { mountSchedule } from './schedule/handlers.ts'

/** The app: a table of contents of the capabilities, then not-found, then problems. */
export function createApp(
  context: AppContext & {
    sessions: Accounts
    addressImports: AddressImports
    coverageJobs: CoverageJobs
    deliveryJobs: DeliveryJobs
  },
): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.set('trust proxy', context.config.trustProxy)

  app.use(logRequests())
  app.use(securityHeaders(context.config))
  app.use(['/api', '/ogc', '/tiles'], publicRateLimit(context.config))

  const router = Router()
  mountHealth(router, context)
  mountImports(router, context)
  mountObjects(router, context)
  router.use('/api', express.json({ limit: context.config.bodyLimit }))
  mountAccounts(router, context)
  mountFacts(router, context)
  mountQuality(router, context)
  mountCounts(router, context)
  mountCouncilReports(router, context)
  mountGisNb(router, context)
  mountSchedule(router, context)
  mountProofs(router, context)
  mountMobile(router, context)
  mountActivities(router, context)
  mountAddresses(router, context)
  mountDeliveries(router, context)
  mountDeadZones(router, context)
  mountMail(router, context)
  mountParticipation(router, context)
  mountCoverage(router, context)
  mountPortal(router, context)
  mountOpenData(router, context)
  mountSite(router, context)
  app.use(router)

  app.use((request) => {
    throw notFound(`Die Adresse ${request.path}`)
  })
  app.use(answerProblem(logError))
  return app
}
