import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { certificateTime, der, derOid, derTags as tags, type Instant } from '#core'
import { writeCbor, type Writable } from './cbor-writer.ts'
import { pkiExtension } from './revocation-pki.ts'

export type AuthenticatorOptions = {
  readonly algorithm?: 'ES256' | 'EdDSA' | 'RS256'
  /** Whether the key says that it may be copied, and that it was. */
  readonly backupEligible?: boolean
  readonly backupState?: boolean
  /** 16 bytes in hex. */
  readonly aaguid?: string
  /** Whether the counter rises; a key that is copied says 0. */
  readonly counts?: boolean
}

export type Ceremony = {
  readonly rpId: string
  readonly origin: string
  readonly challenge: Uint8Array
  readonly userPresent?: boolean
  readonly userVerified?: boolean
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  /** Instead of `webauthn.create` or `webauthn.get`. */
  readonly type?: string
  /** Instead of what the authenticator counted. */
  readonly counter?: number
  /** Client data as it stands, instead of what a browser would write. */
  readonly clientDataJson?: string
  readonly extensions?: ReadonlyMap<string, Writable>
}

export type RegistrationWishes = Ceremony & {
  /** `certified` is a packed attestation with a certificate of `attestationCertificate`. */
  readonly attestation?: 'none' | 'self' | 'certified'
  readonly certificate?: AttestationCertificate
}

export type Registered = {
  readonly credentialId: Buffer
  readonly clientDataJson: Buffer
  readonly attestationObject: Buffer
  readonly authenticatorData: Buffer
  readonly publicKeyCose: Buffer
  readonly publicKeySpki: Buffer
  /** COSE number. */
  readonly algorithm: number
}

export type Asserted = {
  readonly credentialId: Buffer
  readonly clientDataJson: Buffer
  readonly authenticatorData: Buffer
  readonly signature: Buffer
}

export type SoftwareAuthenticator = {
  /** Makes the key known: what `navigator.credentials.create` would answer. The key is the same every time. */
  readonly register: (wishes: RegistrationWishes) => Registered
  /** What `navigator.credentials.get` would answer. */
  readonly assert: (ceremony: Ceremony) => Asserted
  readonly credentialId: Buffer
  /** As a UUID. */
  readonly aaguid: string
  readonly backupEligible: boolean
  readonly backupState: boolean
}

const coseNumbers = { ES256: -7, EdDSA: -8, RS256: -257 } as const

