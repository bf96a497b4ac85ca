import { isAccepted, readTrust, verifyFile } from '#verification'

/**
 * What the offline verifier says of a file with these keys, named as in a trust directory; without what stands in a report for
 * comparisons with other files.
 */
export function shortReport(
  bytes: Buffer,
  pins: readonly { readonly name: string; readonly text: string }[],
) {
  const trust = readTrust(pins.map(({ name, text }) => ({ name, bytes: Buffer.from(text) })))
  const report = verifyFile(bytes, 'document.pdf', trust)
  const places = report.leaves.flatMap(({ origin, index, note }) => {
    const checkpoint = report.checkpoints.find((seen) => seen.note === note)
    return checkpoint === undefined ? [] : [{ origin, index, size: checkpoint.size, root: checkpoint.root }]
  })
  const { checks, facts, limits } = report
  return { accepted: isAccepted(report), checks, facts, limits, places }
}
