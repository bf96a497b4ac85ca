import t from 'tap'
import { validateTimestamp, whyNotInFile } from '#timestamps'
import { answered, asked } from '../support/timestamps-cases.ts'
import { tsaKeys } from '../support/timestamps-keys.ts'

const keys = tsaKeys({ kind: 'rsa' })
const stranger = tsaKeys()
const roots = [keys.root.der]

t.test('Z10: a token that holds may stand in a file when no part of it can change unnoticed', async (t) => {
  const brought = [keys.signer.der, keys.middle.der]
  const cases: [string, Buffer, readonly Buffer[], RegExp | undefined][] = [
    ['an ordinary one', answered(keys, {}), roots, undefined],
    ['with its root', answered(keys, { certificates: [...brought, keys.root.der] }), roots, undefined],
    [
      'RSA named in one',
      answered(keys, { signatureName: '1.2.840.113549.1.1.11' }),
      roots,
      /names its RSA signature/,
    ],
    ['a stranger', answered(keys, { certificates: [...brought, stranger.signer.der] }), roots, /vouches for/],
    [
      'another authority below a root of ours',
      answered(keys, { certificates: [...brought, stranger.middle.der] }),
      [...roots, stranger.root.der],
      undefined,
    ],
  ]
  for (const [title, response, anchors, wanted] of cases) {
    validateTimestamp(response, { sha256: asked.sha256, roots: anchors })
    const said = whyNotInFile(response, anchors)
    if (wanted === undefined) t.equal(said, undefined, title)
    else t.match(said, wanted, title)
  }
})
