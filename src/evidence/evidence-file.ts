import { canonicalJson } from '#core'
import type { HeldEntry } from './ledger-view.ts'

type Held = Pick<HeldEntry, 'disclosures' | 'entry' | 'tlogProof'>

/**
 * The bytes of `evidence.json`, which travels inside a receipt PDF: everything an offline check of one entry needs but
 * the public key. Canonical JSON, format `beding-evidence/v1`. A disclosure that was erased is an empty text at its
 * place, as it is an empty line in a dossier. With entries that this one rests on, in the order of their log, it is
 * `beding-evidence/v2`.
 */
export function formatEvidenceFile(held: Held, supporting: readonly Held[] = []): string {
  const own = provenText(held)
  return supporting.length === 0
    ? canonicalJson({ ...own, format: 'beding-evidence/v1' })
    : canonicalJson({ ...own, format: 'beding-evidence/v2', supporting: supporting.map(provenText) })
}

function provenText({ disclosures, entry, tlogProof }: Held) {
  return { disclosures: disclosures.map((text) => text ?? ''), entry, tlogProof }
}
