import { buildingLawRule } from './building-law-rule.ts'
import { deadlineRule } from './deadline-rule.ts'
import { department } from './department.ts'
import { districtBoundary } from './district-boundary.ts'
import { figure } from './figure.ts'
import { funding } from './funding.ts'
import { fundingFrame } from './funding-frame.ts'
import { letterTemplate } from './letter-template.ts'
import { milestone } from './milestone.ts'
import { page } from './page.ts'
import { programme } from './programme.ts'
import { section } from './section.ts'
import { spotRule } from './spot-rule.ts'
import { stage } from './stage.ts'
import { target } from './target.ts'
import { textModule } from './text-module.ts'

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
  department,
  deadline_rule: deadlineRule,
  building_law_rule: buildingLawRule,
  spot_rule: spotRule,
  text_module: textModule,
  letter_template: letterTemplate,
  funding_frame: fundingFrame,
} as const

export type FactKindName = keyof typeof factKinds
