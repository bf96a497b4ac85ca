import { createHash } from 'node:crypto'
import t from 'tap'
import { sha256 } from '#core'
import { TimestampRefusal, validateTimestamp, type Expectation } from '#timestamps'
import {
  acceptedTokens,
  answered,
  asked,
  judgedKeys,
  ordinary,
  refusedTokens,
} from '../support/timestamps-cases.ts'
import { aTsaCertificate, tsaKeys, type TsaKeys } from '../support/timestamps-keys.ts'
import type { TokenWishes } from '../support/timestamps-token.ts'

const { sha256: hash } = asked
const expecting = (keys: TsaKeys): Expectation => ({ ...asked, roots: [keys.root.der] })
const validate = (keys: TsaKeys, wishes: TokenWishes = {}) =>
  validateTimestamp(answered(keys, wishes), expecting(keys))

/** The reason of the refusal; anything else that is thrown fails the test. */
function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof TimestampRefusal) return error.reason
    throw error
  }
  return 'accepted'
}

t.test('Z2: what the standards allow is accepted', async (t) => {
  for (const [title, wishes, keys] of acceptedTokens)
    t.equal(
      refusal(() => validate(keys ?? ordinary, wishes)),
      'accepted',
      title,
    )
})

t.test('Z2: everything else is refused, each for its reason', async (t) => {
  for (const [reason, title, wishes] of refusedTokens)
    t.equal(
      refusal(() => validate(ordinary, wishes)),
      reason,
      title,
    )
})

t.test('Z2: the certificate of the signer and everything above it are fit for it at genTime', async (t) => {
  for (const [reason, title, keys] of judgedKeys)
    t.equal(
      refusal(() => validate(keys)),
      reason,
      title,
    )
})

t.test('Z2: what is pinned decides, not what the token brings', async (t) => {
  const response = answered(ordinary, {
    certificates: [ordinary.signer.der, ordinary.middle.der, ordinary.root.der],
  })
  const under = (...roots: Buffer[]) =>
    refusal(() => validateTimestamp(response, { ...expecting(ordinary), roots }))
  t.equal(under(), 'chain', 'no root')
  t.equal(under(tsaKeys().root.der), 'chain', 'another root of the same name')
  t.equal(under(tsaKeys().root.der, ordinary.root.der), 'accepted')
  t.equal(under(ordinary.middle.der), 'accepted', 'an authority that is pinned itself')
  t.equal(under(ordinary.signer.der), 'chain', 'a signer vouches for nobody, not for itself either')
  t.throws(() => validateTimestamp(response, { ...expecting(ordinary), roots: [Buffer.of(1)] }), RangeError)
})

t.test('Z2: of two ways to a root the one that was valid is taken', async (t) => {
  const ended = { ...ordinary.middle }
  const again = aTsaCertificate({
    name: 'Test TSA authority',
    authority: true,
    issuer: ordinary.root,
    until: '200102000000Z',
  })
  const certificates = [again.der, ordinary.signer.der, ended.der]
  t.equal(
    refusal(() => validate(ordinary, { certificates })),
    'accepted',
  )
})

t.test(
  'Z5: a token that was kept is checked without nonce and clock, and otherwise as strictly',
  async (t) => {
    const response = answered()
    const kept = { sha256: hash, roots: [ordinary.root.der] }
    t.match(validateTimestamp(response, kept), {
      at: '2026-11-21T08:00:00.000Z',
      certificateEndsAt: '2040-01-01T00:00:00.000Z',
      policy: '1.2.3.4.1',
      development: false,
    })
    t.equal(
      refusal(() => validateTimestamp(response, { ...kept, sha256: sha256('b') })),
      'imprint',
    )
    t.equal(
      refusal(() => validateTimestamp(response.subarray(1), kept)),
      'form',
    )
    t.equal(
      refusal(() => validateTimestamp(Buffer.concat([response, Buffer.of(0)]), kept)),
      'form',
    )
    t.equal(
      refusal(() => validateTimestamp(Buffer.alloc(0), kept)),
      'form',
    )
    t.equal(
      refusal(() => validateTimestamp(Buffer.alloc(65_537, 0x30), kept)),
      'too-large',
    )
    t.equal(
      validateTimestamp(answered(ordinary, { genTime: '20261121080000.7Z' }), kept).at,
      '2026-11-21T08:00:00.700Z',
    )
    t.equal(
      validateTimestamp(answered(ordinary, { genTime: '20261121080000.123456Z' }), kept).at,
      '2026-11-21T08:00:00.123Z',
    )
  },
)

t.test('Z4: of all changes of one bit only "granted with modifications" passes', async (t) => {
  const response = answered()
  const passed: number[] = []
  for (let position = 0; position < response.length; position++) {
    const changed = Buffer.from(response)
    // One bit at each place, a different one from place to place, and the lowest in the status.
    changed[position]! ^=
      position < 9 ? 1 : 1 << (createHash('sha256').update(String(position)).digest()[0]! & 7)
    if (refusal(() => validateTimestamp(changed, expecting(ordinary))) === 'accepted') passed.push(position)
  }
  const [status] = passed
  t.equal(passed.length, 1, `places ${passed.join(', ')} of ${response.length}`)
  t.same(response.subarray(status! - 2, status! + 1), Buffer.from('020100', 'hex'))
})
