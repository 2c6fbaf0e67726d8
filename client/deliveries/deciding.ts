import { type Decision, type DeliveryRow, decideRows, type Judgement, mendRow } from '../../server/contract/deliveries.ts'
import { explain } from '../ui/notice.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { readAgain } from './data.ts'
import { decisionWords, number, rowCount } from './words.ts'

/** Which rows are meant: these, or all of a judgement, or those of it for one reason. */
export type Meant = { rows: number[] } | { judgement: Judgement; reason?: string }

/** Decides on rows; says what has been done, or why it could not be. */
export async function decide(id: number, decision: Decision, meant: Meant): Promise<boolean> {
  try {
    await ask(decideRows, { params: { id }, body: { decision, ...meant } })
    const [row] = 'rows' in meant ? meant.rows : []
    if (row !== undefined && 'rows' in meant && meant.rows.length === 1)
      announce(`Zeile ${number(row)}: ${decisionWords[decision]}`)
    else toast(`${'rows' in meant ? rowCount(meant.rows.length) : 'Alle'}: ${decisionWords[decision]}`)
    await readAgain()
    return true
  } catch (error) {
    toast(explain(error), 'danger')
    return false
  }
}

/** Mends a row, which is judged anew; throws when the server refuses. */
export async function mend(
  id: number,
  { row }: DeliveryRow,
  change: { addressId: string } | { values: Record<string, string> },
): Promise<void> {
  const mended = await ask(mendRow, { params: { id, row }, body: change })
  announce(`Zeile ${number(row)} ist berichtigt: ${mended.label}`)
  await readAgain()
}
