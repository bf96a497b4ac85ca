import type { AnyReply, AnyRequest, HttpServer } from '#http'
import { asProblem, cookieHeader, html, pageLanguageOf, readCookie, sendPage, usePages } from '#http'
import type { Platform } from '#platform'
import { attemptCookie, attemptValidity_s } from './attempt.ts'
import type { BegunSignIn } from './sign-in-actions.ts'
import { signInTexts } from './sign-in-texts.ts'

/** Makes the routes of this scope pages: their headers, and refusals in words that people understand. */
export function useSignInPages(scope: HttpServer, platform: Pick<Platform, 'log'>): void {
  usePages(scope)
  scope.setErrorHandler((error, request, reply) => {
    const refusal = asProblem(error)
    if (refusal.status >= 500)
      platform.log.error(
        { requestId: request.id, code: refusal.code, error: refusal.cause },
        'a sign-in failed',
      )
    const words = signInTexts[pageLanguageOf(request)]
    const text = words.refusals[refusal.code] ?? `${refusal.title}.`
    reply.code(refusal.status).header('set-cookie', takenCookie(request))
    if (refusal.retryAfter_s !== undefined) reply.header('retry-after', String(refusal.retryAfter_s))
    return sendPage(reply, {
      title: words.failed,
      language: pageLanguageOf(request),
      main: html`<p>${text}</p>
        <p>${words.reference}: <code>${request.id}</code></p>`,
    })
  })
}

/** Sends the browser to the provider, with what it must bring back. Lax: it comes along when the provider sends it back. */
export function sendToProvider(request: AnyRequest, reply: AnyReply, begun: BegunSignIn): AnyReply {
  const cookie = {
    name: attemptCookie,
    value: begun.cookie,
    sameSite: 'Lax',
    maxAge_s: attemptValidity_s,
  } as const
  return reply
    .code(303)
    .header('set-cookie', cookieHeader(request, cookie))
    .header('location', begun.location)
    .send()
}

/** What the browser brought back: its cookie and the query, as the provider wrote it. */
export function answerOf(request: AnyRequest): {
  readonly cookie: string | undefined
  readonly query: URLSearchParams
} {
  const [, query = ''] = request.url.split('?', 2)
  return { cookie: readCookie(request, attemptCookie), query: new URLSearchParams(query) }
}

/**
 * Says that the sign-in worked and goes on by itself. A page and no redirect: the way here began at the provider, and a
 * browser sends a SameSite=Strict cookie only where the way began with us (RFC 6265bis section 5.2).
 */
export function sendSignedIn(request: AnyRequest, reply: AnyReply, goOn: string): AnyReply {
  const language = pageLanguageOf(request)
  const words = signInTexts[language]
  reply.header('set-cookie', takenCookie(request))
  const main = html`<p><a href="${goOn}">${words.goOn}</a></p>`
  return sendPage(reply, { title: words.signedIn, language, main, goOn })
}

function takenCookie(request: AnyRequest): string {
  return cookieHeader(request, { name: attemptCookie, value: '', sameSite: 'Lax', maxAge_s: 0 })
}
