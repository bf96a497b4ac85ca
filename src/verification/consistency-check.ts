import type { Checkpoint } from './checkpoint.ts'
import { demandConsistency, parseHashLines } from './consistency-proof.ts'
import type { Findings } from './findings.ts'
import { demand } from './refusal.ts'

/** One pair is proof enough; a file made to hold thousands shall not fill the screen. */
const equivocationsMax = 20

type Signed = { readonly checkpoint: Checkpoint; readonly signed: boolean }

/**
 * Checks that an earlier checkpoint is the beginning of the dossier's. Two checkpoints that pinned keys signed and that
 * are not shown to continue each other are kept with both notes, for somebody to ask the log about.
 */
export function checkConsistency(
  findings: Findings,
  later: { readonly checkpoint: Checkpoint | undefined; readonly signed: boolean },
  earlier: Signed,
  proof: Uint8Array,
): boolean {
  const { checkpoint } = later
  const first = earlier.checkpoint
  const shown = findings.attempt(
    'consistency',
    () => {
      demand(checkpoint !== undefined, 'the checkpoint of the dossier could not be read')
      demand(first.origin === checkpoint.origin, 'the checkpoint is that of another log')
      demandConsistency({
        firstSize: first.size,
        firstRoot: first.root,
        secondSize: checkpoint.size,
        secondRoot: checkpoint.root,
        path: parseHashLines(proof),
      })
      return checkpoint
    },
    ({ size }) => `the tree of size ${first.size} is the beginning of that of size ${size}`,
  )
  const bothSigned = earlier.signed && later.signed && checkpoint !== undefined
  // Of equal sizes the roots say more than a proof: two signed ones are found as equivocation.
  const { equivocations } = findings.collected
  const room = equivocations.length < equivocationsMax
  if (shown === undefined && bothSigned && first.size !== checkpoint.size && room) {
    equivocations.push({
      sentence: `${first.origin} signed sizes ${first.size} and ${checkpoint.size}, and nothing shows that the one continues the other`,
      conclusive: false,
      first: { source: findings.place, note: first.note },
      second: { source: 'checkpoint', note: checkpoint.note },
    })
  }
  return shown !== undefined
}
