// The program of an examining process: reads a file that anybody may have made. It may read the verifier and this folder.
import { serveExaminations } from '#examination/program'
import { isAccepted, readTrust, verifyFile } from '#verification'
import type { Report } from '#verification'
import { identifyFile } from './file-identity.ts'

/** What is asked about a file. Pins are named as in a trust directory. */
export type Question =
  | { readonly kind: 'identify' }
  | { readonly kind: 'verify'; readonly pins: readonly { readonly name: string; readonly text: string }[] }

serveExaminations((asked, bytes) => {
  const question = asked as Question
  if (question.kind === 'identify') return identifyFile(bytes)
  const pins = question.pins.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }))
  return shortReport(verifyFile(bytes, 'document.pdf', readTrust(pins)))
})

/** The report without what stands in it for comparisons with other files. */
function shortReport(report: Report) {
  const places = report.leaves.map(({ origin, index, note }) => {
    const checkpoint = report.checkpoints.find((seen) => seen.note === note)
    return checkpoint === undefined ? [] : [{ origin, index, size: checkpoint.size, root: checkpoint.root }]
  })
  return {
    accepted: isAccepted(report),
    checks: report.checks,
    facts: report.facts,
    limits: report.limits,
    places: places.flat(),
  }
}
