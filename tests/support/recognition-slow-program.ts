// The program of the service, but for files that say what goes wrong with them.
import { serveExaminations } from '#examination/program'
import { identifyFile } from '../../src/recognition/file-identity.ts'
import { shortReport } from '../../src/recognition/short-report.ts'

serveExaminations((question, bytes) => {
  const { kind } = question as { kind: string }
  const said = (what: string): boolean => bytes.includes(`${what} at ${kind}`)
  if (said('exit')) process.exit(0)
  for (let round = 0; said('hang'); round++) round %= 7
  if (kind === 'identify') return identifyFile(bytes)
  const report = shortReport(bytes, (question as { pins: [] }).pins)
  return said('lie') ? { ...report, accepted: true } : report
})
