import { endOwnSession, listSessions, personSessionOf } from '#authentication'
import { disputeAct } from '#denials'
import type { Ground } from '#denials'
import { civilDateIn } from '#core'
import type { ActId } from '#core'
import type { HttpServer } from '#http'
import { strictObject, Uuid } from '#http'
import type { AnyRequest } from '#http'
import type { ActDeps } from './act-sending.ts'
import { ownActOf } from './act-routes.ts'
import { hiddenIn } from './act-sending.ts'
import { signedIn } from './ceremony-routes.ts'
import { knownTo, sessionProof } from './known.ts'
import { noticePage } from './message-page.ts'
import { endSession } from './session-ending.ts'
import { obligationsPage } from './obligations-page.ts'
import { listObligations, listOwnActs, listOwnCeremonies } from './own-ceremonies.ts'
import { accountPage, disputeGrounds, disputePage, receiptsPage, todoPage } from './own-pages.ts'
import type { FormState } from './own-pages.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { seeOther, sendPage } from './visitor.ts'
import type { Words } from './words.ts'

const config = { access: 'person' } as const
const ActParams = strictObject({ actId: Uuid })

/** Adds what is one's own: what to do, proof, what applies now, sessions, and disputing an act. */
export function ownPageRoutes(scope: HttpServer, deps: ActDeps): void {
  listRoutes(scope, deps)
  sessionRoutes(scope, deps)
  disputeRoutes(scope, deps)
}

function listRoutes(scope: HttpServer, deps: ActDeps): void {
  const schema = { querystring: anyQuery }
  scope.get('/my', { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const { session, owner, w } = visitor
    if (session.kind === 'visit') return seeOther(reply, `/my/ceremonies/${session.assignmentId}`)
    const today = civilDateIn(deps.platform.clock())
    const page = todoPage(owner?.personName ?? '', await listOwnCeremonies(deps, visitor), today, w)
    return sendPage(request, reply, visitor, page, 'todo')
  })
  scope.get('/my/receipts', { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    personSessionOf(request)
    return sendPage(
      request,
      reply,
      visitor,
      receiptsPage(await listOwnActs(deps, visitor), visitor.w),
      'receipts',
    )
  })
  scope.get('/my/obligations', { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    personSessionOf(request)
    const today = civilDateIn(deps.platform.clock())
    const page = obligationsPage(await listObligations(deps, visitor, today), today, visitor.w)
    return sendPage(request, reply, visitor, page, 'obligations')
  })
}

function sessionRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.get('/my/account', { config, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const session = personSessionOf(request)
    const sessions = await deps.database.readInOrganisation(session.organisationId, (trx) =>
      listSessions(trx, session, deps.platform.clock()),
    )
    const own = sessions.map((one) => ({ since: one.createdAt, kind: one.kind, device: one.userAgent, current: one.isThis })) // prettier-ignore
    return sendPage(request, reply, visitor, accountPage(own, visitor.w), 'account')
  })
  scope.post('/my/sign-out-everywhere', { config }, async (request, reply) => {
    const session = personSessionOf(request)
    const others = await deps.database.readInOrganisation(session.organisationId, (trx) =>
      listSessions(trx, session, deps.platform.clock()),
    )
    for (const { sessionId } of others.filter((one) => !one.isThis))
      await endOwnSession(deps, session, sessionId)
    await endSession(deps, request, reply, session)
    return seeOther(reply, '/my/signed-out')
  })
}

const disputeFields = { ground: 20, words: 4_000 } as const
const wordsMax = 2_000

function disputeRoutes(scope: HttpServer, deps: ActDeps): void {
  const path = '/my/acts/:actId/dispute'
  const schema = { params: ActParams, querystring: anyQuery }
  const idOf = (request: AnyRequest): ActId => (request.params as { actId: string }).actId as ActId
  scope.get(path, { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const act = await ownActOf(deps, visitor, idOf(request))
    const page = disputePage(disputed(act), { values: {}, mistakes: [] }, visitor.w)
    return sendPage(request, reply, visitor, page, 'receipts')
  })
  scope.post(
    path,
    { config, schema: { params: ActParams, body: fields(disputeFields) } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const act = await ownActOf(deps, visitor, idOf(request))
      const values = textsOf(request, ['ground', 'words'])
      const mistakes = disputeMistakes(values, visitor.w)
      if (mistakes.length > 0) {
        const page = disputePage(disputed(act), { values, mistakes }, visitor.w)
        return sendPage(request, reply.code(422), visitor, page, 'receipts')
      }
      const { session, language } = visitor
      const { assurance, method, authentication } = sessionProof(await knownTo(deps, session), session)
      const known = {
        assurance,
        authentication,
        method: method === 'one-time-link' ? method : 'session',
      } as const
      const { organisationId, personId } = session
      const own = { organisationId, actId: act.actId, personId, known }
      await disputeAct(deps, own, { ground: values.ground as Ground, words: values.words, language })
      return seeOther(reply, `/my/acts/${act.actId}/disputed`)
    },
  )
  scope.get('/my/acts/:actId/disputed', { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const act = await ownActOf(deps, visitor, idOf(request))
    const { dispute } = visitor.w.own
    const page = noticePage(dispute.doneTitle, [dispute.doneText], {
      drawing: 'done',
      ways: [{ text: visitor.w.answering.seeProof, href: `/my/acts/${act.actId}`, kind: 'primary' }],
      consequences: dispute.consequences,
    })
    return sendPage(request, reply, visitor, page, 'receipts')
  })
}

function disputed(act: Awaited<ReturnType<typeof ownActOf>>) {
  const text = (name: string): string => {
    const value = act.facts.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { actId: act.actId, title: text('documentTitle'), statement: text('statement'), lang: act.language }
}

function disputeMistakes(
  values: { readonly ground: string; readonly words: string },
  w: Words,
): FormState['mistakes'] {
  const { dispute } = w.own
  return [
    ...((disputeGrounds as readonly string[]).includes(values.ground) ? [] : [{ text: dispute.groundMissing, field: 'ground-1' }]),
    ...(values.words.trim() === '' ? [{ text: dispute.wordsMissing, field: 'words' }] : []),
    ...(hiddenIn(values.words) === null ? [] : [{ text: w.answering.reasonRefused(hiddenIn(values.words)!), field: 'words' }]),
    ...(values.words.length > wordsMax ? [{ text: w.answering.reasonTooLong(wordsMax), field: 'words' }] : []),
  ] // prettier-ignore
}
