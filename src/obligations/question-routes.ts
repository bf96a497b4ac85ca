import { readAgreementFacts } from '#agreements'
import type { CivilDate, PersonId } from '#core'
import { problem, toCivilDate } from '#core'
import type { HttpServer, Paging } from '#http'
import { problemResponses } from '#http'
import type { Breach } from '#jurisdictions'
import { passSentence } from '#jurisdictions'
import type { CaptureDeps } from './capture-routes.ts'
import { PersonParams } from './capture-schemas.ts'
import { getCaptures } from './capture-store.ts'
import { readCase } from './case-view.ts'
import { coverageOfCase, overallAnswer } from './coverage-decisions.ts'
import { missingReasons } from './missing-decisions.ts'
import { missingClauses } from './missing-view.ts'
import { agreementAnswer, annexIdentity } from './obligation-answer.ts'
import { DayQuery } from './obligation-schemas.ts'
import { penaltiesOfCase } from './penalty-decisions.ts'
import { ContactAnswer, ContactQuestion, MissingPage, MissingQuery, PenaltyAnswer, PenaltyQuestion, TermsAnswer } from './question-schemas.ts' // prettier-ignore
import { termsOfCase } from './terms-decisions.ts'

export type QuestionDeps = CaptureDeps & { readonly paging: Paging }

const tags = ['obligations']
const config = { access: { right: 'obligation.read' } } as const

/** Adds the questions about clauses: what they cover, until when they run, what a breach comes to, and who has none. */
export function questionRoutes(server: HttpServer, deps: QuestionDeps): void {
  contactRoute(server, deps)
  termsRoute(server, deps)
  penaltyRoute(server, deps)
  missingRoute(server, deps)
}

