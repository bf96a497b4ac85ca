import type { Session } from '#authentication'
import { sessionOf, userAgentOf } from '#authentication'
import {
  beginSignedAct,
  knownActor,
  readCeremonyDocument,
  reportMisdelivery,
  sessionRequester,
} from '#ceremonies'
import type { AssignmentId, DocumentId } from '#core'
import { problem } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { sendDownload, strictObject, Uuid } from '#http'
import type { ActDeps, SentAct } from './act-sending.ts'
import { commandOf, sendAct } from './act-sending.ts'
import { ceremonyPage } from './ceremony-page.ts'
import { openCeremony } from './ceremony-reading.ts'
import type { OpenedCeremony } from './ceremony-reading.ts'
import type { ShownCeremony } from './ceremony-values.ts'
import { confirmPage } from './confirm-page.ts'
import { momentInWords } from './format.ts'
import { messagePage, noticePage } from './message-page.ts'
import type { WayOn } from './message-page.ts'
import { misdeliveryPage } from './own-pages.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { endSession } from './session-ending.ts'
import { seeOther, sendPage, visitorOf } from './visitor.ts'
import type { Visitor } from './visitor.ts'

const config = { access: 'person' } as const
const Params = strictObject({ assignmentId: Uuid })
const DocumentParams = strictObject({ assignmentId: Uuid, documentId: Uuid })

export type SignedIn = Visitor & { readonly session: Session }

/** Who sent a request on a route for persons. */
export async function signedIn(deps: ActDeps, request: AnyRequest): Promise<SignedIn> {
  return { ...(await visitorOf(deps, request)), session: sessionOf(request) }
}

const idOf = (request: AnyRequest): AssignmentId =>
  (request.params as { assignmentId: string }).assignmentId as AssignmentId

/** Adds the pages of one ceremony: reading and choosing, confirming, its documents, and the way out for somebody else. */
export function ceremonyPageRoutes(scope: HttpServer, deps: ActDeps): void {
  readingRoute(scope, deps)
  confirmRoute(scope, deps)
  actRoute(scope, deps)
  documentRoute(scope, deps)
  misdeliveryRoutes(scope, deps)
}

function readingRoute(scope: HttpServer, deps: ActDeps): void {
  scope.get(
    '/my/ceremonies/:assignmentId',
    { config, schema: { params: Params, querystring: anyQuery } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const opened = await openCeremony(deps, request, visitor, idOf(request))
      return sendCeremony(request, reply, visitor, opened)
    },
  )
}

/** The ceremony as it stands: to be answered, answered, or ended. */
export function sendCeremony(
  request: AnyRequest,
  reply: AnyReply,
  visitor: SignedIn,
  { shown }: OpenedCeremony,
): AnyReply {
  const single = shown.statements.length === 1 ? shown.statements[0]?.act : null
  if (single) return seeOther(reply, `/my/acts/${single.actId}`)
  if (shown.state === 'open' || shown.state === 'acted')
    return sendPage(request, reply, visitor, ceremonyPage(shown, visitor.w))
  return sendPage(request, reply, visitor, endedPage(shown, visitor))
}

function endedPage(shown: ShownCeremony, { w, session }: SignedIn) {
  const person = session.kind === 'person'
  const toList: WayOn = person
    ? { text: w.toList, href: '/my', kind: 'quiet' }
    : { text: w.entry.signIn.title, href: '/my/sign-in', kind: 'quiet' }
  const toNewer: WayOn[] =
    shown.successorId === null
      ? []
      : [{ text: w.toNewer, href: `/my/ceremonies/${shown.successorId}`, kind: 'primary' }]
  const state = shown.state === 'open' || shown.state === 'acted' ? 'lapsed' : shown.state
  const until = state === 'expired' && shown.expiresAt !== null ? [w.worksUntil(momentInWords(shown.expiresAt, w.language))] : [] // prettier-ignore
  return messagePage(state, w, {
    more: [...until, w.about(shown.title, shown.organisationName)],
    ways: [...(person ? toNewer : []), toList],
  })
}

