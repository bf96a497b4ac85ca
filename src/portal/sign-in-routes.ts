import { askSignInCode, createRequestLimit, giveSession, signIn, userAgentOf } from '#authentication'
import { problem, ProblemError } from '#core'
import type { OrganisationId } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import type { RequestLimit } from '#authentication'
import type { ActDeps } from './act-sending.ts'
import { codePage } from './entry-pages.ts'
import type { FormState } from './own-pages.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { organisationIn, sendSignIn } from './sign-in-sending.ts'
import { ownPath, seeOther, sendPage, visitorOf } from './visitor.ts'
import type { Visitor } from './visitor.ts'

const open = { access: 'public' } as const
const fromOwnPage = { access: 'public', fromOwnPage: true } as const
const askFields = { organisation: 36, returnTo: 500, address: 254 } as const
const codeFields = { organisation: 36, returnTo: 500, codeId: 36, code: 32 } as const

/**
 * Adds signing in with a code to a mailbox: ask, fill in, go on. Whether an address is known is never told. Throws
 * `input-invalid` for a form that names no organisation.
 */
export function signInRoutes(scope: HttpServer, deps: ActDeps): void {
  const limit = createRequestLimit(deps.platform.clock)
  scope.get('/my/sign-in', { config: open, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await visitorOf(deps, request)
    return sendSignIn(deps, request, reply, visitor, { wasAsked: false })
  })
  scope.post('/my/sign-in', { config: fromOwnPage, schema: { body: fields(askFields) } }, async (request, reply) => {
    limit(request.ip)
    const sent = textsOf(request, ['organisation', 'returnTo', 'address'])
    const organisationId = requireOrganisation(sent.organisation)
    const address = sent.address.trim()
    if (!/^\S+@\S+$/.test(address)) {
      const visitor = await visitorOf(deps, request)
      const mistakes = [{ text: visitor.w.entry.signIn.addressMissing, field: 'address' }]
      const form = { values: { address }, mistakes }
      return sendSignIn(deps, request, reply.code(422), visitor, { ...sent, wasAsked: false, form })
    }
    const { codeId } = await askSignInCode(deps, organisationId, address)
    const query = new URLSearchParams({ organisation: organisationId, code: codeId, returnTo: ownPath(sent.returnTo) ?? '/my' })
    return seeOther(reply, `/my/sign-in/code?${query}`)
  }) // prettier-ignore
  codeRoutes(scope, deps, limit)
}

function requireOrganisation(text: string): OrganisationId {
  const organisationId = organisationIn(text)
  if (organisationId === null) throw problem('input-invalid')
  return organisationId
}

type Asked = { readonly organisation: string; readonly codeId: string; readonly returnTo: string }

function codeRoutes(scope: HttpServer, deps: ActDeps, limit: RequestLimit): void {
  scope.get('/my/sign-in/code', { config: open, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await visitorOf(deps, request)
    const query = request.query as { organisation?: unknown; code?: unknown; returnTo?: unknown }
    const organisation = requireOrganisation(String(query.organisation ?? ''))
    const codeId = organisationIn(query.code)
    if (codeId === null) return seeOther(reply, `/my/sign-in?organisation=${organisation}`)
    const asked = { organisation, codeId, returnTo: ownPath(String(query.returnTo ?? '')) ?? '/my' }
    return sendCodePage(request, reply, visitor, asked, { values: {}, mistakes: [] })
  })
  scope.post('/my/sign-in/code', { config: fromOwnPage, schema: { body: fields(codeFields) } }, async (request, reply) => {
    limit(request.ip)
    const sent = textsOf(request, ['organisation', 'returnTo', 'codeId', 'code'])
    const organisationId = requireOrganisation(sent.organisation)
    try {
      const attempt = { organisationId, codeId: sent.codeId, code: sent.code, userAgent: userAgentOf(request) }
      if (organisationIn(sent.codeId) === null) throw problem('code-refused')
      giveSession(request, reply, await signIn(deps, attempt))
    } catch (error) {
      if (!isRefusedCode(error)) throw error
      const visitor = await visitorOf(deps, request)
      const text = sent.code.trim() === '' ? visitor.w.entry.signIn.codeMissing : visitor.w.entry.signIn.codeWrong
      return sendCodePage(request, reply.code(422), visitor, sent, { values: {}, mistakes: [{ text, field: 'code' }] })
    }
    return seeOther(reply, ownPath(sent.returnTo) ?? '/my')
  }) // prettier-ignore
}

/** True for the one refusal of a code, whatever its reason. */
export function isRefusedCode(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'code-refused'
}

function sendCodePage(
  request: AnyRequest,
  reply: AnyReply,
  visitor: Visitor,
  { organisation, codeId, returnTo }: Asked,
  form: FormState,
): AnyReply {
  const words = visitor.w.entry.signIn
  const page = codePage(
    {
      title: words.codeSentTitle,
      lead: words.codeSent,
      label: words.code,
      hint: words.codeHint,
      digits: false,
      action: '/my/sign-in/code',
      button: words.enter,
      hidden: [
        { name: 'organisation', value: organisation },
        { name: 'codeId', value: codeId },
        { name: 'returnTo', value: returnTo },
      ],
      again: { text: words.noCode, href: `/my/sign-in?organisation=${organisation}` },
    },
    form,
    visitor.w,
  )
  return sendPage(request, reply, visitor, page)
}
