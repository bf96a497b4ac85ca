import {
  askMailboxCode,
  beginAuthenticator,
  confirmAuthenticator,
  confirmPrivateMailbox,
  dropPrivateMailbox,
  personSessionOf,
  removeAuthenticator,
} from '#authentication'
import { problem, ProblemError } from '#core'
import { qrRows } from '#documents'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { signedIn } from './ceremony-routes.ts'
import type { DeviceDeps } from './device-routes.ts'
import { sendDevices } from './device-routes.ts'
import { totpPage } from './devices-page.ts'
import { codePage } from './entry-pages.ts'
import type { FormState } from './own-pages.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { organisationIn } from './sign-in-sending.ts'
import { isRefusedCode } from './sign-in-routes.ts'
import { seeOther, sendPage } from './visitor.ts'

const config = { access: 'person' } as const
const clean: FormState = { values: {}, mistakes: [] }

/** Adds what a person sets of their own: a private mailbox, and an app with codes. A visit by a link sets neither. */
export function meansRoutes(scope: HttpServer, deps: DeviceDeps): void {
  mailboxRoutes(scope, deps)
  appRoutes(scope, deps)
}

function mailboxRoutes(scope: HttpServer, deps: DeviceDeps): void {
  scope.post('/my/devices/mailbox', { config, schema: { body: fields({ address: 254 }) } }, async (request, reply) => {
    const session = personSessionOf(request)
    const address = textsOf(request, ['address']).address.trim()
    const { devices } = (await signedIn(deps, request)).w.own
    const again = (text: string) => sendDevices(deps, request, reply.code(422), { values: { address }, mistakes: [{ text, field: 'address' }] })
    if (!/^\S+@\S+$/.test(address)) return again(devices.mailboxMissing)
    try {
      const { codeId } = await askMailboxCode(deps, session, address)
      return seeOther(reply, `/my/devices/mailbox/code?code=${codeId}`)
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'mailbox-is-work') return again(devices.mailboxIsWork)
      throw error
    }
  }) // prettier-ignore
  scope.get('/my/devices/mailbox/code', { config, schema: { querystring: anyQuery } }, async (request, reply) => {
    const codeId = organisationIn((request.query as { code?: unknown }).code)
    return codeId === null ? seeOther(reply, '/my/devices') : sendCode(deps, request, reply, codeId, clean)
  })
  scope.post('/my/devices/mailbox/code', { config, schema: { body: fields({ codeId: 36, code: 32 }) } }, async (request, reply) => {
    const sent = textsOf(request, ['codeId', 'code'])
    try {
      if (organisationIn(sent.codeId) === null) throw problem('code-refused')
      await confirmPrivateMailbox(deps, personSessionOf(request), sent)
    } catch (error) {
      if (!isRefusedCode(error)) throw error
      const { codeWrong } = (await signedIn(deps, request)).w.entry.signIn
      return sendCode(deps, request, reply.code(422), sent.codeId, { values: {}, mistakes: [{ text: codeWrong, field: 'code' }] })
    }
    return seeOther(reply, '/my/devices')
  }) // prettier-ignore
  scope.post('/my/devices/mailbox/remove', { config }, async (request, reply) => {
    await dropPrivateMailbox(deps, personSessionOf(request))
    return seeOther(reply, '/my/devices')
  })
}

async function sendCode(
  deps: DeviceDeps,
  request: AnyRequest,
  reply: AnyReply,
  codeId: string,
  form: FormState,
): Promise<AnyReply> {
  const visitor = await signedIn(deps, request)
  const { signIn } = visitor.w.entry
  const { devices } = visitor.w.own
  const page = codePage(
    {
      title: signIn.codeSentTitle,
      lead: signIn.codeSentOwn,
      label: signIn.code,
      hint: signIn.codeHint,
      digits: false,
      action: '/my/devices/mailbox/code',
      button: devices.mailboxConfirm,
      hidden: [{ name: 'codeId', value: codeId }],
      again: { text: signIn.noCode, href: '/my/devices' },
    },
    form,
    visitor.w,
  )
  return sendPage(request, reply, visitor, page, 'devices')
}

function appRoutes(scope: HttpServer, deps: DeviceDeps): void {
  // The secret exists in this one answer only, so nothing is redirected to: reloading it makes another.
  scope.post('/my/devices/totp', { config }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const { authenticatorId, secret, uri } = await beginAuthenticator(deps, personSessionOf(request))
    const page = totpPage({ text: secret, rows: qrRows(uri), authenticatorId }, visitor.w)
    return sendPage(request, reply, visitor, page, 'devices')
  })
  scope.post('/my/devices/totp/confirm', { config, schema: { body: fields({ authenticatorId: 36, code: 12 }) } }, async (request, reply) => {
    const sent = textsOf(request, ['authenticatorId', 'code'])
    try {
      if (organisationIn(sent.authenticatorId) === null) throw problem('code-refused')
      await confirmAuthenticator(deps, personSessionOf(request), { ...sent, code: sent.code.replaceAll(/\s/g, '') })
    } catch (error) {
      if (!isRefusedCode(error)) throw error
      return sendAppCode(deps, request, reply.code(422), sent.authenticatorId)
    }
    return seeOther(reply, '/my/devices')
  }) // prettier-ignore
  scope.post('/my/devices/totp/remove', { config, schema: { body: fields({ authenticatorId: 36 }) } }, async (request, reply) => {
    const { authenticatorId } = textsOf(request, ['authenticatorId'])
    if (organisationIn(authenticatorId) === null) throw problem('authenticator-not-found')
    await removeAuthenticator(deps, personSessionOf(request), authenticatorId)
    return seeOther(reply, '/my/devices')
  }) // prettier-ignore
}

async function sendAppCode(
  deps: DeviceDeps,
  request: AnyRequest,
  reply: AnyReply,
  authenticatorId: string,
): Promise<AnyReply> {
  const visitor = await signedIn(deps, request)
  const { devices } = visitor.w.own
  const page = codePage(
    {
      title: devices.totpStart,
      lead: devices.totpText,
      label: devices.totpCode,
      hint: devices.codeWrong,
      digits: true,
      action: '/my/devices/totp/confirm',
      button: devices.totpConfirm,
      hidden: [{ name: 'authenticatorId', value: authenticatorId }],
      again: { text: visitor.w.back, href: '/my/devices' },
    },
    { values: {}, mistakes: [{ text: devices.codeWrong, field: 'code' }] },
    visitor.w,
  )
  return sendPage(request, reply, visitor, page, 'devices')
}
