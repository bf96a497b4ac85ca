import { createExaminer } from '#examination'
import type { Examiner, ExaminerOptions } from '#examination'
import { acceptAnswer } from './program-answers.ts'
import type { ProgramAnswer } from './program-answers.ts'

export type DocumentExaminer = Examiner<ProgramAnswer>

const source = new URL('../', import.meta.url)

/** The processes in which uploaded PDFs are read. `options` narrows the limits, or puts another program in the place. */
export function createDocumentExaminer(
  options: Partial<ExaminerOptions<ProgramAnswer>> = {},
): DocumentExaminer {
  return createExaminer({
    program: {
      entry: new URL('./recognition-program.ts', import.meta.url),
      sources: [
        new URL('../package.json', source),
        new URL('./examination/', source),
        new URL('./recognition/', source),
        new URL('./verification/', source),
      ],
    },
    accept: acceptAnswer,
    ...options,
  })
}
