import { GrowingFile } from './verification-long-term.ts'
import {
  allData,
  alone,
  authority,
  good,
  keys,
  stamped,
  tops,
  withData,
} from './verification-long-term-cases.ts'
import type { LongTermCase } from './verification-long-term-cases.ts'
import { aResponder, aRevocationList } from './verification-revocation.ts'
import { aCertificate, attribute, der, extension, integer } from './verification-seal.ts'
import { anAuthority } from './verification-timestamp.ts'

const rsaAuthority = anAuthority({ name: 'Test time root', keyKind: 'RSA' })
const list = (): Buffer => aRevocationList(keys.root)

/** Wrong in what they mean: time-stamps, orders, revocations. */
export const wrongCases: readonly LongTermCase[] = [
  {
    name: 'a seal revoked before its proven time',
    check: 'seal revocation',
    reason: /was revoked at 2026-11-21T07:00:00.000Z/,
    bytes: () => withData(allData('20261121080010Z', { status: { revokedAt: '20261121070000Z' } })),
  },
  {
    name: 'a revoked seal without any trusted time',
    check: 'seal revocation',
    reason: /no trusted time proves/,
    open: true,
    bytes: () =>
      new GrowingFile(keys).data({
        certificates: tops,
        ocsps: [good({ status: { revokedAt: '20261122070000Z' } })],
      }).bytes,
  },
  {
    name: 'an authority revoked, and no later time-stamp over its own',
    check: 'revision 2 revocation',
    reason: /no trusted time proves that it signed before/,
    bytes: () => withData(allData('20261121080010Z', {}, { status: { revokedAt: '20261121090000Z' } })),
  },
  {
    name: 'a time-stamp over other bytes',
    check: 'revision 2 imprint',
    reason: /about other bytes/,
    bytes: () =>
      new GrowingFile(keys).stamp(authority, '20261121080005Z', {
        timestamp: { imprint: Buffer.alloc(32, 1) },
      }).bytes,
  },
  {
    name: 'a time-stamp older than the one before',
    check: 'revision 3 order',
    reason: /older than what it renews/,
    bytes: () => stamped().stamp(authority, '20261121080004Z').bytes,
  },
  {
    name: 'a renewal after the certificates ended',
    check: 'revision 3 order',
    reason: /ended at 2040-01-01/,
    bytes: () => {
      const late = anAuthority({ name: 'Second time root', leaf: { until: '450101000000Z' } })
      return stamped().stamp(late, '20410101080000Z').bytes
    },
  },
  {
    name: 'a seal younger than the time-stamp over it',
    check: 'seal time',
    reason: /when a time-stamp already covered the seal/,
    bytes: () => new GrowingFile(keys).stamp(authority, '20261121075000Z').bytes,
  },
  {
    name: 'a time-stamp by an authority nobody pinned',
    check: 'revision 2 certificate',
    reason: /no pinned root stands above/,
    bytes: () => new GrowingFile(keys).stamp(anAuthority({ name: 'Foreign' }), '20261121080005Z').bytes,
  },
  {
    name: 'a certificate for other things than time-stamps',
    check: 'revision 2 certificate',
    reason: /not for time-stamps only/,
    bytes: () => {
      const leaf = aCertificate({ name: 'Wide', issuer: authority.middle, purposes: ['1.3.6.1.5.5.7.3.8'] })
      return new GrowingFile(keys).stamp({ ...authority, leaf }, '20261121080005Z').bytes
    },
  },
  {
    name: 'a token with unsigned attributes',
    check: 'revision 2 form',
    reason: /attributes that nothing signs/,
    bytes: () =>
      new GrowingFile(keys).stamp(authority, '20261121080005Z', {
        timestamp: { unsigned: der(0xa1, attribute('1.2.840.113549.1.9.5', integer(1))) },
      }).bytes,
  },
  {
    name: 'a token with revocation lists beside its signature',
    check: 'revision 2 form',
    reason: /revocation lists, which nothing signs/,
    bytes: () =>
      new GrowingFile(keys).stamp(authority, '20261121080005Z', { timestamp: { lists: der(0xa1, list()) } })
        .bytes,
  },
  {
    name: 'a token with a certificate of somebody else',
    check: 'revision 2 issuers',
    reason: /nothing here vouches for the certificate of CN=Stranger/,
    bytes: () => {
      const stranger = aCertificate({
        name: 'Stranger',
        issuer: aCertificate({ name: 'X', authority: true }),
      })
      const certificates = [authority.leaf.der, authority.middle.der, stranger.der]
      return new GrowingFile(keys).stamp(authority, '20261121080005Z', { timestamp: { certificates } }).bytes
    },
  },
  {
    name: 'a token of RSA that names its hash',
    check: 'revision 2 form',
    reason: /does not name RSA as rsaEncryption/,
    bytes: () => new GrowingFile(keys).stamp(rsaAuthority, '20261121080005Z').bytes,
  },
  {
    name: 'a time-stamp that does not cover its whole revision',
    check: 'revision 2 coverage',
    reason: /does not run to the end/,
    bytes: () =>
      new GrowingFile(keys).stamp(authority, '20261121080005Z', {
        changeRange: ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 1],
      }).bytes,
  },
  {
    name: 'a time-stamp over the sealed revision only',
    check: 'revision 2 coverage',
    reason: /does not stop right before/,
    bytes: () =>
      new GrowingFile(keys).stamp(authority, '20261121080005Z', { changeRange: () => [0, 100, 200, 300] })
        .bytes,
  },
  {
    name: 'bytes hidden in the padding of a time-stamp',
    check: 'revision 2 form',
    reason: /hidden in the padding/,
    bytes: () =>
      new GrowingFile(keys).stamp(authority, '20261121080005Z', {
        changeHex: (hex) => `${hex.slice(0, -2)}01`,
      }).bytes,
  },
  {
    name: 'revocation data younger than the time-stamp over it',
    check: 'revision 4 covered data',
    reason: /claims to be younger/,
    bytes: () =>
      new GrowingFile(keys)
        .stamp(authority, '20261121080005Z')
        .data(allData('20261121090010Z'))
        .stamp(authority, '20261121080020Z').bytes,
  },
  {
    name: 'a seal whose certificate had ended by its proven time',
    check: 'seal certificate',
    reason: /not at 2026-11-21T08:00:05/,
    bytes: () => {
      const leaf = aCertificate({ name: 'Short', issuer: keys.middle, until: '261121080001Z' })
      const short = { ...keys, leaf, chain: [leaf, keys.middle] }
      return new GrowingFile(short).stamp(authority, '20261121080005Z').bytes
    },
  },
]

