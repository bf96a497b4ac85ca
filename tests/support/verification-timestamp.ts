import { createHash, sign } from 'node:crypto'
import { digestOf } from './verification-log.ts'
import { aCertificate, attribute, der, integer, oid, signingOf } from './verification-seal.ts'
import type { CertificateWishes, KeyKind, TestCertificate } from './verification-seal.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...[...parts].toSorted(Buffer.compare))

/** A time-stamping authority that is not one: a stand-in written from RFC 3161 and RFC 5652. */
export type TestAuthority = {
  readonly root: TestCertificate
  readonly middle: TestCertificate
  readonly leaf: TestCertificate
}

const timeStamping = '1.3.6.1.5.5.7.3.8'

export type AuthorityWishes = {
  readonly name?: string
  readonly keyKind?: KeyKind
  readonly leaf?: Partial<CertificateWishes>
}

/** A root, an authority below it, and a certificate for time-stamps below that. */
export function anAuthority(wishes: AuthorityWishes = {}): TestAuthority {
  const { name = 'Test time root', keyKind = 'P-256' } = wishes
  const root = aCertificate({ name, authority: true, keyKind })
  const middle = aCertificate({ name: 'Test time authority', authority: true, pathLength: 0, issuer: root, keyKind }) // prettier-ignore
  const leaf = aCertificate({
    name: 'Test TSA 1',
    issuer: middle,
    keyKind,
    purposes: [timeStamping],
    purposesCritical: true,
    ...wishes.leaf,
  })
  return { root, middle, leaf }
}

export type TimestampWishes = {
  /** `20261121080000Z`, or with a fraction. */
  readonly at?: string
  readonly imprint?: Buffer
  readonly status?: number
  readonly signature?: (honest: Buffer) => Buffer
  readonly content?: (honest: Buffer) => Buffer
  readonly certificates?: readonly Buffer[]
  readonly namedCertificate?: Buffer
  readonly leaveOut?: readonly string[]
  /** Names the certificate by SHA-1, as RFC 3161 first had it. */
  readonly oldSigningCertificate?: boolean
  readonly contentType?: string
  readonly version?: number
  /** Names RSA without its hash, as most signers do. */
  readonly plainRsa?: boolean
  readonly unsigned?: Buffer
  readonly lists?: Buffer
}

const plainRsa = sequence(oid('1.2.840.113549.1.1.1'), der(0x05))

const hashAlgorithms: Readonly<Record<string, Buffer>> = {
  sha256: sequence(oid('2.16.840.1.101.3.4.2.1')),
  sha384: sequence(oid('2.16.840.1.101.3.4.2.2'), der(0x05)),
  sha512: sequence(oid('2.16.840.1.101.3.4.2.3'), der(0x05)),
}

/** A TimeStampResp over these bytes, or with the wrong parts that are wished for. */
export function aTimestamp(
  authority: TestAuthority,
  subject: Uint8Array,
  wishes: TimestampWishes = {},
): Buffer {
  const status = sequence(integer(wishes.status ?? 0))
  return sequence(status, aTokenOf(authority, subject, wishes))
}

/** The token alone, as a document time-stamp holds it. */
export function aTokenOf(
  authority: TestAuthority,
  subject: Uint8Array,
  wishes: TimestampWishes = {},
): Buffer {
  const imprint = wishes.imprint ?? digestOf(subject)
  const honest = sequence(
    integer(wishes.version ?? 1),
    oid('1.2.3.4.1'),
    sequence(hashAlgorithms['sha256'] as Buffer, der(0x04, imprint)),
    integer(77),
    der(0x18, Buffer.from(wishes.at ?? '20261121080000Z')),
    integer(42),
  )
  return aToken(authority, honest, wishes)
}

function aToken({ middle, leaf }: TestAuthority, honest: Buffer, wishes: TimestampWishes): Buffer {
  const { hash, algorithm } = signingOf(leaf.key)
  const content = wishes.content?.(honest) ?? honest
  const type = oid(wishes.contentType ?? '1.2.840.113549.1.9.16.1.4')
  const named = wishes.namedCertificate ?? leaf.der
  const byOld = sequence(sequence(sequence(der(0x04, createHash('sha1').update(named).digest()))))
  const byNew = sequence(sequence(sequence(der(0x04, digestOf(named)))))
  const all: Record<string, Buffer> = {
    '1.2.840.113549.1.9.3': type,
    '1.2.840.113549.1.9.4': der(0x04, createHash(hash).update(honest).digest()),
    ...(wishes.oldSigningCertificate === true
      ? { '1.2.840.113549.1.9.16.2.12': byOld }
      : { '1.2.840.113549.1.9.16.2.47': byNew }),
  }
  const signed = set(
    ...Object.entries(all)
      .filter(([name]) => !(wishes.leaveOut ?? []).includes(name))
      .map(([name, value]) => attribute(name, value)),
  )
  const signature = sign(hash, signed, leaf.key)
  const signer = sequence(
    integer(1),
    sequence(middle.subject, leaf.serial),
    hashAlgorithms[hash] as Buffer,
    Buffer.concat([Buffer.of(0xa0), signed.subarray(1)]),
    wishes.plainRsa === true ? plainRsa : algorithm,
    der(0x04, wishes.signature?.(signature) ?? signature),
    ...(wishes.unsigned === undefined ? [] : [wishes.unsigned]),
  )
  const certificates = wishes.certificates ?? [leaf.der, middle.der]
  const signedData = sequence(
    integer(3),
    set(hashAlgorithms[hash] as Buffer),
    sequence(type, der(0xa0, der(0x04, content))),
    der(0xa0, ...certificates),
    ...(wishes.lists === undefined ? [] : [wishes.lists]),
    set(signer),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, signedData))
}
