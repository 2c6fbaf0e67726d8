import * as administration from './account-administration.ts'
import * as accounts from './accounts.ts'
import * as activities from './activities.ts'
import * as addresses from './addresses.ts'
import * as councilReports from './council-reports.ts'
import * as counts from './counts.ts'
import * as coverage from './coverage.ts'
import * as deadZones from './dead-zones.ts'
import * as deliveries from './deliveries.ts'
import type { Endpoint } from './endpoint.ts'
import * as exported from './exports.ts'
import * as facts from './facts.ts'
import * as gisnb from './gisnb.ts'
import * as mail from './mail.ts'
import * as mobile from './mobile.ts'
import * as objects from './objects.ts'
import * as ogc from './ogc.ts'
import * as openData from './opendata.ts'
import * as participation from './participation.ts'
import * as portal from './portal.ts'
import * as portalMobile from './portal-mobile.ts'
import * as proofs from './proofs.ts'
import * as quality from './quality.ts'
import * as schedule from './schedule.ts'
import * as statements from './statements.ts'

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
}

/** Every endpoint of the product; OpenAPI and the sweeping tests derive from it. */
export const endpoints: readonly Endpoint[] = [
  addresses,
  portal,
  portalMobile,
  ogc,
  openData,
  facts,
  objects,
  mobile,
  quality,
  counts,
  coverage,
  councilReports,
  deliveries,
  deadZones,
  exported,
  gisnb,
  mail,
  schedule,
  proofs,
  participation,
  statements,
  accounts,
  administration,
  activities,
].flatMap((capability) => Object.values<unknown>(capability).flat().filter(isEndpoint))
