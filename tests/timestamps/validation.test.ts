import { createHash } from 'node:crypto'
import t from 'tap'
import { sha256, toInstant } from '#core'
import { TimestampRefusal, validateTimestamp, type Expectation } from '#timestamps'
import { timestampRequest } from '../../src/timestamps/timestamp-request.ts'
import { aTsaCertificate, timeStamping, tsaKeys, type TsaKeys } from '../support/timestamps-keys.ts'
import {
  aTimestampResponse,
  issuerSerialOf,
  tokenNames,
  type TokenWishes,
} from '../support/timestamps-token.ts'
import { der, extension, integer, oid } from '../support/verification-seal.ts'

const now = toInstant('2026-11-21T08:00:00.000Z')
const hash = sha256('a checkpoint')
const nonce = Buffer.from('00a1b2c3d4e5f607', 'hex')
const request = timestampRequest(hash, nonce)
const ordinary = tsaKeys()

const expecting = (keys: TsaKeys): Expectation => ({ sha256: hash, nonce, roots: [keys.root.der], now })
const validate = (keys: TsaKeys, wishes: TokenWishes = {}) =>
  validateTimestamp(aTimestampResponse(request, keys, now, wishes), expecting(keys))

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

const accepted: [string, TokenWishes, TsaKeys?][] = [
  ['an ordinary token', {}],
  ['granted with modifications', { status: 1 }],
  [
    'accuracy, a name of the TSA and a harmless extension',
    {
      infoExtras: [
        der(0xa0, der(0xa4, ordinary.signer.subject)),
        der(0xa1, der(0x30, oid('1.2.3.4.3'), der(0x04, integer(1)))),
      ],
    },
  ],
  ['SHA-384 with P-384', { hash: 'sha384' }, tsaKeys({ kind: 'p384' })],
  ['SHA-512 with RSA', { hash: 'sha512' }, tsaKeys({ kind: 'rsa' }, { kind: 'rsa' }, { kind: 'rsa' })],
  ['an RSA signature named in one', { signatureName: '1.2.840.113549.1.1.11' }, tsaKeys({ kind: 'rsa' })],
  ['a certificate named by SHA-1, as RFC 2634 has it', { namedBy: 'v1' }],
  ['a certificate named both ways', { namedBy: 'both' }],
  ['a certificate named by SHA-512', { namedBy: 'v2-sha512' }],
  ['a certificate named with issuer and number', { issuerSerial: issuerSerialOf(ordinary.signer) }],
  [
    'the whole chain named',
    { named: [ordinary.signer, ordinary.middle, ordinary.root].map(({ der }) => der) },
  ],
  [
    'the root brought as well',
    { certificates: [ordinary.root, ordinary.signer, ordinary.middle].map(({ der }) => der) },
  ],
  ['no key usage', {}, tsaKeys({ keyUsage: null })],
  ['an authority for timestamps', {}, tsaKeys({}, { purposes: [timeStamping] })],
]

t.test('V1: what the standards allow is accepted', async (t) => {
  for (const [title, wishes, keys] of accepted)
    t.equal(
      refusal(() => validate(keys ?? ordinary, wishes)),
      'accepted',
      title,
    )
})

const stranger = tsaKeys().signer
const refused: [string, string, TokenWishes][] = [
  ['status', 'a rejection', { status: 2, noToken: true }],
  ['status', 'waiting', { status: 3, noToken: true }],
  ['status', 'a rejection that brings a token', { status: 2 }],
  ['form', 'a status that does not exist and no token', { status: 0, noToken: true }],
  ['imprint', 'another hash', { imprint: Buffer.alloc(32) }],
  ['imprint', 'a hash that is too short', { imprint: hash.subarray(0, 31) }],
  ['nonce', 'another nonce', { nonce: integer(1) }],
  ['nonce', 'no nonce', { nonce: null }],
  [
    'nonce',
    'the same bytes as a negative number',
    { nonce: der(0x02, Buffer.from('a1b2c3d4e5f607', 'hex')) },
  ],
  ['form', 'a nonce with zeros in front', { nonce: der(0x02, Buffer.from('0000a1b2c3d4e5f607', 'hex')) }],
  ['time', 'genTime of another day', { genTime: '20261120080000Z' }],
  ['form', 'genTime without seconds', { genTime: '202611210800Z' }],
  ['form', 'genTime of another zone', { genTime: '20261121080000+0100' }],
  ['form', 'genTime with zeros behind the fraction', { genTime: '20261121080000.50Z' }],
  ['form', 'genTime on a day that does not exist', { genTime: '20261131080000Z' }],
  ['form', 'a TSTInfo of version 2', { infoVersion: 2 }],
  [
    'form',
    'a critical extension',
    {
      infoExtras: [der(0xa1, der(0x30, oid('1.2.3.4.3'), der(0x01, Buffer.of(0xff)), der(0x04, integer(1))))],
    },
  ],
  ['form', 'a TSTInfo that goes on', { infoExtras: [der(0x0c, Buffer.from('more'))] }],
  ['form', 'signed data of version 1', { version: 1 }],
  ['form', 'signed data about plain data', { contentName: tokenNames.data }],
  ['form', 'a signed content type of plain data', { signedContentName: tokenNames.data }],
  ['form', 'SHA-1 under the signature', { hash: 'sha1', signatureName: '1.2.840.10045.4.1' }],
  ['form', 'a signature with another hash than the digest', { signatureName: '1.2.840.10045.4.3.3' }],
  ['form', 'two signers', { signers: 2 }],
  ['form', 'no signer', { signers: 0 }],
  ['form', 'attributes that nobody signed', { unsigned: true }],
  ['form', 'no signed content type', { leaveOut: tokenNames.contentType }],
  ['form', 'no signed digest', { leaveOut: tokenNames.messageDigest }],
  ['form', 'no named certificate', { namedBy: 'nothing' }],
  ['form', 'an attribute twice', { twice: tokenNames.messageDigest }],
  ['form', 'signed attributes out of order', { unsorted: true }],
  ['form', 'ten certificates', { certificates: Array.from({ length: 10 }, () => ordinary.signer.der) }],
  ['form', 'a certificate that is none', { certificates: [ordinary.signer.der, der(0x30, integer(1))] }],
  ['signature', 'another digest', { digest: Buffer.alloc(32) }],
  ['signature', 'a signature of something else', { breakSignature: true }],
  ['signature', 'an RSA signature by a key of another kind', { signatureName: '1.2.840.113549.1.1.11' }],
  ['certificate', 'another named certificate', { named: [stranger.der] }],
  ['certificate', 'the authority named first', { named: [ordinary.middle.der, ordinary.signer.der] }],
  ['certificate', 'a stranger named besides', { named: [ordinary.signer.der, stranger.der] }],
  ['certificate', 'another issuer named', { issuerSerial: issuerSerialOf(ordinary.middle) }],
  ['certificate', 'no certificate at all', { certificates: [] }],
  ['certificate', 'only the certificate of a stranger', { certificates: [stranger.der] }],
  ['chain', 'the authority in between left out', { certificates: [ordinary.signer.der] }],
]

