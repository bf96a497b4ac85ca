import type { EntryDraft } from '#evidence'
import type { NewAnnex } from './annex-store.ts'

/** What is said in the ledger of an annex beside what it was composed of. */
export type AnnexProof = {
  readonly personName: string
  /** As lists of documents show it. */
  readonly title: string
  /** Of the data inside the file, hex. */
  readonly attachmentSha256: string
}

/**
 * What the ledger keeps of an annex: what it was made from, each part by its hash. The names of the facts are part of the
 * format and never change.
 */
export function annexEntry(annex: NewAnnex, proof: AnnexProof): EntryDraft {
  const { entryId, createdAt, createdBy, content } = annex
  return {
    entryId,
    kind: 'annex-composed',
    at: createdAt,
    facts: {
      annexId: annex.annexId,
      annexKind: annex.kind,
      employmentId: annex.employmentId,
      contractId: annex.contractId,
      personId: annex.personId,
      personName: proof.personName,
      mark: annex.mark,
      title: proof.title,
      language: annex.language,
      effectiveFrom: annex.effectiveFrom,
      effectiveUntil: annex.effectiveUntil,
      replaces: annex.replaces,
      documentId: annex.documentId,
      documentSha256: annex.documentSha256,
      contentSha256: annex.contentSha256,
      attachmentSha256: proof.attachmentSha256,
      draftCheckId: annex.draftCheckId,
      clauses: content.clauses.map(
        (clause) =>
          `${clause.clauseId}:${clause.kind}:${clause.templateId}:${clause.versionNumber}:${clause.contentSha256}:${clause.counsel}`,
      ),
      motivations: content.clauses.flatMap(({ clauseId, motivation }) =>
        motivation === null ? [] : [`${clauseId}:${motivation.writtenAt}`],
      ),
      policies: content.policies.map(
        (policy) => `${policy.policyId}:${policy.versionNumber}:${policy.documentSha256}`,
      ),
      relations: content.relations.length,
      madeBy: createdBy,
    },
  }
}
