import { askOwnCode, sessionOf, stepUpByCode, stepUpByTotp } from '#authentication'
import { problem } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import type { ActDeps } from './act-sending.ts'
import { signedIn } from './ceremony-routes.ts'
import type { SignedIn } from './ceremony-routes.ts'
import { askPage, codePage } from './entry-pages.ts'
import type { FormState } from './own-pages.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { organisationIn } from './sign-in-sending.ts'
import { isRefusedCode } from './sign-in-routes.ts'
import { ownPath, seeOther, sendPage } from './visitor.ts'

const config = { access: 'person' } as const
const codeFields = { returnTo: 500, codeId: 36, code: 32 } as const
const clean: FormState = { values: {}, mistakes: [] }

/** Adds the ways to show better who one is, within the session that is there: a code to one's own mailbox, or of an app. */
export function proveRoutes(scope: HttpServer, deps: ActDeps): void {
  mailboxRoutes(scope, deps)
  appRoutes(scope, deps)
}

const backIn = (value: unknown): string => ownPath(String(value ?? '')) ?? '/my'
const queryOf = (request: AnyRequest): { returnTo?: unknown; code?: unknown } => request.query as object

function mailboxRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.get('/my/prove/mailbox', { config, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const returnTo = backIn(queryOf(request).returnTo)
    const { w } = visitor
    const page = askPage(w.own.devices.stepUpTitle, w.own.devices.stepUpMailbox, '/my/prove/mailbox', w.entry.signIn.sendCode, [{ name: 'returnTo', value: returnTo }]) // prettier-ignore
    return sendPage(request, reply, visitor, page)
  })
  scope.post('/my/prove/mailbox', { config, schema: { body: fields({ returnTo: 500 }) } }, async (request, reply) => {
    const { returnTo } = textsOf(request, ['returnTo'])
    const { codeId } = await askOwnCode(deps, sessionOf(request), 'private')
    return seeOther(reply, `/my/prove/code?${new URLSearchParams({ code: codeId, returnTo: backIn(returnTo) })}`)
  })
  scope.get('/my/prove/code', { config, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const { code, returnTo } = queryOf(request)
    const codeId = organisationIn(code)
    if (codeId === null) return seeOther(reply, backIn(returnTo))
    return sendCode(request, reply, visitor, { codeId, returnTo: backIn(returnTo) }, clean)
  })
  scope.post('/my/prove/code', { config, schema: { body: fields(codeFields) } }, async (request, reply) => {
    const sent = textsOf(request, ['returnTo', 'codeId', 'code'])
    return judged(deps, request, reply, sent, async () => {
      if (organisationIn(sent.codeId) === null) throw problem('code-refused')
      await stepUpByCode(deps, sessionOf(request), sent)
    })
  })
}

function appRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.get('/my/prove/app', { config, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    return sendCode(request, reply, visitor, { codeId: '', returnTo: backIn(queryOf(request).returnTo) }, clean)
  })
  scope.post('/my/prove/app', { config, schema: { body: fields(codeFields) } }, async (request, reply) => {
    const sent = { ...textsOf(request, ['returnTo', 'code']), codeId: '' }
    return judged(deps, request, reply, sent, async () => {
      await stepUpByTotp(deps, sessionOf(request), sent.code.replaceAll(/\s/g, ''))
    })
  })
}

type Sent = { readonly returnTo: string; readonly codeId: string; readonly code: string }

/** Leads back when the code was right, and asks again when it was not. */
async function judged(
  deps: ActDeps,
  request: AnyRequest,
  reply: AnyReply,
  sent: Sent,
  judge: () => Promise<void>,
): Promise<AnyReply> {
  try {
    await judge()
  } catch (error) {
    if (!isRefusedCode(error)) throw error
    const visitor = await signedIn(deps, request)
    const { devices } = visitor.w.own
    const text = sent.code.trim() === '' ? devices.codeMissing : sent.codeId === '' ? devices.codeWrong : visitor.w.entry.signIn.codeWrong // prettier-ignore
    const form = { values: {}, mistakes: [{ text, field: 'code' }] }
    return sendCode(request, reply.code(422), visitor, { ...sent, returnTo: backIn(sent.returnTo) }, form)
  }
  return seeOther(reply, backIn(sent.returnTo))
}

/** Asks for the code: of an app when no code was sent to a mailbox. */
function sendCode(
  request: AnyRequest,
  reply: AnyReply,
  visitor: SignedIn,
  { codeId, returnTo }: Pick<Sent, 'codeId' | 'returnTo'>,
  form: FormState,
): AnyReply {
  const { w } = visitor
  const { signIn } = w.entry
  const { devices } = w.own
  const app = codeId === ''
  const page = codePage(
    {
      title: app ? devices.stepUpTitle : signIn.codeSentTitle,
      lead: app ? devices.stepUpApp : signIn.codeSentOwn,
      label: app ? devices.totpCode : signIn.code,
      hint: app ? devices.totpText : signIn.codeHint,
      digits: app,
      action: app ? '/my/prove/app' : '/my/prove/code',
      button: signIn.enter,
      hidden: [
        ...(app ? [] : [{ name: 'codeId', value: codeId }]),
        { name: 'returnTo', value: returnTo },
      ],
      again: app ? null : { text: signIn.noCode, href: `/my/prove/mailbox?returnTo=${returnTo}` },
    },
    form,
    w,
  )
  return sendPage(request, reply, visitor, page)
}
