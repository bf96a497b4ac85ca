import { problem } from '#core'
import type { AnyReply, AnyRequest, HttpServer } from '#http'
import type { Admission } from './admission.ts'

/**
 * Lets the routes of a scope take uploads: each is admitted before its body is read, and counted until its answer is out or
 * the connection is gone. Gives a function that tells of a request when nobody waits for its answer any more.
 */
export function admitUploads(scope: HttpServer, admission: Admission): (request: AnyRequest) => AbortSignal {
  const signals = new WeakMap<AnyRequest, AbortSignal>()
  scope.addHook('onRequest', async (request: AnyRequest, reply: AnyReply) => {
    if (request.method !== 'POST') return
    const leave = admission.enter(request.ip)
    const controller = new AbortController()
    signals.set(request, controller.signal)
    reply.raw.once('finish', leave)
    reply.raw.once('close', () => {
      leave()
      controller.abort(problem('body-incomplete', { detail: 'The connection was closed.' }))
    })
  })
  return (request) => signals.get(request) ?? AbortSignal.timeout(0)
}
