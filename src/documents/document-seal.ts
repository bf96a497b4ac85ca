import { sha256 } from '#core'
import { signCms } from './seal-cms.ts'
import type { SealSigner } from './seal-key.ts'
import { prepareSeal, type SealStatement } from './seal-revision.ts'
import { fillSignature, roomOf } from './signature-field.ts'

/** A file with the seal of an organisation on it. */
export type SealedBytes = {
  readonly bytes: Buffer
  readonly sha256: Buffer
  /** The revision under the seal: the first so many bytes of the file, and their hash. */
  readonly renderedLength: number
  readonly renderedSha256: Buffer
  /** The PAdES level that the bytes have. */
  readonly level: 'B-B'
}

/** Room for a CMS with a chain of two; a longer chain makes its own room. */
const usualRoom = 4096
/** The most that a CMS has besides its certificates: attributes, two names and a signature of RSA-4096. */
const besidesChain = 2048

/**
 * Seals a rendered file at PAdES B-B (EN 319 142-1). The rendered bytes are the unchanged beginning of the result, and
 * the last byte is the line feed after `%%EOF`. Throws when the key does not fit its certificate or the file is not one
 * of ours; there is no half sealed result.
 */
export async function sealBytes(
  rendered: Buffer,
  signer: SealSigner,
  statement: SealStatement,
  room: number = usualRoomFor(signer),
): Promise<SealedBytes> {
  const prepared = prepareSeal(rendered, statement, room)
  const cms = await signCms(prepared.digest, signer)
  if (cms.length > roomOf(prepared)) return sealBytes(rendered, signer, statement, cms.length + 64)
  const bytes = fillSignature(prepared, cms)
  return {
    bytes,
    sha256: sha256(bytes),
    renderedLength: rendered.length,
    renderedSha256: sha256(rendered),
    level: 'B-B',
  }
}

/** Enough for the first attempt, so that a key far away is asked once. */
function usualRoomFor({ chain }: SealSigner): number {
  const length = chain.reduce((sum, certificate) => sum + certificate.length, 0)
  return Math.max(usualRoom, length + besidesChain)
}
