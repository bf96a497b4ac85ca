import { millisecondsOf } from '#core'
import type { AnyReply, AnyRequest } from '#http'
import { cookieHeader } from '#http'
import type { OpenedSession } from './session-actions.ts'
import { sessionCookie } from './session.ts'

/** Gives the browser its session: for this host only, never to scripts, never along with a request from elsewhere. */
export function giveSession(request: AnyRequest, reply: AnyReply, opened: OpenedSession): void {
  const { createdAt, expiresAt } = opened.session
  const maxAge_s = Math.floor((millisecondsOf(expiresAt) - millisecondsOf(createdAt)) / 1000)
  reply.header('set-cookie', cookieHeader(request, { name: sessionCookie, value: opened.cookie, sameSite: 'Strict', maxAge_s })) // prettier-ignore
}

/** Takes the session from the browser. */
export function takeSession(request: AnyRequest, reply: AnyReply): void {
  reply.header('set-cookie', cookieHeader(request, { name: sessionCookie, value: '', sameSite: 'Strict', maxAge_s: 0 })) // prettier-ignore
}
