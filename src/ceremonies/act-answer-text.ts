import type { ProofParts } from '#evidence'
import { splitProof } from '#evidence'
import type { ActAnswer } from './act-answer.ts'

/**
 * The JSON of an answer, in ASCII: what lies beyond is escaped. A checkpoint holds a dash beyond Latin-1, and one such
 * character makes the engine keep, measure and send all six kilobytes in two bytes a character (decision 0107). The
 * parts that are base64url or the canonical text of an entry need no look at each of their characters. A new act gives its
 * proof in its parts, so that it is never one wide text.
 */
export function actAnswerText(
  answer: ActAnswer,
  proof: ProofParts = splitProof(answer.receipt.tlogProof),
): string {
  const { receipt, ...act } = answer
  const members = [
    `"entryIndex":${receipt.entryIndex}`,
    `"treeSize":${receipt.treeSize}`,
    `"entry":${JSON.stringify(receipt.entry)}`,
    `"disclosures":${disclosuresText(receipt.disclosures)}`,
    `"tlogProof":${proofText(proof)}`,
  ]
  return `${ascii(JSON.stringify(act)).slice(0, -1)},"receipt":{${members.join(',')}}}`
}

function disclosuresText(disclosures: ActAnswer['receipt']['disclosures']): string {
  if (disclosures.length === 0 || disclosures.includes(null)) return JSON.stringify(disclosures)
  return `["${disclosures.join('","')}"]`
}

/** The lines are ASCII without a character that JSON escapes but their ends. */
function proofText({ lines, checkpoint }: ProofParts): string {
  return `"${lines.replaceAll('\n', '\\n')}\\n\\n${checkpointText(checkpoint)}"`
}

/** The last checkpoint that was escaped: all acts of a batch have the same one. */
let escaped = { checkpoint: '', text: '' }

function checkpointText(checkpoint: string): string {
  if (escaped.checkpoint !== checkpoint)
    escaped = { checkpoint, text: ascii(JSON.stringify(checkpoint)).slice(1, -1) }
  return escaped.text
}

/** JSON stays JSON when characters in its strings are escaped, and outside of strings it has none beyond ASCII. */
function ascii(json: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(json)) return json
  const escaped = json.replaceAll(/[\u0080-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  // Through bytes, because a text that came out of a wide one stays wide.
  return Buffer.from(escaped, 'latin1').toString('latin1')
}
