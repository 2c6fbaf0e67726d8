import solver from 'javascript-lp-solver'

/** What is publicly known of unknown whole numbers: a linear programme in the words of the solver. */
export interface Knowledge {
  optimize: string
  opType: 'min' | 'max'
  constraints: Record<string, Partial<Record<'equal' | 'min' | 'max', number>>>
  variables: Record<string, Record<string, number>>
}

// The types of the package are those of its CommonJS build.
const { Solve } = solver as unknown as { Solve(model: Knowledge): unknown }

export function newKnowledge(): Knowledge {
  return { optimize: 'goal', opType: 'min', constraints: {}, variables: {} }
}

/** The unknowns of which only one whole number fits what is known. Throws when nothing fits. */
export function determined(knowledge: Knowledge): string[] {
  const bound = (name: string, opType: 'min' | 'max') => {
    const variables = { ...knowledge.variables, [name]: { ...knowledge.variables[name], goal: 1 } }
    const found = Solve.call(solver, { ...knowledge, opType, variables }) as {
      feasible: boolean
      bounded: boolean
      result: number
    }
    if (!found.feasible) throw new Error(`the attacker contradicts himself at ${name}`)
    return found.bounded ? found.result : Number.POSITIVE_INFINITY
  }
  return Object.keys(knowledge.variables).filter(
    (name) => Math.floor(bound(name, 'max') + 1e-6) <= Math.ceil(bound(name, 'min') - 1e-6),
  )
}
