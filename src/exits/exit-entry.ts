import type { EntryDraft } from '#evidence'
import type { NewExit } from './exit-store.ts'

/** What the ledger keeps of an exit. The names of the facts are part of the format and never change. */
export function exitEntry(
  exit: Omit<NewExit, 'assignmentId'>,
  letter: { readonly title: string; readonly language: string; readonly attachmentSha256: string },
  personName: string,
): EntryDraft {
  const { statement, claims, lists, reason } = exit.content
  return {
    entryId: exit.entryId,
    kind: 'exit-recorded',
    at: exit.recordedAt,
    facts: {
      exitId: exit.exitId,
      employmentId: exit.employmentId,
      personId: exit.personId,
      personName,
      replaces: exit.replaces,
      reason,
      factId: exit.factId,
      lastDay: statement.lastDay,
      statedOn: statement.statedOn,
      endedBy: statement.endedBy,
      seriousFault: statement.seriousFault,
      noticeOn: statement.noticeOn,
      invoked: [...statement.invokes],
      claimed: claims.claimed.map((each) => `${each.annexId}:${each.clauseId}:${each.until ?? 'no end'}`),
      notClaimed: claims.notClaimed.map((each) => `${each.annexId ?? each.agreementId}:${each.clauseId}:${each.why}`), // prettier-ignore
      lists: lists.map((list) => `${list.mark}:${list.documentSha256}`),
      legalCheckIds: exit.checks.map(({ legalCheckId }) => legalCheckId),
      documentId: exit.documentId,
      documentSha256: exit.documentSha256,
      attachmentSha256: letter.attachmentSha256,
      title: letter.title,
      language: letter.language,
      holdsFrom: statement.lastDay,
      givenBy: exit.givenBy,
      mandateId: exit.mandateId,
      madeBy: exit.recordedBy,
    },
  }
}
