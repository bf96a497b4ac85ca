import { parseDisclosure } from './disclosure.ts'
import type { Erasure } from './erasure-view.ts'

/** What is wrong with the content that an entry has left: gone without an erasure that says so, or the other way round. */
export type ErasureFault = 'disclosures-missing' | 'disclosures-not-erased'

/**
 * Holds what is left of the content of an entry against the erasures that the log records for it. Facts are sorted by
 * name, so the names that are left and the names that went tell at which places there must be nothing. `disclosures` is
 * null when the whole row is gone. Throws a RangeError for a disclosure that is not one.
 */
export function erasureFaultOf(
  disclosures: readonly (string | null)[] | null,
  entryIndex: number,
  erasures: readonly Erasure[],
): ErasureFault | undefined {
  const told = erasures.filter(({ refs, entryIndex: at }) => at > entryIndex && refs.includes(entryIndex))
  const left = disclosures ?? []
  if (told.some(({ fields }) => fields.length === 0))
    return left.some((text) => text !== null) ? 'disclosures-not-erased' : undefined
  if (disclosures === null) return 'disclosures-missing'
  const gone = new Set(told.flatMap(({ fields }) => fields))
  if (gone.size === 0) return left.includes(null) ? 'disclosures-missing' : undefined
  const names = left.filter((text) => text !== null).map((text) => parseDisclosure(text).name)
  if (names.some((name) => gone.has(name))) return 'disclosures-not-erased'
  const expected = [...names, ...gone].toSorted()
  const fits =
    expected.length === left.length &&
    expected.every((name, place) => gone.has(name) === (left[place] === null))
  return fits ? undefined : 'disclosures-missing'
}