const unsure = { check: 'revision 2 revocation data' } as const
/** Revocation data that is not what it should be. */
export const evidenceCases: readonly LongTermCase[] = [
  {
    ...unsure,
    name: 'a response with a wrong signature',
    reason: /does not match the signed bytes/,
    bytes: () => alone({ ocsps: [good({ signature: () => anOtherSignature() })] }),
  },
  {
    ...unsure,
    name: 'a response that does not know the certificate',
    reason: /does not know the certificate/,
    bytes: () => alone({ ocsps: [good({ status: 'unknown' })] }),
  },
  {
    ...unsure,
    name: 'a response about another certificate',
    reason: /about no certificate of this file/,
    bytes: () => alone({ ocsps: [good({ serial: der(0x02, Buffer.of(0x7e, 0x7f)) })] }),
  },
  {
    ...unsure,
    name: 'a response about two certificates',
    reason: /not about exactly one/,
    bytes: () => alone({ ocsps: [good({ answers: 2 })] }),
  },
  {
    ...unsure,
    name: 'a response that failed',
    reason: /not successful/,
    bytes: () => alone({ ocsps: [good({ responseStatus: 3 })] }),
  },
  {
    ...unsure,
    name: 'a response of another type',
    reason: /not a basic one/,
    bytes: () => alone({ ocsps: [good({ type: '1.3.6.1.5.5.7.48.1.2' })] }),
  },
  {
    ...unsure,
    name: 'a response with a critical extension',
    reason: /critical extension/,
    bytes: () => alone({ ocsps: [good({ extensions: [extension('1.2.3', true, integer(1))] })] }),
  },
  {
    ...unsure,
    name: 'a responder that another authority named',
    reason: /neither the issuer nor has the issuer’s right/,
    bytes: () => alone({ ocsps: [good({ responder: aResponder(keys.root) })] }),
  },
  {
    ...unsure,
    name: 'a responder without the purpose',
    reason: /not for OCSP/,
    bytes: () =>
      alone({ ocsps: [good({ responder: aResponder(keys.middle, { purposes: ['1.3.6.1.5.5.7.3.4'] }) })] }),
  },
  {
    ...unsure,
    name: 'a responder that had ended',
    reason: /was not valid when it answered/,
    bytes: () => alone({ ocsps: [good({ responder: aResponder(keys.middle, { until: '260101000000Z' }) })] }),
  },
  {
    ...unsure,
    name: 'a response that ends before it starts',
    reason: /next update stands before/,
    bytes: () => alone({ ocsps: [good({ nextUpdate: '20261120080100Z' })] }),
  },
  {
    ...unsure,
    name: 'bytes behind a response',
    reason: /bytes follow/,
    bytes: () => alone({ ocsps: [Buffer.concat([good(), Buffer.of(0)])] }),
  },
  {
    ...unsure,
    name: 'a list signed by somebody else',
    reason: /no authority whose certificates are in this file signed/,
    bytes: () => alone({ lists: [aRevocationList(keys.root, { signer: keys.middle })] }),
  },
  {
    ...unsure,
    name: 'a list that is a part of another',
    reason: /critical extension/,
    bytes: () =>
      alone({
        lists: [aRevocationList(keys.root, { extensions: [extension('2.5.29.28', true, der(0x30))] })],
      }),
  },
  {
    name: 'a certificate of somebody else',
    check: 'revision 2 issuers',
    reason: /nothing here vouches/,
    bytes: () => {
      const issuer = aCertificate({ name: 'Elsewhere', authority: true })
      return alone({ certificates: [...tops, aCertificate({ name: 'Stranger', issuer }).der] })
    },
  },
  {
    name: 'a certificate that is none',
    check: 'revision 2 certificates',
    reason: /./,
    bytes: () => alone({ certificates: [...tops, der(0x30, integer(1))] }),
  },
]

function anOtherSignature(): Buffer {
  return der(0x30, integer(5), integer(7))
}
