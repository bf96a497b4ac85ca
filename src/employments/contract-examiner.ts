import { Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Examiner, ExaminerOptions } from '#examination'
import { createExaminer } from '#examination'
import { oneOf, strictObject } from '#http'

/** What an uploaded contract says on each page, or why that cannot be told. */
export type ContractReading =
  | { readonly kind: 'read'; readonly pages: readonly string[] }
  | {
      readonly kind: 'unreadable'
      readonly because: 'broken' | 'encrypted' | 'too-many-pages' | 'no-text'
      /** The pages on which nothing can be read. */
      readonly pages: readonly number[]
    }

export type ContractExaminer = Examiner<ContractReading>

// Bounds on everything: the process that answers read a hostile file.
const ReadAnswer = strictObject({
  kind: oneOf(['read']),
  pages: Type.Array(Type.String({ maxLength: 100_000 }), { minItems: 1, maxItems: 500 }),
})
const UnreadableAnswer = strictObject({
  kind: oneOf(['unreadable']),
  because: oneOf(['broken', 'encrypted', 'too-many-pages', 'no-text']),
  pages: Type.Array(Type.Integer({ minimum: 1, maximum: 500 }), { maxItems: 500 }),
})

function acceptReading(answer: unknown): ContractReading | undefined {
  if (Check(ReadAnswer, answer)) return answer
  return Check(UnreadableAnswer, answer) ? answer : undefined
}

const source = new URL('../', import.meta.url)

/** The processes in which uploaded contracts are read. `options` narrows the limits. */
export function createContractExaminer(
  options: Partial<ExaminerOptions<ContractReading>> = {},
): ContractExaminer {
  const library = import.meta.resolve('@libpdf/core')
  const packages = library.slice(0, library.indexOf('/node_modules/') + '/node_modules/'.length)
  return createExaminer({
    program: {
      entry: new URL('./contract-program.ts', import.meta.url),
      sources: [
        new URL('../package.json', source),
        new URL('./examination/', source),
        new URL('./page-text.ts', import.meta.url),
        new URL(packages),
      ],
    },
    accept: acceptReading,
    ...options,
  })
}
