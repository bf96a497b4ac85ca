import { problem } from '#core'
import { findMissingGlyph } from '#documents'
import type { AnyRequest } from '#http'
import type { ActCommand } from './act.ts'
import { mainStatementId } from './act.ts'
import { userAgentOf } from './link-request.ts'
import { networkClassOf } from './network-class.ts'

type Declared = Pick<ActCommand, 'choice' | 'language' | 'documentSha256' | 'statement'> & {
  readonly statementId?: string
  readonly reason?: string
}

/**
 * The command of a request that asks for an act. Throws `reason-unprintable` for a reason with a character that cannot be
 * drawn: it stands in the receipt, so it is refused here, before anything is recorded.
 */
export function readCommand(request: AnyRequest, body: Declared): ActCommand {
  const { choice, language, documentSha256, statement, reason = null, statementId = mainStatementId } = body
  requirePrintable(reason)
  return {
    statementId,
    choice,
    reason,
    language,
    documentSha256,
    statement,
    userAgent: userAgentOf(request),
    networkClass: networkClassOf(request.ip),
  }
}

function requirePrintable(reason: string | null): void {
  const missing = reason === null ? undefined : findMissingGlyph(reason)
  if (missing === undefined) return
  throw problem('reason-unprintable', {
    errors: [{ code: 'character-without-glyph', message: `Contains ${missing}.`, pointer: '/reason' }],
  })
}