function confirmRoute(scope: HttpServer, deps: ActDeps): void {
  scope.get(
    '/my/ceremonies/:assignmentId/confirm',
    { config, schema: { params: Params, querystring: anyQuery } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const opened = await openCeremony(deps, request, visitor, idOf(request))
      const { shown } = opened
      const query = request.query as { statement?: unknown; choice?: unknown }
      const statement = shown.statements.find((one) => one.statementId === (query.statement ?? 'main'))
      if (shown.state !== 'open' || statement === undefined || statement.act !== null)
        return seeOther(reply, `/my/ceremonies/${shown.ceremonyId}`)
      const offer = statement.choices.find((one) => one.choice === query.choice)
      const waits = shown.answerFrom !== null || !shown.assurance.met
      if (offer === undefined || (waits && offer.choice !== 'declined')) {
        const text = offer === undefined ? visitor.w.answering.choiceMissing : waitingText(shown, visitor)
        return sendPage(request, reply.code(offer === undefined ? 400 : 409), visitor, ceremonyPage(shown, visitor.w, [{ text, field: 'answer' }])) // prettier-ignore
      }
      const key = deps.platform.randomBytes(16).toString('hex')
      const page = confirmPage(
        { ceremony: shown, statement, offer, reason: '', key, mistakes: [] },
        visitor.w,
      )
      return sendPage(request, reply, visitor, page)
    },
  )
}

function waitingText(shown: ShownCeremony, { w }: Visitor): string {
  if (!shown.assurance.met) return w.answering.neededTitle
  return w.answering.answerFromNote(timeOf(shown))
}

function timeOf({ answerFrom }: ShownCeremony): string {
  return answerFrom === null ? '' : momentInWords(answerFrom, 'nl').split(', ')[1]!
}

const actFields = { statement: 60, choice: 30, sentence: 2_000, documentSha256: 64, language: 2, key: 64, reason: 4_000, assertion: 80_000 } as const // prettier-ignore

const sentIn = (request: AnyRequest): SentAct =>
  textsOf(request, Object.keys(actFields) as (keyof typeof actFields)[])

function actRoute(scope: HttpServer, deps: ActDeps): void {
  const schema = { params: Params, body: fields(actFields) }
  scope.post('/my/ceremonies/:assignmentId/acts', { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    return sendAct(deps, request, reply, visitor, idOf(request), sentIn(request))
  })
  // For the script of the confirm page: what the device is to be asked. A refusal is told when the form itself is sent.
  scope.post('/my/ceremonies/:assignmentId/signing', { config, schema }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const { credential } = await openCeremony(deps, request, visitor, idOf(request))
    const requester = await sessionRequester(deps, visitor.session, userAgentOf(request))
    const actor = knownActor(credential, requester)
    const { challengeId, ask } = await beginSignedAct(
      deps,
      actor,
      'webauthn',
      commandOf(request, sentIn(request)),
    )
    if (ask.kind !== 'webauthn') throw problem('signing-unavailable')
    return reply.send({ challengeId, options: ask.options })
  })
}

function documentRoute(scope: HttpServer, deps: ActDeps): void {
  scope.get(
    '/my/ceremonies/:assignmentId/documents/:documentId',
    { config, schema: { params: DocumentParams } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const { organisationId } = visitor.session
      const { documentId } = request.params
      const { presentation, shown } = await openCeremony(deps, request, visitor, idOf(request))
      const document = await deps.database.readInOrganisation(organisationId, (trx) =>
        readCeremonyDocument(trx, organisationId, presentation.subject, {
          language: presentation.language,
          documentId: documentId as DocumentId,
        }),
      )
      const title = shown.documents.find((one) => one.documentId === documentId)?.title ?? shown.title
      return sendDownload(request, reply, { ...document, fileName: `${title}.pdf` })
    },
  )
}

function misdeliveryRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.get(
    '/my/ceremonies/:assignmentId/not-for-me',
    { config, schema: { params: Params, querystring: anyQuery } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const { shown } = await openCeremony(deps, request, visitor, idOf(request))
      const page = misdeliveryPage(shown.ceremonyId, shown.personName, visitor.w)
      return sendPage(request, reply, visitor, page)
    },
  )
  scope.post(
    '/my/ceremonies/:assignmentId/not-for-me',
    { config, schema: { params: Params } },
    async (request, reply) => {
      const visitor = await signedIn(deps, request)
      const { credential, shown } = await openCeremony(deps, request, visitor, idOf(request))
      if (shown.statements.some((one) => one.act !== null)) throw problem('already-acted')
      await reportMisdelivery(deps, credential)
      await endSession(deps, request, reply, visitor.session)
      return seeOther(reply, '/my/not-for-me')
    },
  )
  scope.get(
    '/my/not-for-me',
    { config: { access: 'public' }, schema: { querystring: anyQuery } },
    async (request, reply) => {
      const visitor = await visitorOf(deps, request)
      const { misdelivery } = visitor.w.own
      const page = noticePage(misdelivery.doneTitle, [misdelivery.doneText], { drawing: 'done', ways: [] })
      return sendPage(request, reply, visitor, page)
    },
  )
}
