// The program of an examining process: reads a file that anybody may have made. It may read the verifier and this folder.
import { serveExaminations } from '#examination/program'
import { identifyFile } from './file-identity.ts'
import { shortReport } from './short-report.ts'

/** What is asked about a file. */
type Question =
  | { readonly kind: 'identify' }
  | { readonly kind: 'verify'; readonly pins: readonly { readonly name: string; readonly text: string }[] }

serveExaminations((asked, bytes) => {
  const question = asked as Question
  return question.kind === 'identify' ? identifyFile(bytes) : shortReport(bytes, question.pins)
})
