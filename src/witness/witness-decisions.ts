import { sha256 } from '#core'
import type { LogKey } from '#verification'
import { demandConsistency, demandEd25519, Refusal } from '#verification'
import type { CheckpointRequest, CheckpointText, NoteSignature } from './checkpoint-request.ts'
import { RequestRefused } from './refused.ts'

/** The root of a tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
const emptyRoot = sha256('')

/**
 * The signature lines by keys that are trusted for the origin of this checkpoint. Throws a RequestRefused: 404 when no
 * key is, 403 when none of them signed or one of them did not sign what is there. Lines of other keys are ignored, also
 * when they share a name or a key hash (not both) with a trusted one.
 */
export function trustedSignatures(request: CheckpointRequest, keys: readonly LogKey[]): NoteSignature[] {
  const { origin, text } = request.checkpoint
  const trusted = keys.filter((key) => key.name === origin)
  if (trusted.length === 0) throw new RequestRefused(404, 'this log is not witnessed here')
  const found = request.signatures.filter((signature) => {
    const key = trusted.find(({ keyHash }) => keyHash.toString('hex') === signature.keyHash)
    if (signature.name !== origin || key === undefined) return false
    demandSignature(key, text, signature)
    return true
  })
  if (found.length === 0) throw new RequestRefused(403, 'no trusted key of this log signed the checkpoint')
  return found
}

function demandSignature(key: LogKey, text: string, { signature }: NoteSignature): void {
  try {
    demandEd25519(key.publicKey, Buffer.from(text, 'utf8'), signature)
  } catch (error) {
    if (error instanceof Refusal)
      throw new RequestRefused(403, `a signature of this log is wrong: ${error.message}`)
    throw error
  }
}

/**
 * Returns when the checkpoint continues what was cosigned last (`known`; undefined when nothing was). Throws a
 * RequestRefused otherwise, in the order of C2SP tlog-witness: 400 when the old size is above the new one, 409 with our
 * size when it is not ours, 422 when the trees do not continue one another.
 */
export function demandContinuation(known: CheckpointText | undefined, request: CheckpointRequest): void {
  const { oldSize, proof, checkpoint } = request
  const { size, root } = checkpoint
  if (oldSize > size) throw new RequestRefused(400, 'the old size is above the size of the checkpoint')
  const knownSize = known?.size ?? 0
  if (oldSize !== knownSize) throw new RequestRefused(409, String(knownSize))
  if (size === 0 && !root.equals(emptyRoot)) {
    throw new RequestRefused(422, 'a tree of size 0 has the hash of nothing as its root')
  }
  if (known === undefined || oldSize === 0) {
    // The empty tree is the beginning of every tree.
    if (proof.length > 0)
      throw new RequestRefused(422, 'from size 0 nothing is proven, so the proof must be empty')
    return
  }
  const trees = { firstSize: oldSize, firstRoot: known.root, secondSize: size, secondRoot: root, path: proof }
  try {
    demandConsistency(trees)
  } catch (error) {
    if (error instanceof Refusal)
      throw new RequestRefused(422, `this does not continue what was cosigned: ${error.message}`)
    throw error
  }
}
