import { canonicalJson } from '#core'
import type { HeldEntry } from './ledger-view.ts'

/**
 * The bytes of `evidence.json`, which travels inside a receipt PDF: everything an offline check of one entry needs but
 * the public key. Canonical JSON, format `beding-evidence/v1`. A disclosure that was erased is an empty text at its
 * place, as it is an empty line in a dossier.
 */
export function formatEvidenceFile(held: Pick<HeldEntry, 'disclosures' | 'entry' | 'tlogProof'>): string {
  const { entry, tlogProof } = held
  const disclosures = held.disclosures.map((text) => text ?? '')
  return canonicalJson({ disclosures, entry, format: 'beding-evidence/v1', tlogProof })
}
