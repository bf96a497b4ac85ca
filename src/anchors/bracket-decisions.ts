import type { Instant } from '#core'
import type { AnchorMark } from './anchor.ts'

/** Between which anchors an entry stands. A side without an anchor is open: nothing outside says anything about it. */
export type Bracket<Mark> = { readonly after: Mark | null; readonly before: Mark | null }

type DatedMark<Mark extends AnchorMark> = Mark & { readonly at: Instant }

/**
 * The narrowest bracket that the anchors give to an entry: the latest token that was there before the entry was appended,
 * and the earliest one over a checkpoint that holds it. The upper side is proof. The lower side rests on the service
 * having stamped its newest checkpoint and waited for the answer (decision 0054).
 */
export function bracketOf<Mark extends AnchorMark>(
  marks: readonly Mark[],
  entryIndex: number,
): Bracket<Mark> {
  let after: DatedMark<Mark> | null = null
  let before: DatedMark<Mark> | null = null
  for (const mark of marks) {
    if (!isDated(mark)) continue
    if (mark.settledSize <= entryIndex && (after === null || mark.at > after.at)) after = mark
    if (mark.size > entryIndex && (before === null || mark.at < before.at)) before = mark
  }
  return { after, before }
}

/**
 * The anchors that a dossier with these entries needs, by ascending size, one for each size: for every entry the two of
 * its bracket, and the newest one not above `checkpointSize`.
 *
 * An anchor is left out when one of the entries was appended while its token was under way: a reader sees sizes only and
 * would take the token for older than the entry. Where one checkpoint has several first tokens and is needed on both
 * sides, the earliest counts: the upper side is the one that proves something.
 */
export function chooseAnchors<Mark extends AnchorMark>(
  marks: readonly Mark[],
  entryIndexes: readonly number[],
  checkpointSize: number,
): Mark[] {
  const indexes = [...new Set(entryIndexes)].toSorted((a, b) => a - b)
  const within = marks.filter((mark) => mark.size <= checkpointSize)
  const usable = within
    .filter(isDated)
    .filter((mark) => !hasIndexWithin(indexes, mark.size, mark.settledSize))
  const chosen = new Map<number, Mark>()
  for (const mark of lowerSides(usable, indexes)) chosen.set(mark.size, mark)
  for (const mark of upperSides(usable, indexes)) chosen.set(mark.size, mark)
  const newest = newestOf(usable, within)
  if (newest !== undefined && !chosen.has(newest.size)) chosen.set(newest.size, newest)
  return [...chosen.values()].toSorted((a, b) => a.size - b.size)
}

function isDated<Mark extends AnchorMark>(mark: Mark): mark is DatedMark<Mark> {
  return mark.at !== null
}

/** For each index, ascending, the latest token that was there before it. */
function lowerSides<Mark extends AnchorMark>(
  usable: readonly DatedMark<Mark>[],
  indexes: readonly number[],
): DatedMark<Mark>[] {
  const marks = usable.toSorted((a, b) => a.settledSize - b.settledSize)
  const found: DatedMark<Mark>[] = []
  let latest: DatedMark<Mark> | undefined
  let position = 0
  for (const index of indexes) {
    for (; position < marks.length && marks[position]!.settledSize <= index; position += 1) {
      const mark = marks[position]!
      if (latest === undefined || mark.at > latest.at) latest = mark
    }
    if (latest !== undefined) found.push(latest)
  }
  return found
}

/** For each index, descending, the earliest token over a checkpoint that holds it. */
function upperSides<Mark extends AnchorMark>(
  usable: readonly DatedMark<Mark>[],
  indexes: readonly number[],
): DatedMark<Mark>[] {
  const marks = usable.toSorted((a, b) => b.size - a.size)
  const found: DatedMark<Mark>[] = []
  let earliest: DatedMark<Mark> | undefined
  let position = 0
  for (const index of indexes.toReversed()) {
    for (; position < marks.length && marks[position]!.size > index; position += 1) {
      const mark = marks[position]!
      if (earliest === undefined || mark.at < earliest.at) earliest = mark
    }
    if (earliest !== undefined) found.push(earliest)
  }
  return found
}

/** Of the largest size the earliest token; a checkpoint that is only cosigned counts when it is larger than any other. */
function newestOf<Mark extends AnchorMark>(
  usable: readonly DatedMark<Mark>[],
  within: readonly Mark[],
): Mark | undefined {
  const candidates = [...usable, ...within.filter((mark) => mark.at === null)]
  return candidates.toSorted((a, b) => b.size - a.size || compareMoments(a.at, b.at))[0]
}

function compareMoments(a: Instant | null, b: Instant | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether one of the ascending indexes lies in [from, to). */
function hasIndexWithin(indexes: readonly number[], from: number, to: number): boolean {
  let low = 0
  let high = indexes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (indexes[middle]! < from) low = middle + 1
    else high = middle
  }
  return low < indexes.length && indexes[low]! < to
}
