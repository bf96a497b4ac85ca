import { userAgentOf } from '#authentication'
import { beginSignedAct, knownActor, sessionRequester, signedProof } from '#ceremonies'
import type { Choice } from '#ceremonies'
import type { AssignmentId } from '#core'
import { problem, ProblemError, sha256 } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { strictObject, Uuid } from '#http'
import { openDeclaration, signingProviderOf } from '#signing'
import type { ActDeps, SentAct } from './act-sending.ts'
import { commandOf, mistakeIn } from './act-sending.ts'
import { openCeremony } from './ceremony-reading.ts'
import type { OpenedCeremony } from './ceremony-reading.ts'
import { signedIn } from './ceremony-routes.ts'
import type { SignedIn } from './ceremony-routes.ts'
import { mainDocumentOf } from './confirm-page.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { leavingPage, notSignedPage, qualifiedPage, returnPage } from './qualified-pages.ts'
import { seeOther, sendPage } from './visitor.ts'

const config = { access: 'person' } as const
const params = strictObject({ assignmentId: Uuid })

type Visit = OpenedCeremony & { readonly visitor: SignedIn; readonly provider: string }

/** Adds signing at a trust service: choosing, going there, coming back, and having it recorded. Works without script. */
export function qualifiedRoutes(scope: HttpServer, deps: ActDeps): void {
  choosingRoutes(scope, deps)
  returningRoutes(scope, deps)
}

const choiceFields = { statement: 60, choice: 30, reason: 4_000 } as const
const choiceNames = ['statement', 'choice', 'reason'] as const

function choosingRoutes(scope: HttpServer, deps: ActDeps): void {
  const path = '/my/ceremonies/:assignmentId/qualified'
  scope.get(path, { config, schema: { params, querystring: anyQuery } }, (request, reply) =>
    told(deps, request, reply, async (visit) => {
      const { shown, visitor, provider } = visit
      const wanted = (request.query as { statement?: unknown }).statement ?? 'main'
      const statement = shown.statements.find((one) => one.statementId === wanted && one.act === null)
      if (statement === undefined || shown.state !== 'open')
        return seeOther(reply, `/my/ceremonies/${shown.ceremonyId}`)
      const page = qualifiedPage(
        { ceremony: shown, statement, provider, chosen: '', reason: '', mistakes: [] },
        visitor.w,
      )
      return sendPage(request, reply, visitor, page)
    }),
  )
  scope.post(path, { config, schema: { params, body: fields(choiceFields) } }, (request, reply) =>
    told(deps, request, reply, async (visit) => {
      const { shown, visitor, provider } = visit
      const sent = textsOf(request, choiceNames)
      const statement = shown.statements.find((one) => one.statementId === sent.statement)
      const offer = statement?.choices.find((one) => one.choice === sent.choice)
      if (statement === undefined || offer === undefined) throw problem('input-invalid')
      const remark = offer.choice === 'agreed' && sent.reason.trim() !== ''
      const mistake = remark
        ? { text: visitor.w.answering.agreedNoRemark, field: 'reason' as const }
        : mistakeIn(offer, sent.reason, visitor.w)
      if (mistake !== null) {
        const form = { chosen: sent.choice, reason: sent.reason, mistakes: [mistake] }
        return sendPage(
          request,
          reply.code(422),
          visitor,
          qualifiedPage({ ceremony: shown, statement, provider, ...form }, visitor.w),
        )
      }
      const act = {
        ...sent,
        sentence: offer.statement,
        language: shown.language,
        documentSha256: mainDocumentOf(shown)?.sha256 ?? '',
        key: '',
        assertion: '',
      }
      const begun = await beginSignedAct(
        deps,
        await actorOf(deps, request, visit),
        'csc',
        commandOf(request, act),
      )
      if (begun.ask.kind !== 'redirect') throw problem('signing-unavailable')
      return sendPage(request, reply, visitor, leavingPage(shown, provider, begun.ask.url, visitor.w))
    }),
  )
}

