import type { Session } from '#authentication'
import { sessionOf, userAgentOf } from '#authentication'
import { sessionRequester } from '#ceremonies'
import { problem } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { strictObject, Uuid } from '#http'
import { beginEnrolment, endOwnCredential, enrolOwnCredential, listOwnCredentials } from '#signing'
import type { OwnCredential, SigningDeps } from '#signing'
import { signedIn } from './ceremony-routes.ts'
import type { SignedIn } from './ceremony-routes.ts'
import { devicesPage, revokePage } from './devices-page.ts'
import type { OwnPasskey } from './devices-page.ts'
import type { ActDeps } from './act-sending.ts'
import type { FormState } from './own-pages.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { enrolmentAnswerIn } from './device-answers.ts'
import { seeOther, sendPage } from './visitor.ts'

export type DeviceDeps = ActDeps & { readonly signing: SigningDeps }

const config = { access: 'person' } as const
const Params = strictObject({ signingCredentialId: Uuid })
const enrolFields = { credential: 80_000 } as const

/** Adds the page with the means by which a person is known, and what is done with passkeys there. */
export function deviceRoutes(scope: HttpServer, deps: DeviceDeps): void {
  pageRoute(scope, deps)
  enrolmentRoutes(scope, deps)
  revocationRoutes(scope, deps)
}

function pageRoute(scope: HttpServer, deps: DeviceDeps): void {
  scope.get('/my/devices', { config, schema: { querystring: anyQuery } }, async (request, reply) =>
    sendDevices(deps, request, reply, { values: {}, mistakes: [] }),
  )
}

/** Answers with the page of a person's own means, with what is wrong with what they typed there. */
export async function sendDevices(
  deps: DeviceDeps,
  request: AnyRequest,
  reply: AnyReply,
  form: FormState,
): Promise<AnyReply> {
  const visitor = await signedIn(deps, request)
  const means = {
    ...(await deps.means.own(visitor.session)),
    passkeys: await ownPasskeys(deps, visitor),
    signedIn: visitor.session.kind === 'person',
    ceremonyId: visitor.session.assignmentId,
  }
  return sendPage(request, reply, visitor, devicesPage(means, form, visitor.w), 'devices')
}

async function ownPasskeys(deps: DeviceDeps, visitor: SignedIn): Promise<OwnPasskey[]> {
  const own = await listOwnCredentials(deps.signing, visitor.session)
  return own.map((one) => toPasskey(one))
}

/** A passkey has no name of its own that the service keeps; the device says what it was made in. */
function toPasskey(one: OwnCredential): OwnPasskey {
  return {
    credentialId: one.signingCredentialId,
    label: deviceIn(one.userAgent),
    enrolledAt: one.enrolledAt,
    revokedAt: one.revokedAt,
    ready: one.anchored,
  }
}

/** A short name out of what a browser calls itself. */
export function deviceIn(userAgent: string): string {
  const browser = /(Firefox|Edg|OPR|SamsungBrowser|Chrome|Safari)/.exec(userAgent)?.[1]
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|CrOS|Linux)/.exec(userAgent)?.[1]
  const name = [browser?.replace('Edg', 'Edge').replace('OPR', 'Opera'), system?.replace('Mac OS X', 'Mac')]
  return name.filter((part) => part !== undefined).join(', ') || userAgent.slice(0, 60) || '?'
}

function enrolmentRoutes(scope: HttpServer, deps: DeviceDeps): void {
  const schema = { body: fields(enrolFields) }
  scope.post('/my/devices/passkeys/options', { config, schema }, async (request, reply) => {
    const { challengeId, options } = await beginEnrolment(deps.signing, await sessionRequester(deps, sessionOf(request), userAgentOf(request)))
    return reply.header('cache-control', 'no-store').send({ challengeId, options })
  })
  scope.post('/my/devices/passkeys', { config, schema }, async (request, reply) => {
    const session: Session = sessionOf(request)
    const requester = await sessionRequester(deps, session, userAgentOf(request))
    const { credential } = textsOf(request, ['credential'])
    const answer = enrolmentAnswerIn(credential)
    // What was refused when it began is refused again, and told as a page this time.
    if (answer === undefined) await beginEnrolment(deps.signing, requester)
    if (answer === undefined) throw problem('input-invalid')
    await enrolOwnCredential(deps.signing, requester, answer)
    return seeOther(reply, '/my/devices#passkeys')
  })
}

function revocationRoutes(scope: HttpServer, deps: DeviceDeps): void {
  const path = '/my/devices/passkeys/:signingCredentialId/revoke'
  scope.get(path, { config, schema: { params: Params, querystring: anyQuery } }, async (request, reply) => {
    const visitor = await signedIn(deps, request)
    const { signingCredentialId } = request.params
    const own = await ownPasskeys(deps, visitor)
    const passkey = own.find((one) => one.credentialId === signingCredentialId)
    if (passkey === undefined) throw problem('signing-credential-not-found')
    return sendPage(request, reply, visitor, revokePage(passkey, visitor.w), 'devices')
  })
  scope.post(path, { config, schema: { params: Params } }, async (request, reply) => {
    const requester = await sessionRequester(deps, sessionOf(request), userAgentOf(request))
    await endOwnCredential(deps.signing, requester, request.params.signingCredentialId)
    return seeOther(reply, '/my/devices')
  })
}
