import type { EntryDraft } from '#evidence'
import type { Policy, PolicyVersion } from './policy.ts'

/** What the ledger keeps of a publication. The names of the facts are part of the format and never change. */
export function publicationEntry(policy: Policy, version: PolicyVersion): EntryDraft {
  return {
    entryId: version.entryId,
    kind: 'policy-version-published',
    at: version.publishedAt,
    facts: {
      policyId: policy.policyId,
      policyName: policy.name,
      versionId: version.versionId,
      versionNumber: version.versionNumber,
      contentSha256: version.contentSha256,
      effectiveFrom: version.effectiveFrom,
      materiality: version.content.materiality,
      legalNature: policy.legalNature,
      authorId: version.authorId,
      approvedBy: version.approval.approvedBy,
      publishedBy: version.publishedBy,
      documents: version.editions.map((edition) => `${edition.language}:${edition.sha256}`),
    },
  }
}
