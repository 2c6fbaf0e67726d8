import { cable, duct, route, structure } from './network.ts'
import { premises } from './premises.ts'

/** Objects that are counted and measured: internal, many, changed by deliveries. Same shape as the kinds of facts. */
export const objectKinds = { premises, route, duct, cable, structure } as const

export type ObjectKindName = keyof typeof objectKinds
