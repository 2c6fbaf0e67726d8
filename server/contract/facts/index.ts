import { districtBoundary } from './district-boundary.ts'
import { figure } from './figure.ts'
import { funding } from './funding.ts'
import { milestone } from './milestone.ts'
import { page } from './page.ts'
import { programme } from './programme.ts'
import { section } from './section.ts'
import { stage } from './stage.ts'
import { target } from './target.ts'

/** Every kind of fact the city keeps. */
export const factKinds = {
  programme,
  section,
  stage,
  target,
  figure,
  milestone,
  funding,
  district_boundary: districtBoundary,
  page,
} as const

export type FactKindName = keyof typeof factKinds
