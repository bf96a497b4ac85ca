import { canonicalJson } from '#core'
import type { AppendedEntry } from './append-plan.ts'

/**
 * The bytes of `evidence.json`, which travels inside a receipt PDF: everything an offline check of one entry needs but
 * the public key. Canonical JSON, format `beding-evidence/v1`.
 */
export function formatEvidenceFile(appended: AppendedEntry): string {
  const { disclosures, entry, tlogProof } = appended
  return canonicalJson({ disclosures, entry, format: 'beding-evidence/v1', tlogProof })
}
