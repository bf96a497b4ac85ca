import { openDisclosures } from './disclosures.ts'
import type { Facts } from './disclosures.ts'
import { parseEntry } from './entry.ts'
import { decodeUtf8 } from './strict-text.ts'
import { demand } from './refusal.ts'

/** What was erased of one entry: everything, or the facts with these names. */
export type Erased = { readonly everything: boolean; readonly fields: ReadonlySet<string> }

/** What was erased, by the index of the entry it was erased from; one erasure is shared by all entries it is about. */
export type Erasures = Map<number, Erased[]>

const fieldsMax = 1_000

export const erasureKind = 'content-erased'

/**
 * Adds what an entry of kind `content-erased` says was erased. One whose own content is not shown adds nothing: what it
 * was about cannot be known. The entry itself is proven elsewhere, like every other.
 */
export function readErasure(erasures: Erasures, bytes: Uint8Array, disclosed: Uint8Array | undefined): void {
  if (disclosed === undefined) return
  const entry = parseEntry(bytes)
  const { facts } = openDisclosures(entry, disclosureLines(disclosed))
  const named = facts.get('fields')
  if (entry.kind !== erasureKind || !Array.isArray(named)) return
  demand(named.length <= fieldsMax, 'an erasure names more than 1000 facts')
  const erased = { everything: named.length === 0, fields: new Set(named as string[]) }
  for (const index of entry.references) {
    const before = erasures.get(index)
    if (before === undefined) erasures.set(index, [erased])
    else before.push(erased)
  }
}

/** Reads disclosures.txt: one a line, every line ended; an empty line for one that is hidden. */
export function disclosureLines(bytes: Uint8Array): string[] {
  const text = decodeUtf8(bytes)
  demand(text === '' || text.endsWith('\n'), 'the last disclosure has no newline')
  return text.split('\n').slice(0, -1)
}

/** Says whether everything of an entry, or the fact with this name, was erased. */
export function wasErased(erasures: readonly Erased[], name: string): boolean {
  return erasures.some(({ everything, fields }) => everything || fields.has(name))
}

export type Hidden = {
  /** How many facts are not shown. */
  readonly count: number
  /** Their names, where the kind of the entry tells them. */
  readonly names: readonly string[] | undefined
  /** The facts that are shown. */
  readonly shown: Facts
}

/** How many of the hidden facts were erased; the rest are withheld: they exist, and whoever made the file left them out. */
export function countErased(erasures: readonly Erased[], { count, names, shown }: Hidden): number {
  if (erasures.some(({ everything }) => everything)) return count
  if (names !== undefined) return names.filter((name) => wasErased(erasures, name)).length
  // Without the names of what is hidden, each erased name that is not shown may account for one.
  const erased = new Set(erasures.flatMap(({ fields }) => [...fields]))
  const missing = [...erased].filter((name) => !shown.has(name)).length
  return Math.min(count, missing)
}
