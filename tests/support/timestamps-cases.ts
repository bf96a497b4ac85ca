import { sha256, toInstant } from '#core'
import { timestampRequest } from '../../src/timestamps/timestamp-request.ts'
import { aTsaCertificate, timeStamping, tsaKeys, type TsaKeys } from './timestamps-keys.ts'
import { aTimestampResponse, issuerSerialOf, tokenNames, type TokenWishes } from './timestamps-token.ts'
import { der, extension, integer, oid } from './verification-seal.ts'

/** What the tokens of these cases were asked for. */
export const asked = {
  now: toInstant('2026-11-21T08:00:00.000Z'),
  sha256: sha256('a checkpoint'),
  nonce: Buffer.from('00a1b2c3d4e5f607', 'hex'),
}
const request = timestampRequest(asked.sha256, asked.nonce)

/** The keys of a TSA as there are many. */
export const ordinary = tsaKeys()

/** The answer of a TSA to what was asked. */
export function answered(keys: TsaKeys = ordinary, wishes: TokenWishes = {}): Buffer {
  return aTimestampResponse(request, keys, asked.now, wishes)
}

const constraints = extension('2.5.29.30', true, der(0x30))
const foreign = aTsaCertificate({
  name: 'Old root',
  authority: true,
  sha1: true,
  extraExtensions: [constraints],
})

/** What the standards allow. */
export const acceptedTokens: [string, TokenWishes, TsaKeys?][] = [
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
  [
    'a certificate of others brought along, of a kind not used here',
    { certificates: [ordinary.signer, ordinary.middle, foreign].map(({ der }) => der) },
  ],
  ['no key usage', {}, tsaKeys({ keyUsage: null })],
  ['an authority for timestamps', {}, tsaKeys({}, { purposes: [timeStamping] })],
]

const stranger = tsaKeys().signer

/** What is wrong with a token of ordinary keys, and the reason that it is refused for. */
export const refusedTokens: [string, string, TokenWishes][] = [
  ['status', 'a rejection', { status: 2, noToken: true }],
  ['status', 'waiting', { status: 3, noToken: true }],
  ['status', 'a rejection that brings a token', { status: 2 }],
  ['form', 'a status that does not exist and no token', { status: 0, noToken: true }],
  ['imprint', 'another hash', { imprint: Buffer.alloc(32) }],
  ['imprint', 'a hash that is too short', { imprint: asked.sha256.subarray(0, 31) }],
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
  ['form', 'a FALSE written out', { infoExtras: [der(0x01, Buffer.of(0))] }],
  ['form', 'genTime with ten digits behind the point', { genTime: '20261121080000.0123456789Z' }],
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

/** Keys of all kinds, and what becomes of an ordinary token by them. */
export const judgedKeys: [string, string, TsaKeys][] = [
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
  ['certificate', 'a critical extension that is not known', tsaKeys({ extraExtensions: [constraints] })],
  [
    'chain',
    'an authority with a critical extension that is not known',
    tsaKeys({}, { extraExtensions: [constraints] }),
  ],
  ['chain', 'an authority that says nothing of its key', tsaKeys({}, { keyUsage: null })],
  [
    'certificate',
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