const answerFields = { challengeId: 36, code: 2_048, state: 200, iss: 2_048, error: 100 } as const
const answerNames = ['challengeId', 'code', 'state', 'iss', 'error'] as const

function returningRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.get(
    '/my/ceremonies/:assignmentId/signing',
    { config, schema: { params, querystring: anyQuery } },
    (request, reply) =>
      told(deps, request, reply, async (visit) => {
        const { shown, visitor } = visit
        const query = request.query as Readonly<Record<string, unknown>>
        const hidden = answerNames.flatMap((name) => {
          const value = query[name]
          return typeof value === 'string' && value.length <= answerFields[name] ? [{ name, value }] : []
        })
        if (query['error'] !== undefined) throw problem('signing-not-authorised')
        const { statement } = await declarationOf(
          deps,
          request,
          visit,
          typeof query['challengeId'] === 'string' ? query['challengeId'] : '',
        )
        return sendPage(request, reply, visitor, returnPage(shown, statement, hidden, visitor.w))
      }),
  )
  const body = fields(answerFields)
  scope.post(
    '/my/ceremonies/:assignmentId/qualified/acts',
    { config, schema: { params, body } },
    (request, reply) =>
      told(deps, request, reply, async (visit) => {
        const { challengeId, ...given } = textsOf(request, answerNames)
        const response = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
        const declaration = await declarationOf(deps, request, visit, challengeId)
        const sent: SentAct = {
          statement: declaration.statementId,
          choice: declaration.choice as Choice,
          sentence: declaration.statement,
          language: declaration.language,
          reason: declaration.reason ?? '',
          documentSha256: mainDocumentOf(visit.shown)?.sha256 ?? '',
          key: challengeId.replaceAll('-', ''),
          assertion: '',
        }
        const command = commandOf(request, sent)
        const actor = await actorOf(deps, request, visit)
        const proof = await signedProof(deps, actor, 'csc', { challengeId, response })
        const fingerprint = sha256(JSON.stringify(['csc', challengeId]))
        const result = await deps.writer.submit({
          ...visit.credential,
          idempotencyKey: sent.key,
          fingerprint,
          command,
          proof,
        })
        if (result.kind === 'refused') throw result.problem
        return seeOther(reply, `/my/acts/${result.answer.actId}?shown=now`)
      }),
  )
}

async function actorOf(deps: ActDeps, request: AnyRequest, { credential, visitor }: Visit) {
  return knownActor(credential, await sessionRequester(deps, visitor.session, userAgentOf(request)))
}

async function declarationOf(deps: ActDeps, request: AnyRequest, { visitor }: Visit, challengeId: string) {
  const requester = await sessionRequester(deps, visitor.session, userAgentOf(request))
  return openDeclaration(deps.signing, requester, challengeId)
}

/** Opens the ceremony for its person; a refusal that is about signing is told with its reason and a way to begin again. */
async function told(
  deps: ActDeps,
  request: AnyRequest,
  reply: AnyReply,
  work: (visit: Visit) => Promise<AnyReply>,
): Promise<AnyReply> {
  const visitor = await signedIn(deps, request)
  const { assignmentId } = request.params as { assignmentId: string }
  try {
    const { organisationId } = visitor.session
    const provider = await deps.database.readInOrganisation(organisationId, (trx) =>
      signingProviderOf(trx, organisationId),
    )
    if (provider === undefined) throw problem('signing-provider-missing')
    const opened = await openCeremony(deps, request, visitor, assignmentId as AssignmentId)
    return await work({ ...opened, visitor, provider })
  } catch (error) {
    const page =
      error instanceof ProblemError ? notSignedPage(assignmentId, error.code, visitor.w) : undefined
    if (page === undefined) throw error
    return sendPage(request, reply.code((error as ProblemError).status), visitor, page)
  }
}
