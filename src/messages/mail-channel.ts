import { randomUUID } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'

/** A message as it leaves: plain text, no tracking, no HTML. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The part of the Message-ID before the @, by which a report about this message is known again. */
  readonly reference?: string
}

/** Where messages go. `handOver` resolves once the channel has taken responsibility, and says so in one line. */
export type MailChannel = {
  readonly name: 'smtp' | 'local-outbox'
  handOver(mail: Mail): Promise<string>
  close(): void
}

const timeout_ms = 15_000

/** Sends by SMTP. Resolves with the server's answer to the message; rejects when the server did not take it. */
export function smtpChannel(url: string, from: string): MailChannel {
  const transport = createTransport(
    { url, pool: true, maxConnections: 4, connectionTimeout: timeout_ms, greetingTimeout: timeout_ms, socketTimeout: timeout_ms, disableFileAccess: true, disableUrlAccess: true }, // prettier-ignore
  )
  return {
    name: 'smtp',
    async handOver({ to, subject, text, reference }) {
      const messageId = reference === undefined ? {} : { messageId: messageIdOf(from, reference) }
      const answer = await transport.sendMail({ from, to, subject, text, headers: quiet, ...messageId })
      return answer.response
    },
    close: () => transport.close(),
  }
}

const quiet = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

/**
 * Writes each message as a file into a folder, for a machine without a mail server. The file is complete and on disk
 * before the message counts as handed over. The folder is the mailbox: whoever reads it can act, so it is private.
 */
export function localOutboxChannel(folder: string, from: string): MailChannel {
  return {
    name: 'local-outbox',
    async handOver(mail) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${Date.now()}-${randomUUID()}.eml`
      const file = await open(join(folder, `.${name}`), 'wx', 0o600)
      await file.writeFile(messageFile(from, mail))
      await file.sync()
      await file.close()
      await rename(join(folder, `.${name}`), join(folder, name))
      return `written to ${name}`
    },
    close: () => undefined,
  }
}

/**
 * The message as a file (RFC 5322, UTF-8 headers as in RFC 6532), with nothing encoded: whoever opens it in an editor
 * finds the link on one line.
 */
function messageFile(from: string, mail: Mail): string {
  const headers = {
    From: from,
    To: mail.to,
    Subject: mail.subject,
    Date: new Date().toUTCString(),
    ...(mail.reference === undefined ? {} : { 'Message-ID': messageIdOf(from, mail.reference) }),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  }
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name}: ${value.replaceAll(/[\r\n]+/g, ' ')}`,
  )
  return `${lines.join('\n')}\n\n${mail.text}\n`
}

function messageIdOf(from: string, reference: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return `<${reference}@${domain}>`
}
