import type { EntryDraft } from '#evidence'
import type { ExecutedCopy } from './executed-copy.ts'

/**
 * What the ledger keeps of an executed copy: which file begins with which, and which acts it names. The names of the
 * facts are part of the format and never change. No name of a person: the entries of the acts commit to those.
 */
export function executionEntry(copy: ExecutedCopy, refs: readonly number[]): EntryDraft {
  return {
    entryId: copy.entryId,
    kind: 'executed-copy',
    at: copy.madeAt,
    refs,
    facts: {
      executedCopyId: copy.executedCopyId,
      versionId: copy.versionId,
      ...(copy.bundleSha256 === null ? {} : { bundleSha256: copy.bundleSha256 }),
      editionSha256: copy.edition.sha256,
      documentSha256: copy.documentSha256,
      parties: copy.parties.map(({ actId, capacity }) => `${capacity}:${actId}`),
      madeBy: copy.madeBy,
    },
  }
}
