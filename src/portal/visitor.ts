import type { Session } from '#authentication'
import { sessionIfAny } from '#authentication'
import type { Database } from '#database'
import type { AnyReply, AnyRequest } from '#http'
import { cookieHeader, readCookie } from '#http'
import type { Language } from '#people'
import type { Platform } from '#platform'
import type { Frame, Page, Place } from './page.ts'
import { renderPage } from './page.ts'
import { pageHeaders } from './page-policy.ts'
import type { Owner } from './owner-view.ts'
import { findOwner } from './owner-view.ts'
import { words } from './words.ts'
import type { Words } from './words.ts'

export type VisitorDeps = { readonly platform: Platform; readonly database: Database }

/** Who looks at a page, as far as it matters to what surrounds it. */
export type Visitor = {
  readonly language: Language
  readonly w: Words
  readonly session: Session | undefined
  readonly owner: Owner | undefined
}

const languageCookie = 'beding-language'
const yearInSeconds = 365 * 86_400

/**
 * Who sent a request: their session, if any, with their name, and the language of the pages. The language is the one that
 * was chosen in this browser, else the person's own, else the first of ours that the browser asks for.
 */
export async function visitorOf(deps: VisitorDeps, request: AnyRequest): Promise<Visitor> {
  const session = await sessionIfAny(deps, request)
  const owner =
    session === undefined
      ? undefined
      : await deps.database.readInOrganisation(session.organisationId, (trx) => findOwner(trx, session))
  const language = chosenLanguage(request) ?? owner?.language ?? preferredLanguage(request)
  return { language, w: words[language], session, owner }
}

/** The language that was chosen in this browser. */
export function chosenLanguage(request: AnyRequest): Language | undefined {
  const chosen = readCookie(request, languageCookie)
  return chosen === 'nl' || chosen === 'en' ? chosen : undefined
}

/** Keeps the language in this browser. It says nothing of who somebody is. */
export function keepLanguage(request: AnyRequest, reply: AnyReply, language: Language): void {
  reply.header(
    'set-cookie',
    cookieHeader(request, {
      name: languageCookie,
      value: language,
      sameSite: 'Lax',
      maxAge_s: yearInSeconds,
    }),
  )
}

/** Dutch unless the browser asks for English before Dutch. */
function preferredLanguage(request: AnyRequest): Language {
  const [first] =
    String(request.headers['accept-language'] ?? '')
      .toLowerCase()
      .match(/\b(nl|en)\b/) ?? []
  return first === 'en' ? 'en' : 'nl'
}

/** Answers with a page. It is kept nowhere: not by the browser on disk, not by anything in between. */
export function sendPage(
  request: AnyRequest,
  reply: AnyReply,
  visitor: Visitor,
  page: Page,
  place?: Place,
): AnyReply {
  const { language, owner, session } = visitor
  const frame: Frame = {
    language,
    path: backPath(request),
    organisationName: owner?.organisationName,
    signedIn: session?.kind,
    place,
  }
  return reply
    .headers(pageHeaders)
    .header('cache-control', 'no-store')
    .header('content-language', language)
    .type('text/html; charset=utf-8')
    .send(renderPage(frame, page))
}

/** Leads to another page after something was sent (RFC 9110 section 15.4.4): reloading it sends nothing again. */
export function seeOther(reply: AnyReply, path: string): AnyReply {
  return reply
    .headers(pageHeaders)
    .header('cache-control', 'no-store')
    .code(303)
    .header('location', path)
    .send()
}

/** Where choosing the other language leads back to: this page, or after a form was sent the page above it. */
function backPath(request: AnyRequest): string {
  const path = request.method === 'GET' ? request.url : request.url.replace(/\/[^/]*$/, '')
  return ownPath(path) ?? '/my'
}

/** The path when it is one of these pages, so that nobody is led elsewhere; undefined for anything else. */
export function ownPath(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  return /^\/(?:c|my)(?:\/[A-Za-z0-9][A-Za-z0-9_.-]*)*(?:\?[A-Za-z0-9_.~&=%-]*)?$/.test(text)
    ? text
    : undefined
}
