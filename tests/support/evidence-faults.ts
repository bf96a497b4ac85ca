import type { AppendedEntry } from '#evidence'
import { openCheckpoint } from '../../src/evidence/checkpoint.ts'
import { commitmentOf } from '../../src/evidence/disclosure.ts'
import { parseEntry } from '../../src/evidence/entry.ts'
import { leafHash } from '../../src/evidence/merkle-hash.ts'
import { verifyInclusion } from '../../src/evidence/merkle-verification.ts'
import type { NoteVerifier } from '../../src/evidence/note-key.ts'
import { parseReceiptProof } from '../../src/evidence/receipt-proof.ts'

/** Says what is wrong with an entry as it was answered: nothing when all of it fits together and is signed. */
export function faultsOf(appended: AppendedEntry, verifier: NoteVerifier): string[] {
  const proof = parseReceiptProof(appended.tlogProof)
  const checkpoint = openCheckpoint(proof.checkpoint, verifier)
  const leaf = leafHash(Buffer.from(appended.entry, 'utf8'))
  const { index, hashes } = proof
  const { size, root } = checkpoint
  const faults: string[] = []
  if (index !== appended.entryIndex) faults.push('index')
  if (size !== appended.treeSize) faults.push('size')
  if (proof.extra.toString('utf8') !== appended.entry) faults.push('entry')
  if (!verifyInclusion({ index, size, leaf, root, proof: hashes })) faults.push('proof')
  if (parseEntry(appended.entry).commitments.join() !== appended.disclosures.map(commitmentOf).join()) {
    faults.push('disclosures')
  }
  return faults
}
