import { giveSession, sessionIfAny, sessionOf, userAgentOf } from '#authentication'
import { openVisit } from '#ceremonies'
import { problem } from '#core'
import type { HttpServer } from '#http'
import type { ActDeps } from './act-sending.ts'
import { landingPage } from './entry-pages.ts'
import { noticePage } from './message-page.ts'
import { anyQuery, fields, textsOf } from './portal-scope.ts'
import { endSession } from './session-ending.ts'
import { keepLanguage, ownPath, seeOther, sendPage, visitorOf } from './visitor.ts'

const open = { access: 'public' } as const
/** Sent by a form of ours, and nobody else's: it sets a cookie. */
const fromOwnPage = { access: 'public', fromOwnPage: true } as const

const enterFields = { link: 2_000 } as const
const languageFields = { language: 2, back: 500 } as const

/** Adds the ways in and out: the landing page of links, the language, signing out. */
export function entryRoutes(scope: HttpServer, deps: ActDeps): void {
  landingRoutes(scope, deps)
  languageRoute(scope)
  signOutRoutes(scope, deps)
}

function landingRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.get('/c', { config: open, schema: { querystring: anyQuery } }, async (request, reply) => {
    // Without its session: the page is the same for everybody, whoever was here before.
    const visitor = { ...(await visitorOf(deps, request)), session: undefined, owner: undefined }
    return sendPage(request, reply, visitor, landingPage(visitor.w, null))
  })
  scope.post('/c/enter', { config: fromOwnPage, schema: { body: fields(enterFields) } }, async (request, reply) => {
    const link = linkIn(textsOf(request, ['link']).link)
    if (link === '') {
      const visitor = { ...(await visitorOf(deps, request)), session: undefined, owner: undefined }
      return sendPage(request, reply.code(422), visitor, landingPage(visitor.w, 'missing'))
    }
    const opened = await openVisit(deps, link, userAgentOf(request))
    const { assignmentId, personId } = opened.session
    const present = await sessionIfAny(deps, request)
    // Whoever is signed in as this person sees more than the link shows, and keeps that.
    if (present?.kind !== 'person' || present.personId !== personId) giveSession(request, reply, opened)
    return seeOther(reply, `/my/ceremonies/${assignmentId}`)
  })
}

/** What stands behind `#` in a link that was pasted whole, or the text itself. */
function linkIn(text: string): string {
  return text.slice(text.lastIndexOf('#') + 1).trim()
}

function languageRoute(scope: HttpServer): void {
  scope.post('/my/language', { config: fromOwnPage, schema: { body: fields(languageFields) } }, async (request, reply) => {
    const { language, back } = textsOf(request, ['language', 'back'])
    if (language !== 'nl' && language !== 'en') throw problem('input-invalid')
    keepLanguage(request, reply, language)
    return seeOther(reply, ownPath(back) ?? '/my')
  })
}

function signOutRoutes(scope: HttpServer, deps: ActDeps): void {
  scope.post('/my/sign-out', { config: { access: 'person' } }, async (request, reply) => {
    await endSession(deps, request, reply, sessionOf(request))
    return seeOther(reply, '/my/signed-out')
  })
  scope.get('/my/signed-out', { config: open, schema: { querystring: anyQuery } }, async (request, reply) => {
    const visitor = await visitorOf(deps, request)
    const { signedOut } = visitor.w.entry
    const page = noticePage(signedOut.title, [signedOut.text], {
      drawing: 'done',
      ways: [{ text: signedOut.again, href: '/my/sign-in', kind: 'quiet' }],
    })
    return sendPage(request, reply, visitor, page)
  })
}
