/**
 * The files that take longest, as parts of their paths, longest first. They start first, so that a run does not end
 * with one slow file on one processor. A run prints its slowest files; this list need not be exact.
 */
const slow: readonly string[] = [
  'tests/system/',
  'tests/portal/',
  'three-verifiers',
  'tests/verification/three-primitives',
  'tests/verification/verifier-page',
  'tests/database/setup',
  'tests/database/embedded',
  'tests/documents/pool',
  'tests/disputes/',
  'tests/recognition/',
  'tests/external/long-term',
]

/** The same files, those known to be slow in front. */
export function longestFirst(files: readonly string[]): string[] {
  const rank = (file: string) => {
    const found = slow.findIndex((part) => file.includes(part))
    return found === -1 ? slow.length : found
  }
  return files.toSorted((a, b) => rank(a) - rank(b))
}
