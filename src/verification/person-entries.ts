import type { Json } from './canonical-json.ts'
import type { Findings } from './findings.ts'
import { demand } from './refusal.ts'

/** An act in a dossier about one person, as far as it says where it stands among that person's acts. */
export type PersonAct = {
  readonly index: number
  /** undefined if hidden. */
  readonly number: number | undefined
  readonly previous: Json | undefined
  /** Whether the number was erased; a withheld one fills no gap. */
  readonly erased: boolean
}

const namedMax = 20

/**
 * Checks that nobody's act was left out: the acts of one person are numbered from 1 and each names the one before. Acts
 * whose number was erased may stand in a gap, exactly as many as numbers are missing there. Acts after the highest number
 * that is shown cannot be missed by this: only somebody who knows of them can.
 */
export function checkPersonEntries(findings: Findings, acts: readonly PersonAct[], unread: number): void {
  const name = 'person’s entries'
  if (unread > 0) {
    findings.indeterminate(
      name,
      `the content of ${unread} entries could not be read, so nothing can be counted`,
    )
    return
  }
  if (acts.length === 0) return
  findings.attempt(
    name,
    () => {
      demandNumbers(acts)
      demandPrevious(acts)
      return acts
    },
    () => `${acts.length} acts of the person, numbered without a gap, each naming the one before`,
  )
}

function demandNumbers(acts: readonly PersonAct[]): void {
  const missing: number[] = []
  let withheld = 0
  let last = 0
  let erased = 0
  for (const { index, number, erased: isErased } of acts) {
    if (number === undefined) {
      if (isErased) erased++
      continue
    }
    demand(number > last, `entry ${index} is act ${number} of the person, after act ${last}`)
    const gap = number - last - 1
    demand(gap >= erased, `before act ${number} of the person stand ${erased} erased acts for ${gap} numbers`)
    withheld += gap - erased
    if (gap > erased) {
      for (let each = last + 1; each < number && missing.length < namedMax; each++) missing.push(each)
    }
    last = number
    erased = 0
  }
  const named = `${withheld} of the person’s acts ${missing.join(', ')}`
  demand(withheld === 0, `withheld record: ${named} are not among the entries, nor erased ones for them`)
}

/** Called when the numbers fit, so that the act before in the list is the act before in the count. */
function demandPrevious(acts: readonly PersonAct[]): void {
  let before: number | null = null
  for (const { index, number, previous, erased } of acts) {
    if (number === undefined && !erased) continue
    if (previous !== undefined) {
      const right = previous === before
      demand(
        right,
        `entry ${index} names entry ${JSON.stringify(previous)} as the person’s act before, not ${String(before)}`,
      )
    }
    before = index
  }
}
