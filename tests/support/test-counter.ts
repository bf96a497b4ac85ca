import { Parser } from 'tap-parser'

type Result = {
  readonly ok: boolean
  readonly fullname: string
  readonly todo?: unknown
  readonly skip?: unknown
}
export type Totals = { readonly passed: number; readonly failed: number }

/**
 * Counts assertions at any depth: what tap-parser reports as a result. Of a file that was killed it reports none, only
 * that the file's line at the root is not ok, so such a line counts as one failure when no result below it failed.
 */
export function createCounter(): { readonly parser: Parser; readonly totals: () => Totals } {
  const parser = new Parser()
  let passed = 0
  const failed: string[] = []
  const failedRoots: string[] = []
  parser.on('result', (result: Result) => {
    if (result.skip || result.todo) return
    if (result.ok) passed++
    else failed.push(result.fullname)
  })
  parser.on('assert', (root: Result) => {
    if (!root.ok && !root.skip && !root.todo) failedRoots.push(root.fullname)
  })
  const unexplained = () =>
    failedRoots.filter((root) => !failed.some((name) => name === root || name.startsWith(`${root} > `)))
  return { parser, totals: () => ({ passed, failed: failed.length + unexplained().length }) }
}
