import type { ActAnswer } from './act-answer.ts'

/**
 * The JSON of an answer, in ASCII: what lies beyond is escaped. A checkpoint holds a dash beyond Latin-1, and one such
 * character makes the engine keep, measure and send all six kilobytes in two bytes a character (decision 0107). The
 * parts that are base64url or the canonical text of an entry need no look at each of their characters.
 */
export function actAnswerText(answer: ActAnswer): string {
  const { receipt, ...act } = answer
  const members = [
    `"entryIndex":${receipt.entryIndex}`,
    `"treeSize":${receipt.treeSize}`,
    `"entry":${JSON.stringify(receipt.entry)}`,
    `"disclosures":${disclosuresText(receipt.disclosures)}`,
    `"tlogProof":${proofText(receipt.tlogProof)}`,
  ]
  return `${ascii(JSON.stringify(act)).slice(0, -1)},"receipt":{${members.join(',')}}}`
}

function disclosuresText(disclosures: ActAnswer['receipt']['disclosures']): string {
  if (disclosures.length === 0 || disclosures.includes(null)) return JSON.stringify(disclosures)
  return `["${disclosures.join('","')}"]`
}

/** Up to the checkpoint at its end a proof is lines of ASCII without a character that JSON escapes but their ends. */
function proofText(tlogProof: string): string {
  const bytes = Buffer.from(tlogProof, 'utf8')
  const end = bytes.indexOf('\n\n')
  const lines = bytes.toString('latin1', 0, end).replaceAll('\n', '\\n')
  return `"${lines}${ascii(JSON.stringify(bytes.toString('utf8', end))).slice(1)}`
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