function contactRoute(server: HttpServer, { platform, database }: QuestionDeps): void {
  server.post(
    '/v1/persons/:personId/contact-questions',
    {
      config,
      schema: {
        operationId: 'askContactOfPerson',
        summary: 'Does this contact fall under a clause of this person',
        description:
          'Read narrowly from the clauses as they were signed and the list of relations as it stood on the last day; what the words leave open is for a lawyer. Nothing is kept; captures are kept before and named here.',
        tags,
        params: PersonParams,
        body: ContactQuestion,
        response: { 200: ContactAnswer, ...problemResponses('person-not-found', 'capture-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const contact = { ...request.body.contact, on: toCivilDate(request.body.contact.on) }
      return database.readInOrganisation(organisationId, async (trx) => {
        const asked = await readCase(trx, organisationId, personId, contact.on, platform.clock())
        const captures = await getCaptures(trx, organisationId, personId, request.body.captureIds)
        const found = coverageOfCase(asked, contact)
        return {
          answer: overallAnswer(found),
          clauses: found.map(({ agreement, standing, clause, lastDay, list, answer, because }) => ({
            annex: annexIdentity(standing),
            clause,
            agreement: agreementAnswer(agreement.agreement),
            lastDay,
            relationList: list === null ? null : annexIdentity(list),
            answer,
            because: [...because],
            caveats: caveatsOf(lastDay?.seriousFault),
          })),
          captures,
        }
      })
    },
  )
}

function caveatsOf(seriousFault: string | undefined) {
  if (seriousFault === 'employer')
    return [{ nl: 'Volgens de vastlegging eindigde het dienstverband door ernstig verwijtbaar handelen van de werkgever; dan heeft hij geen rechten uit het beding (art. 7:653 lid 4 BW).', en: 'As recorded, the employment ended through serious fault of the employer, who then has no rights under the clause (art. 7:653 lid 4 BW).' }] // prettier-ignore
  if (seriousFault === 'disputed')
    return [{ nl: 'Wiens schuld het einde is, is in geschil (art. 7:653 lid 4 BW).', en: 'Whose fault the end is, is disputed (art. 7:653 lid 4 BW).' }] // prettier-ignore
  return []
}

function termsRoute(server: HttpServer, { platform, database }: QuestionDeps): void {
  server.get(
    '/v1/persons/:personId/terms',
    {
      config,
      schema: {
        operationId: 'getTermsOfPerson',
        summary: 'Until when each clause runs, and what the list of relations said on the last day',
        tags,
        params: PersonParams,
        querystring: DayQuery,
        response: { 200: TermsAnswer, ...problemResponses('person-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const on = toCivilDate(request.query.on)
      return database.readInOrganisation(organisationId, async (trx) => {
        const asked = await readCase(trx, organisationId, personId, on, platform.clock())
        return {
          on,
          clauses: termsOfCase(asked).map(({ agreement, standing, list, ...term }) => ({
            annex: annexIdentity(standing),
            agreement: agreementAnswer(agreement.agreement),
            ...term,
            relationList:
              list === null
                ? null
                : {
                    annex: annexIdentity(list),
                    relations: [...(asked.annexes.get(list.annex.annexId)?.content?.relations ?? [])],
                  },
          })),
        }
      })
    },
  )
}

function penaltyRoute(server: HttpServer, { platform, database }: QuestionDeps): void {
  server.post(
    '/v1/persons/:personId/penalty-questions',
    {
      config,
      schema: {
        operationId: 'askPenaltyOfPerson',
        summary: 'What the penalty would be for these breaches',
        description:
          'Arithmetic on the boetebeding as it was signed, with the wage and the minimum wage on the day of signing and of the first breach, what the rules about fines say, and what is known to make courts reduce. Nothing is kept.',
        tags,
        params: PersonParams,
        body: PenaltyQuestion,
        response: {
          200: PenaltyAnswer,
          ...problemResponses('person-not-found', 'capture-not-found', 'breach-unfit'),
        },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const personId = request.params.personId as PersonId
      const { breaches } = request.body
      requireCountable(breaches)
      const on = breaches.map(({ from }) => toCivilDate(from)).toSorted()[0]!
      const knownAt = platform.clock()
      return database.readInOrganisation(organisationId, async (trx) => {
        const asked = await readCase(trx, organisationId, personId, on, knownAt)
        const ids = [...new Set(breaches.flatMap(({ captureId }) => captureId ?? []))]
        const captures = await getCaptures(trx, organisationId, personId, ids)
        const shown = new Map(captures.map(({ captureId, sha256, capturedOn }) => [captureId, { sha256, on: capturedOn }])) // prettier-ignore
        const counted = breaches.map(({ captureId, id, from, until }): Breach => ({
          id,
          from: from as CivilDate,
          until: until as CivilDate,
          capture: captureId === null ? null : shown.get(captureId)!,
        }))
        const agreementIds = asked.standing.map(({ agreement }) => agreement.agreementId)
        const facts = await readAgreementFacts(trx, organisationId, agreementIds, { on, knownAt })
        return {
          clauses: penaltiesOfCase(asked, counted, facts).map(({ agreement, standing, ...found }) => ({
            ...found,
            annex: annexIdentity(standing),
            agreement: agreementAnswer(agreement.agreement),
            coveredClauses: [...found.coveredClauses],
            calculation: found.calculation === null ? null : { ...found.calculation, lines: [...found.calculation.lines], arguments: [...found.calculation.arguments] }, // prettier-ignore
            findings: found.findings.map(({ ruleId, result, message }) => ({ ruleId, result, message })),
          })),
          captures,
          passMeans: passSentence,
        }
      })
    },
  )
}

function requireCountable(
  breaches: readonly { readonly id: string; readonly from: string; readonly until: string }[],
): void {
  // prettier-ignore
  const errors = breaches.flatMap(({ id, from, until }, at) => [
    ...(breaches.findIndex((other) => other.id === id) < at ? [{ code: 'identifier-twice', message: 'This identifier was used before.', pointer: `/breaches/${at}/id` }] : []), // prettier-ignore
    ...(until < from ? [{ code: 'ends-before-it-begins', message: 'This day is before `from`.', pointer: `/breaches/${at}/until` }] : []), // prettier-ignore
  ])
  if (errors.length > 0) throw problem('breach-unfit', { errors })
}

function missingRoute(server: HttpServer, { database, paging }: QuestionDeps): void {
  server.get(
    '/v1/missing-clauses',
    {
      config,
      schema: {
        operationId: 'listMissingClauses',
        summary: 'Who has no valid clause of a kind, why, and what would mend it',
        description:
          'From what is kept; nothing is evaluated anew. A page looks at up to 200 persons and can hold fewer, or none, and still have a next one.',
        tags,
        querystring: MissingQuery,
        response: { 200: MissingPage },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { kind, on } = request.query
      const page = await database.readInOrganisation(organisationId, (trx) =>
        missingClauses(trx, organisationId, { kind, on: toCivilDate(on) }, paging.read(request)),
      )
      const items = page.items.map((item) => ({
        ...item,
        reasons: item.reasons.map((code) => ({ code, ...missingReasons[code] })),
        failedRules: [...item.failedRules],
        agreementIds: [...item.agreementIds],
      }))
      return paging.answer(request, reply, { items, next: page.next })
    },
  )
}
