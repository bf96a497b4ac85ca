import { problem } from '#core'
import type { CivilDate } from '#core'
import type { HttpServer } from '#http'
import { problemResponses } from '#http'
import { calculatePenalty, coverageOf, passSentence } from '#jurisdictions'
import type { Breach, Contact, CoverageClause } from '#jurisdictions'
import { branded } from './branded.ts'
import { CoverageRequest, CoverageShape, PenaltyRequest, PenaltyShape } from './legal-check-schemas.ts'

const tags = ['law']

/** Adds the two questions that are answered from what is asked alone: what a clause covers, and what a penalty comes to. */
export function legalQuestionRoutes(server: HttpServer): void {
  server.post(
    '/v1/contact-questions',
    {
      config: { access: { right: 'law.check' } },
      schema: {
        operationId: 'askContactCoverage',
        summary: 'Does a contact fall under a relatiebeding',
        description: 'Read narrowly; what the words leave open is for a lawyer. Nothing is kept.',
        tags,
        body: CoverageRequest,
        response: { 200: CoverageShape },
      },
    },
    async (request) => {
      const { clause, contact, lastDay } = request.body
      const found = coverageOf(branded<CoverageClause>(clause), branded<Contact>(contact), branded<CivilDate | null>(lastDay)) // prettier-ignore
      return { answer: found.answer, because: [...found.because], passMeans: passSentence }
    },
  )
  server.post(
    '/v1/penalty-calculations',
    {
      config: { access: { right: 'law.check' } },
      schema: {
        operationId: 'calculatePenalty',
        summary: 'What a penalty clause comes to for these breaches',
        description:
          'Arithmetic on the words of the clause, with what is known to make courts reduce. Nothing is kept.',
        tags,
        body: PenaltyRequest,
        response: { 200: PenaltyShape, ...problemResponses('breach-unfit') },
      },
    },
    async (request) => {
      const { terms, breaches } = request.body
      requireCountable(breaches)
      const found = calculatePenalty(terms, branded<readonly Breach[]>(breaches))
      return { ...found, lines: [...found.lines], arguments: [...found.arguments] }
    },
  )
}

function requireCountable(
  breaches: readonly { readonly id: string; readonly from: string; readonly until: string }[],
): void {
  const seen = new Set<string>()
  const errors = breaches.flatMap(({ id, from, until }, at) => {
    const twice = seen.has(id)
    seen.add(id)
    if (twice) return [{ code: 'identifier-twice', message: 'This identifier was used before.', pointer: `/breaches/${at}/id` }] // prettier-ignore
    if (until < from) return [{ code: 'ends-before-it-begins', message: 'This day is before `from`.', pointer: `/breaches/${at}/until` }] // prettier-ignore
    return []
  })
  if (errors.length > 0) throw problem('breach-unfit', { errors })
}