/** An authenticator in software with one key: as honest, or as wrong, as it is told to be. */
export function aSoftwareAuthenticator(options: AuthenticatorOptions = {}): SoftwareAuthenticator {
  const { algorithm = 'ES256', aaguid = '00'.repeat(16), counts = true } = options
  const { privateKey, publicKey } = keyPairOf(algorithm)
  const credentialId = randomBytes(32)
  const publicKeyCose = writeCbor(coseMapOf(publicKey, algorithm))
  const signBytes = (bytes: Buffer): Buffer =>
    sign(algorithm === 'EdDSA' ? null : 'sha256', bytes, privateKey)
  let counted = 0

  const authenticatorDataOf = (ceremony: Ceremony, attested?: Buffer): Buffer => {
    counted += counts ? 1 : 0
    const { userPresent = true, userVerified = true, extensions } = ceremony
    const bits = [
      userPresent,
      false,
      userVerified,
      options.backupEligible ?? false,
      options.backupState ?? false,
      false,
      attested !== undefined,
      extensions !== undefined,
    ]
    const flags = bits.reduce((sum, bit, position) => sum | (bit ? 1 << position : 0), 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(ceremony.counter ?? counted)
    return Buffer.concat([
      sha256(Buffer.from(ceremony.rpId)),
      Buffer.of(flags),
      counter,
      attested ?? Buffer.alloc(0),
      extensions === undefined ? Buffer.alloc(0) : writeCbor(extensions),
    ])
  }

  return {
    credentialId,
    aaguid: aaguid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    backupEligible: options.backupEligible ?? false,
    backupState: options.backupState ?? false,
    register(wishes) {
      const clientDataJson = clientDataOf(wishes, 'webauthn.create')
      const idLength = Buffer.of(credentialId.length >> 8, credentialId.length & 0xff)
      const attested = Buffer.concat([Buffer.from(aaguid, 'hex'), idLength, credentialId, publicKeyCose])
      const authenticatorData = authenticatorDataOf(wishes, attested)
      const signed = Buffer.concat([authenticatorData, sha256(clientDataJson)])
      const { attestation = 'none', certificate } = wishes
      const statement = new Map<string, Writable>()
      if (attestation === 'self') statement.set('alg', coseNumbers[algorithm]).set('sig', signBytes(signed))
      if (attestation === 'certified') {
        const { der: leaf, key } = certificate ?? attestationCertificate({ aaguid })
        statement
          .set('alg', -7)
          .set('sig', sign('sha256', signed, key))
          .set('x5c', [leaf])
      }
      const parts = new Map<string, Writable>([
        ['fmt', attestation === 'none' ? 'none' : 'packed'],
        ['attStmt', statement],
        ['authData', authenticatorData],
      ])
      return {
        credentialId,
        clientDataJson,
        attestationObject: writeCbor(parts),
        authenticatorData,
        publicKeyCose,
        publicKeySpki: publicKey.export({ format: 'der', type: 'spki' }),
        algorithm: coseNumbers[algorithm],
      }
    },
    assert(ceremony) {
      const clientDataJson = clientDataOf(ceremony, 'webauthn.get')
      const authenticatorData = authenticatorDataOf(ceremony)
      const signature = signBytes(Buffer.concat([authenticatorData, sha256(clientDataJson)]))
      return { credentialId, clientDataJson, authenticatorData, signature }
    },
  }
}

export type AttestationCertificate = {
  readonly der: Buffer
  readonly key: KeyObject
  /** The name in it, as an issuer's. */
  readonly subject: Buffer
}

const aaguidExtension = '1.3.6.1.4.1.45724.1.1.4'

/**
 * A certificate of a maker of authenticators (WebAuthn section 8.2.1), issued by `issuer`, or by itself. `aaguid` stands in
 * its extension; `authority` makes one that issues others.
 */
export function attestationCertificate(wishes: {
  readonly aaguid?: string
  readonly issuer?: AttestationCertificate
  readonly name?: string
  readonly unit?: string
  readonly authority?: boolean
  readonly from?: Instant
  readonly until?: Instant
}): AttestationCertificate {
  const { name = 'Software Authenticator', unit = 'Authenticator Attestation', issuer, authority } = wishes
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const sequence = (...parts: Uint8Array[]): Buffer => der(tags.sequence, ...parts)
  const part = (oid: string, text: string): Buffer =>
    der(tags.set, sequence(derOid(oid), der(tags.utf8String, Buffer.from(text))))
  const subject = sequence(
    part('2.5.4.6', 'NL'),
    part('2.5.4.10', 'Test Keys'),
    part('2.5.4.11', unit),
    part('2.5.4.3', name),
  )
  const algorithm = sequence(derOid('1.2.840.10045.4.3.2'))
  const extensions = [
    pkiExtension('2.5.29.19', true, sequence(...(authority ? [der(tags.boolean, Buffer.of(0xff))] : []))),
    ...(authority ? [pkiExtension('2.5.29.15', true, der(tags.bitString, Buffer.of(1, 0x06)))] : []),
    ...(wishes.aaguid === undefined
      ? []
      : [pkiExtension(aaguidExtension, false, der(tags.octetString, Buffer.from(wishes.aaguid, 'hex')))]),
  ]
  const body = sequence(
    der(0xa0, der(tags.integer, Buffer.of(2))),
    der(tags.integer, Buffer.of(0x40), randomBytes(15)),
    algorithm,
    issuer?.subject ?? subject,
    sequence(
      certificateTime(wishes.from ?? ('2020-01-01T00:00:00.000Z' as Instant)),
      certificateTime(wishes.until ?? ('2049-01-01T00:00:00.000Z' as Instant)),
    ),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = der(tags.bitString, Buffer.of(0), sign('sha256', body, issuer?.key ?? privateKey))
  return { der: sequence(body, algorithm, signature), key: privateKey, subject }
}

function clientDataOf(ceremony: Ceremony, type: string): Buffer {
  if (ceremony.clientDataJson !== undefined) return Buffer.from(ceremony.clientDataJson)
  const { origin, challenge, crossOrigin = false, topOrigin } = ceremony
  const members = {
    type: ceremony.type ?? type,
    challenge: Buffer.from(challenge).toString('base64url'),
    origin,
    crossOrigin,
    ...(topOrigin === undefined ? {} : { topOrigin }),
  }
  return Buffer.from(JSON.stringify(members))
}

function keyPairOf(algorithm: 'ES256' | 'EdDSA' | 'RS256'): { privateKey: KeyObject; publicKey: KeyObject } {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

function coseMapOf(publicKey: KeyObject, algorithm: keyof typeof coseNumbers): Map<number, Writable> {
  const { x = '', y = '', n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
  const number = coseNumbers[algorithm]
  if (algorithm === 'RS256') return new Map<number, Writable>([[1, 3], [3, number], [-1, bytes(n)], [-2, bytes(e)]]) // prettier-ignore
  if (algorithm === 'EdDSA') return new Map<number, Writable>([[1, 1], [3, number], [-1, 6], [-2, bytes(x)]]) // prettier-ignore
  return new Map<number, Writable>([[1, 2], [3, number], [-1, 1], [-2, bytes(x)], [-3, bytes(y)]]) // prettier-ignore
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
