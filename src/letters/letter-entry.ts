import type { ClientId } from '#core'
import type { EntryDraft } from '#evidence'
import type { Command, Letter } from './letter.ts'

/** What of a made letter goes into the ledger beside its description. */
export type LetterProof = { readonly personName: string; readonly attachmentSha256: string }

/** What the ledger keeps of a letter. The names of the facts are part of the format and never change. */
export function letterEntry(
  letter: Letter,
  command: Command,
  madeBy: ClientId,
  { personName, attachmentSha256 }: LetterProof,
): EntryDraft {
  const { documentId, kind, personId, title, language, holdsFrom, sha256 } = letter
  return {
    entryId: letter.entryId,
    kind: `${kind}-made`,
    at: letter.createdAt,
    facts: {
      documentId,
      documentSha256: sha256,
      attachmentSha256,
      personId,
      personName,
      title,
      language,
      holdsFrom,
      madeBy,
      ...(command.kind === 'warning'
        ? { rules: command.rules.map((rule) => `${rule.policyId}:${rule.versionNumber}:${rule.ruleId}`) }
        : {}),
    },
  }
}
