import { isAccepted, verifyFile } from '#verification'
import type { Trust } from '#verification'

/** Numbers below a bound that look random and are the same in every run (mulberry32). */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

/**
 * Changes one byte at each place and verifies the result. Returns the places where the file was still accepted or where
 * no check FAILED by name: there should be none.
 */
export function placesThatMayChange(
  bytes: Buffer,
  trust: Trust,
  places: Iterable<number>,
  random: (below: number) => number,
): string[] {
  const survivors: string[] = []
  for (const place of places) {
    const changed = Buffer.from(bytes)
    // Every other time the smallest change there is, which is the likeliest to slip through.
    const difference = random(2) === 0 ? 1 << random(8) : 1 + random(255)
    changed[place] = (bytes[place] as number) ^ difference
    const report = verifyFile(changed, 'changed', trust)
    const failed = report.checks.some(({ name, outcome }) => outcome === 'FAILED' && name !== 'verifier')
    if (isAccepted(report) || !failed) survivors.push(`byte ${place} xor ${difference}`)
  }
  return survivors
}

/** Every place of a short file, or a seeded choice of places plus the first and last bytes of a long one. */
export function placesIn(length: number, count: number, random: (below: number) => number): number[] {
  if (length <= count) return Array.from({ length }, (_, place) => place)
  const edges = Array.from({ length: 16 }, (_, place) => [place, length - 1 - place]).flat()
  return [...edges, ...Array.from({ length: count }, () => random(length))]
}
