import { demandSignedByOneOf, parseCheckpoint } from '../../src/verification/checkpoint.ts'
import { demandConsistency } from '../../src/verification/consistency-proof.ts'
import { demandEd25519 } from '../../src/verification/ed25519.ts'
import { parseLogKey } from '../../src/verification/log-key.ts'
import { demandInclusion } from '../../src/verification/merkle-tree.ts'

// Bundled for the browser as well, with the primitives of the page: nothing here may need Node.

/** A question to a function of a verifier. Bytes are base64. */
export type Case =
  | {
      readonly kind: 'inclusion'
      readonly index: number
      readonly size: number
      readonly path: readonly string[]
      readonly leaf: string
      readonly root: string
    }
  | {
      readonly kind: 'consistency'
      readonly first: number
      readonly second: number
      readonly path: readonly string[]
      readonly roots: readonly [string, string]
    }
  | { readonly kind: 'ed25519'; readonly key: string; readonly message: string; readonly signature: string }
  | { readonly kind: 'note'; readonly vkey: string; readonly note: string }

/** Says of each case whether the verifier's function accepts it. */
export function holdEach(cases: readonly Case[]): boolean[] {
  return cases.map((each) => {
    try {
      demandCase(each)
      return true
    } catch {
      return false
    }
  })
}

function demandCase(each: Case): void {
  if (each.kind === 'inclusion') {
    const { index, size } = each
    const path = each.path.map(bytes)
    demandInclusion({ index, size, path, leafHash: bytes(each.leaf), root: bytes(each.root) })
  } else if (each.kind === 'consistency') {
    const [firstRoot, secondRoot] = each.roots.map(bytes) as [Buffer, Buffer]
    const sizes = { firstSize: each.first, secondSize: each.second }
    demandConsistency({ ...sizes, firstRoot, secondRoot, path: each.path.map(bytes) })
  } else if (each.kind === 'ed25519') {
    demandEd25519(bytes(each.key), bytes(each.message), bytes(each.signature))
  } else demandSignedByOneOf(parseCheckpoint(each.note), [parseLogKey(each.vkey)])
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64')
}
