import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { isUuid, problem, type OrganisationId } from '#core'
import type { AnyReply, AnyRequest, HttpServer, PageContent } from '#http'
import {
  cookieHeader,
  pageLanguageOf,
  readCookie,
  requireSameOrigin,
  sendPage,
  strictObject,
  Uuid,
} from '#http'
import {
  answerOf,
  beginSignIn,
  callbackQuery,
  completeSignIn,
  listSignOnChoices,
  redirectUriOf,
  sendSignedIn,
  sendToProvider,
  useSignInPages,
  type SignOnDeps,
} from '#single-sign-on'
import { isOpen } from './matter-decisions.ts'
import { getMatter, listHeldAccess } from './matter-store.ts'
import { sessionMax_ms } from './session-decisions.ts'
import { endSessions } from './session-store.ts'
import { signInStaff } from './sign-in-actions.ts'
import { presentSession, type PresentSession } from './staff-authority.ts'
import {
  choicesView,
  organisationView,
  signedOutView,
  staffView,
  type OpenMatter,
} from './staff-page-view.ts'
import { staffTexts } from './staff-texts.ts'
import { staffCookie } from './staff.ts'

const config = { access: 'public' } as const
const tags = ['staff']
const css = readFileSync(new URL('./assets/staff.css', import.meta.url))
const release = createHash('sha256').update(css).digest('hex').slice(0, 16)
const style = `/staff/assets/${release}/staff.css`

const SignInQuery = strictObject({ organisation: Type.Optional(Type.String({ maxLength: 64 })) })
const AssetParams = strictObject({
  release: Type.String({ maxLength: 64 }),
  file: Type.String({ maxLength: 64 }),
})

/** Adds the pages of staff: sign in, who am I, step up, sign out. They work without any script. */
export function staffPageRoutes(server: HttpServer, deps: SignOnDeps): void {
  server.register(async (scope: HttpServer) => {
    useSignInPages(scope, deps.platform)
    // A form without fields, as the button for signing out sends it.
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer', bodyLimit: 1_024 }, (_request, _bytes, done) => done(null, undefined)) // prettier-ignore
    homeRoute(scope, deps)
    signInRoutes(scope, deps)
    callbackRoute(scope, deps)
    stepUpRoute(scope, deps)
    signOutRoute(scope, deps)
    assetRoute(scope)
  })
}

function page(request: AnyRequest, reply: AnyReply, content: Pick<PageContent, 'title' | 'main'>): AnyReply {
  return sendPage(reply, { ...content, language: pageLanguageOf(request), style })
}

function homeRoute(scope: HttpServer, deps: SignOnDeps): void {
  scope.get('/staff', { config, schema: { tags } }, async (request, reply) => {
    const session = await presentSession(deps, request)
    if (session === undefined) return reply.code(303).header('location', '/staff/sign-in').send()
    const language = pageLanguageOf(request)
    const main = staffView(language, session, await openMatters(deps, session))
    return page(request, reply, { title: staffTexts[language].title, main })
  })
}

async function openMatters(
  { platform, database }: SignOnDeps,
  session: PresentSession,
): Promise<OpenMatter[]> {
  const { organisationId, clientId, role } = session
  if (role !== 'lawyer') return []
  return database.readInOrganisation(organisationId, async (trx) => {
    const held = await listHeldAccess(trx, organisationId, clientId)
    const open = held.filter((access) => isOpen(access, platform.clock()))
    const matters: OpenMatter[] = []
    for (const access of open) {
      const { title } = await getMatter(trx, organisationId, access.matterId)
      matters.push({ ...access, title })
    }
    return matters
  })
}

function signInRoutes(scope: HttpServer, deps: SignOnDeps): void {
  scope.get(
    '/staff/sign-in',
    { config, schema: { querystring: SignInQuery, tags } },
    async (request, reply) => {
      const language = pageLanguageOf(request)
      const title = staffTexts[language].signInTitle
      const { organisation } = request.query
      if (organisation === undefined) return page(request, reply, { title, main: organisationView(language) })
      const choices = isUuid(organisation)
        ? await deps.database.readInOrganisation(organisation as OrganisationId, (trx) =>
            listSignOnChoices(trx, organisation as OrganisationId, 'staff'),
          )
        : []
      return page(request, reply, { title, main: choicesView(language, organisation, choices) })
    },
  )
  scope.get(
    '/staff/sign-in/:organisationId/:providerId',
    { config, schema: { params: strictObject({ organisationId: Uuid, providerId: Uuid }), tags } },
    async (request, reply) => begin(deps, request, reply, request.params, false),
  )
}

async function begin(
  deps: SignOnDeps,
  request: AnyRequest,
  reply: AnyReply,
  place: { readonly organisationId: string; readonly providerId: string },
  fresh: boolean,
): Promise<AnyReply> {
  const { providerId } = place
  const begun = await beginSignIn(deps, {
    organisationId: place.organisationId as OrganisationId,
    providerId,
    purpose: 'staff',
    redirectUri: redirectUriOf(request, 'staff', providerId),
    returnTo: '/staff',
    fresh,
  })
  return sendToProvider(request, reply, begun)
}

function callbackRoute(scope: HttpServer, deps: SignOnDeps): void {
  scope.get(
    '/staff/callback/:providerId',
    { config, schema: { params: strictObject({ providerId: Uuid }), querystring: callbackQuery, tags } },
    async (request, reply) => {
      const { providerId } = request.params
      const proof = await completeSignIn(deps, { purpose: 'staff', providerId, ...answerOf(request) })
      const token = await signInStaff(deps, proof, readCookie(request, staffCookie))
      reply.header('set-cookie', staffCookieHeader(request, token, sessionMax_ms / 1000))
      return sendSignedIn(request, reply, proof.attempt.returnTo)
    },
  )
}

/** Proves who it is again, with a second factor; a new session takes the place of this one. */
function stepUpRoute(scope: HttpServer, deps: SignOnDeps): void {
  scope.get('/staff/step-up', { config, schema: { tags } }, async (request, reply) => {
    const session = await presentSession(deps, request)
    if (session === undefined) return reply.code(303).header('location', '/staff/sign-in').send()
    return begin(deps, request, reply, session, true)
  })
}

function signOutRoute(scope: HttpServer, deps: SignOnDeps): void {
  scope.post('/staff/sign-out', { config, schema: { tags } }, async (request, reply) => {
    const session = await presentSession(deps, request)
    if (session !== undefined) {
      requireSameOrigin(request)
      const { organisationId, sessionId } = session
      const end = { at: deps.platform.clock(), because: 'signed-out' } as const
      await deps.database.inOrganisation(organisationId, (trx) =>
        endSessions(trx, organisationId, { sessionId }, end),
      )
    }
    const language = pageLanguageOf(request)
    reply.header('set-cookie', staffCookieHeader(request, '', 0))
    return page(request, reply, { title: staffTexts[language].signedOutTitle, main: signedOutView(language) })
  })
}

function staffCookieHeader(request: AnyRequest, value: string, maxAge_s: number): string {
  return cookieHeader(request, { name: staffCookie, value, sameSite: 'Strict', maxAge_s })
}

function assetRoute(scope: HttpServer): void {
  scope.get(
    '/staff/assets/:release/:file',
    { config, schema: { params: AssetParams, tags } },
    async (request, reply) => {
      const { release: wanted, file } = request.params
      if (wanted !== release || file !== 'staff.css') throw problem('route-not-found')
      reply.header('cache-control', 'public, max-age=31536000, immutable')
      return reply.type('text/css; charset=utf-8').send(css)
    },
  )
}
