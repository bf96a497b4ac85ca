import type { ProvenPlace, Verification } from '../recognition.ts'

/** What the code on a printed receipt says: the place of its entry, and the checkpoint it was proven under. */
export type PaperCode = {
  readonly receipt: string
  readonly size: string
  /** base64url without padding. */
  readonly root: string
  readonly log: string
}

/**
 * Says whether the code on paper and the receipt in a file are one: `open` if nothing in the file is proven. The root decides:
 * no two states of a ledger have the same.
 */
export function comparePaper(code: PaperCode, verification: Verification): 'same' | 'other' | 'open' {
  if (verification.state !== 'done' || verification.places.length === 0) return 'open'
  return verification.places.some((place) => isAt(place, code)) ? 'same' : 'other'
}

function isAt(place: ProvenPlace, { receipt, size, root, log }: PaperCode): boolean {
  const sameRoot = Buffer.from(place.root, 'base64').equals(Buffer.from(root, 'base64url'))
  return sameRoot && String(place.index) === receipt && String(place.size) === size && place.origin === log
}
