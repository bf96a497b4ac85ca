import type { Equivocation, SeenCheckpoint, SeenLeaf } from './report.ts'

/**
 * Finds statements of one log that cannot both be true: two roots for one size, or two leaves at one index. Both notes
 * bear a pinned key's signature, so the pair proves to anybody that the log showed two histories.
 */
export function findEquivocations(
  checkpoints: readonly SeenCheckpoint[],
  leaves: readonly SeenLeaf[],
): Equivocation[] {
  const sizes = conflicts(
    checkpoints,
    (seen) => `${seen.origin} ${seen.size}`,
    (seen) => seen.root,
  )
  const indexes = conflicts(
    leaves,
    (seen) => `${seen.origin} ${seen.index}`,
    (seen) => seen.leafHash,
  )
  return [
    ...sizes.map(([first, second]) => ({
      conclusive: true,
      sentence: `${first.origin} signed two roots for size ${first.size}: ${first.root} and ${second.root}`,
      first,
      second,
    })),
    ...indexes.map(([first, second]) => ({
      conclusive: true,
      sentence: `${first.origin} signed trees with two leaves at index ${first.index}: ${first.leafHash} and ${second.leafHash}`,
      first,
      second,
    })),
  ]
}

/** For each key, the first statement paired with each later one that says something else; every pair of values once. */
function conflicts<Seen>(
  all: readonly Seen[],
  keyOf: (seen: Seen) => string,
  valueOf: (seen: Seen) => string,
): [Seen, Seen][] {
  const firsts = new Map<string, Seen>()
  const reported = new Set<string>()
  const found: [Seen, Seen][] = []
  for (const seen of all) {
    const key = keyOf(seen)
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, seen)
    else if (valueOf(first) !== valueOf(seen) && !reported.has(`${key} ${valueOf(seen)}`)) {
      reported.add(`${key} ${valueOf(seen)}`)
      found.push([first, seen])
    }
  }
  return found
}
