import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** What a mail server took: to whom, and the whole message. */
export type TakenMail = { readonly to: string; readonly message: string }

/** What the server answers to the next recipients. 0 takes them. */
export type MailServerState = { replyCode: number; replyText: string }

/** A real mail server on loopback, which keeps what it takes and refuses on command. */
export async function aMailServer(t: { teardown(work: () => unknown): void }) {
  const taken: TakenMail[] = []
  const state: MailServerState = { replyCode: 0, replyText: 'mailbox full' }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, callback) =>
      callback(state.replyCode === 0 ? null : Object.assign(new Error(state.replyText), { responseCode: state.replyCode })), // prettier-ignore
    onData: (stream, session, callback) => {
      text(stream).then((message) => {
        taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', message })
        callback()
      }, callback)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return { taken, state, url: `smtp://127.0.0.1:${port}` }
}

/** The code in a message, as it is written there; undefined when it has none. */
export function codeIn(message: string): string | undefined {
  return /^([2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4})\r?$/m.exec(message)?.[1]
}
