import type { FactKindName } from '../../contract/facts/index.ts'
import type { Warning } from '../../contract/facts.ts'
import type { FieldError } from '../../http/problem.ts'
import { refusalsIn, warningsIn } from '../../http/remark.ts'
import { buildingLawRuleRules } from './building-law-rule.ts'
import { commonRemarks } from './common.ts'
import { deadlineRuleRules } from './deadline-rule.ts'
import { departmentRules } from './department.ts'
import { districtBoundaryRules } from './district-boundary.ts'
import { figureRules } from './figure.ts'
import { fundingRules } from './funding.ts'
import { fundingFrameRules } from './funding-frame.ts'
import { letterTemplateRules } from './letter-template.ts'
import { milestoneRules } from './milestone.ts'
import { pageRules } from './page.ts'
import { programmeRules } from './programme.ts'
import type { AnyCase, Case, Remark, Rule } from './remark.ts'
import { sectionRules } from './section.ts'
import { spotRuleRules } from './spot-rule.ts'
import { stageRules } from './stage.ts'
import { targetRules } from './target.ts'
import { textModuleRules } from './text-module.ts'

/** The rules of every kind: what is impossible and what is implausible. */
const rules: { readonly [K in FactKindName]: readonly Rule<K>[] } = {
  programme: programmeRules,
  section: sectionRules,
  stage: stageRules,
  target: targetRules,
  figure: figureRules,
  milestone: milestoneRules,
  funding: fundingRules,
  district_boundary: districtBoundaryRules,
  page: pageRules,
  department: departmentRules,
  deadline_rule: deadlineRuleRules,
  building_law_rule: buildingLawRuleRules,
  spot_rule: spotRuleRules,
  text_module: textModuleRules,
  letter_template: letterTemplateRules,
  funding_frame: fundingFrameRules,
}

export interface Judgement {
  refusals: FieldError[]
  warnings: Warning[]
}

/** What all rules say about a draft. */
export function judge(kind: FactKindName, one: AnyCase): Judgement {
  const own = (rules[kind] as readonly Rule<FactKindName>[]).flatMap((rule) => [...rule(one as unknown as Case)])
  return sortRemarks([...commonRemarks(kind, one), ...own])
}

export function sortRemarks(remarks: readonly Remark[]): Judgement {
  return { refusals: refusalsIn(remarks), warnings: warningsIn(remarks) }
}