t.test('V2: everything else is refused, each for its reason', async (t) => {
  for (const [reason, title, wishes] of refused)
    t.equal(
      refusal(() => validate(ordinary, wishes)),
      reason,
      title,
    )
})

const date = extension('2.5.29.30', true, der(0x30))
const unusable: [string, string, TsaKeys][] = [
  ['usage', 'no purpose', tsaKeys({ purposes: [] })],
  ['usage', 'any purpose', tsaKeys({ purposes: ['2.5.29.37.0'] })],
  ['usage', 'the purpose not critical', tsaKeys({ purposesCritical: false })],
  ['usage', 'the purpose twice', tsaKeys({ purposes: [timeStamping, timeStamping] })],
  [
    'usage',
    'a signer that is an authority',
    tsaKeys({ authority: true, keyUsage: [6, 0xc0], purposes: [timeStamping] }),
  ],
  ['usage', 'a signer that may encrypt', tsaKeys({ keyUsage: [5, 0xe0] })],
  ['usage', 'a signer that may not sign', tsaKeys({ keyUsage: [5, 0x20] })],
  ['usage', 'an authority for other things', tsaKeys({}, { purposes: ['1.3.6.1.5.5.7.3.36'] })],
  ['chain', 'an issuer that is no authority', tsaKeys({}, { authority: false, purposes: [] })],
  ['chain', 'an authority that may not issue', tsaKeys({}, { keyUsage: [1, 0x02] })],
  ['chain', 'an authority under a root that allows none', tsaKeys({}, {}, { pathLength: 0 })],
  ['chain', 'a certificate signed with SHA-1', tsaKeys({ sha1: true })],
  ['chain', 'RSA with 1024 bits', tsaKeys({ kind: 'short-rsa' })],
  ['chain', 'P-521', tsaKeys({ kind: 'p521' })],
  ['chain', 'an authority with 1024 bits', tsaKeys({}, { kind: 'short-rsa' })],
  ['form', 'a critical extension that is not known', tsaKeys({ extraExtensions: [date] })],
  [
    'form',
    'an extension twice',
    tsaKeys({ extraExtensions: [extension('2.5.29.15', true, der(0x03, Buffer.of(6, 0xc0)))] }),
  ],
  ['expired', 'an authority that had ended', tsaKeys({}, { until: '261121075959Z' })],
  ['expired', 'a root that had ended', tsaKeys({}, {}, { until: '261121075959Z' })],
  ['expired', 'a signer that had not begun', tsaKeys({ from: '261121080001Z' })],
  ['accepted', 'a signer in its last second', tsaKeys({ until: '261121080000Z' })],
  ['accepted', 'a signer in its first second', tsaKeys({ from: '261121080000Z' })],
  ['accepted', 'two authorities in between where the path allows it', tsaKeys({}, { pathLength: 1 })],
]

t.test('V3: the certificate of the signer and everything above it are fit for it at genTime', async (t) => {
  for (const [reason, title, keys] of unusable)
    t.equal(
      refusal(() => validate(keys)),
      reason,
      title,
    )
})

t.test('V3: what is pinned decides, not what the token brings', async (t) => {
  const response = aTimestampResponse(request, ordinary, now, {
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

t.test('V3: of two ways to a root the one that was valid is taken', async (t) => {
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
  'V4: a token that was kept is checked without nonce and clock, and otherwise as strictly',
  async (t) => {
    const response = aTimestampResponse(request, ordinary, now)
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
      validateTimestamp(aTimestampResponse(request, ordinary, now, { genTime: '20261121080000.7Z' }), kept)
        .at,
      '2026-11-21T08:00:00.700Z',
    )
    t.equal(
      validateTimestamp(
        aTimestampResponse(request, ordinary, now, { genTime: '20261121080000.123456Z' }),
        kept,
      ).at,
      '2026-11-21T08:00:00.123Z',
    )
  },
)

t.test('V5: of all changes of one bit only "granted with modifications" passes', async (t) => {
  const response = aTimestampResponse(request, ordinary, now)
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
