import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { addMilliseconds, certificateTime, der, derOid, derTags as tags, readDer, type Instant } from '#core'
import type { TsaKeys } from './timestamps-keys.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const boolean = der(0x01, Buffer.of(0xff))

/** `rsa` has 3072 bits, `short-rsa` 1024. */
export type PkiKeyKind = 'p256' | 'p384' | 'rsa' | 'short-rsa'

export type PkiUse = 'authority' | 'seal' | 'timestamps' | 'responder' | 'nothing'

export type PkiWishes = {
  readonly name: string
  readonly issuer?: PkiCertificate
  /** More parts of the subject, before the name: the kind of each by its identifier, and its text. */
  readonly subject?: readonly (readonly [oid: string, text: string])[]
  /** P-256 unless told otherwise. */
  readonly kind?: PkiKeyKind
  readonly use: PkiUse
  readonly from: Instant
  readonly until: Instant
  /** Addresses in authority information access and in the distribution points. */
  readonly ocspUrls?: readonly string[]
  readonly crlUrls?: readonly string[]
  /** Instead of the bits that the use has: unused bits and bits. */
  readonly keyUsage?: readonly [number, number]
  /** A responder without it needs an answer about itself. */
  readonly noCheck?: boolean
  /** SHA-1 under the certificate, which does not count. */
  readonly sha1?: boolean
  readonly extraExtensions?: readonly Buffer[]
}

export type PkiCertificate = {
  readonly der: Buffer
  readonly key: KeyObject
  readonly kind: PkiKeyKind
  /** Names as they stand in it, with tag and length; the serial number too. */
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly serial: Buffer
  /** The bits of the public key. */
  readonly keyBits: Buffer
}

const keyKinds = {
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 3_072 }),
  'short-rsa': () => generateKeyPairSync('rsa', { modulusLength: 1_024 }),
}
type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
const rsaPairs = new Map<string, KeyPair>()

/** RSA keys take long to make: those of one name are made once in a process. */
function keyPair(kind: PkiKeyKind, name: string): KeyPair {
  if (kind !== 'rsa') return keyKinds[kind]()
  const found = rsaPairs.get(name) ?? keyKinds.rsa()
  rsaPairs.set(name, found)
  return found
}

/** The name of the algorithm with which a key signs here, and the signature over these bytes. */
export function signedBy(
  { key, kind }: Pick<PkiCertificate, 'key' | 'kind'>,
  bytes: Buffer,
  sha1 = false,
): { readonly algorithm: Buffer; readonly signature: Buffer } {
  const [name, hash] = kind.endsWith('rsa')
    ? [sha1 ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11', 'sha256']
    : kind === 'p384'
      ? ['1.2.840.10045.4.3.3', 'sha384']
      : [sha1 ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2', 'sha256']
  const parameters = kind.endsWith('rsa') ? [der(tags.null)] : []
  return {
    algorithm: sequence(derOid(name), ...parameters),
    signature: der(tags.bitString, Buffer.of(0), sign(sha1 ? 'sha1' : hash, bytes, key)),
  }
}

/** A certificate written by hand, issued by itself unless an issuer is given. */
export function aPkiCertificate(wishes: PkiWishes): PkiCertificate {
  const kind = wishes.kind ?? 'p256'
  const { privateKey, publicKey } = keyPair(kind, wishes.name)
  const part = ([oid, text]: readonly [string, string]): Buffer =>
    der(tags.set, sequence(derOid(oid), der(tags.utf8String, Buffer.from(text))))
  const subject = sequence(...[...(wishes.subject ?? []), ['2.5.4.3', wishes.name] as const].map(part))
  const issuer = wishes.issuer?.subject ?? subject
  const serial = der(tags.integer, Buffer.of(0x40), randomBytes(15))
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const signer = wishes.issuer ?? { key: privateKey, kind }
  const { algorithm } = signedBy(signer, spki, wishes.sha1)
  const body = sequence(
    der(0xa0, der(tags.integer, Buffer.of(2))),
    serial,
    algorithm,
    issuer,
    sequence(certificateTime(wishes.from), certificateTime(wishes.until)),
    subject,
    spki,
    der(0xa3, sequence(...extensionsOf(wishes), ...(wishes.extraExtensions ?? []))),
  )
  const { signature } = signedBy(signer, body, wishes.sha1)
  const [, bits] = readDer(readDer(spki)[0]!.body)
  return {
    der: sequence(body, algorithm, signature),
    key: privateKey,
    kind,
    issuer,
    subject,
    serial,
    keyBits: bits!.body.subarray(1),
  }
}

/** One extension: its name, whether it is critical, its value. */
export function pkiExtension(name: string, critical: boolean, value: Buffer): Buffer {
  return sequence(derOid(name), ...(critical ? [boolean] : []), der(tags.octetString, value))
}

/** Key usage bits and purposes of each use. */
const uses: Record<
  PkiUse,
  { readonly usage: readonly [number, number]; readonly purposes: readonly string[] }
> = {
  authority: { usage: [1, 0x06], purposes: [] },
  seal: { usage: [6, 0xc0], purposes: ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'] },
  timestamps: { usage: [7, 0x80], purposes: ['1.3.6.1.5.5.7.3.8'] },
  responder: { usage: [7, 0x80], purposes: ['1.3.6.1.5.5.7.3.9'] },
  nothing: { usage: [7, 0x80], purposes: [] },
}

function extensionsOf(wishes: PkiWishes): Buffer[] {
  const { usage, purposes } = uses[wishes.use]
  const authority = wishes.use === 'authority'
  const url = (text: string): Buffer => der(0x86, Buffer.from(text))
  const access = (text: string): Buffer => sequence(derOid('1.3.6.1.5.5.7.48.1'), url(text))
  const point = (text: string): Buffer => sequence(der(0xa0, der(0xa0, url(text))))
  const { ocspUrls = [], crlUrls = [] } = wishes
  return [
    pkiExtension('2.5.29.19', true, sequence(...(authority ? [boolean] : []))),
    pkiExtension('2.5.29.15', true, der(tags.bitString, Buffer.from(wishes.keyUsage ?? usage))),
    ...(purposes.length === 0
      ? []
      : [pkiExtension('2.5.29.37', wishes.use === 'timestamps', sequence(...purposes.map(derOid)))]),
    ...(wishes.use === 'responder' && wishes.noCheck !== false
      ? [pkiExtension('1.3.6.1.5.5.7.48.1.5', false, der(tags.null))]
      : []),
    ...(ocspUrls.length === 0
      ? []
      : [pkiExtension('1.3.6.1.5.5.7.1.1', false, sequence(...ocspUrls.map(access)))]),
    ...(crlUrls.length === 0 ? [] : [pkiExtension('2.5.29.31', false, sequence(...crlUrls.map(point)))]),
  ]
}

/** Somebody's certificates: a root, an authority below it, and what that issued. */
export type RevocationPki = {
  readonly root: PkiCertificate
  readonly intermediate: PkiCertificate
  readonly seal: PkiCertificate
  readonly tsa: PkiCertificate
  /** Who answers for what the root, and for what the intermediate issued. */
  readonly rootResponder: PkiCertificate
  readonly responder: PkiCertificate
  /** DER, the leaf first, the root last. */
  readonly sealChain: readonly Buffer[]
  readonly tsaChain: readonly Buffer[]
  /** For `aTimestampResponse` and `startTimestampServer`. */
  readonly tsaKeys: TsaKeys
  /** One more certificate of the intermediate, as a seal unless told otherwise, and its chain. */
  readonly issue: (wishes?: Partial<PkiWishes>) => PkiCertificate
  readonly chainOf: (leaf: PkiCertificate) => readonly Buffer[]
}

export type RevocationPkiWishes = {
  /** Everything is valid from a month before. */
  readonly now: Instant
  /** Of every key; P-256 unless told otherwise. */
  readonly kind?: PkiKeyKind
  /** In every name, so that two sets of certificates differ. */
  readonly name?: string
  /** Where the certificates that each authority issues can be asked about; none unless told. */
  readonly ocspUrl?: (issuer: 'root' | 'intermediate') => string
  readonly crlUrl?: (issuer: 'root' | 'intermediate') => string
  readonly root?: Partial<PkiWishes>
  readonly intermediate?: Partial<PkiWishes>
  readonly seal?: Partial<PkiWishes>
  readonly tsa?: Partial<PkiWishes>
  readonly responder?: Partial<PkiWishes>
}

const year_ms = 365 * 86_400_000

/** Certificates as good as any: authorities and responders for 25 years, seal and TSA for ten. */
export function aRevocationPki(wishes: RevocationPkiWishes): RevocationPki {
  const { now, name = 'Test', ocspUrl, crlUrl } = wishes
  const kind = wishes.kind ?? 'p256'
  const long = {
    kind,
    from: addMilliseconds(now, -30 * 86_400_000),
    until: addMilliseconds(now, 25 * year_ms),
  }
  const short = { ...long, until: addMilliseconds(now, 10 * year_ms) }
  const places = (issuer: 'root' | 'intermediate') => ({
    ...(ocspUrl === undefined ? {} : { ocspUrls: [ocspUrl(issuer)] }),
    ...(crlUrl === undefined ? {} : { crlUrls: [crlUrl(issuer)] }),
  })
  const root = aPkiCertificate({ name: `${name} root`, use: 'authority', ...long, ...wishes.root })
  const byRoot = { issuer: root, ...places('root') }
  const intermediate = aPkiCertificate({
    name: `${name} authority`,
    use: 'authority',
    ...long,
    ...byRoot,
    ...wishes.intermediate,
  })
  const below = { issuer: intermediate, ...places('intermediate') }
  const issue = (own: Partial<PkiWishes> = {}): PkiCertificate =>
    aPkiCertificate({ name: `${name} seal`, use: 'seal', ...short, ...below, ...own })
  const chainOf = (leaf: PkiCertificate): Buffer[] => [leaf, intermediate, root].map((one) => one.der)
  const answers = { use: 'responder', ...long } as const
  const seal = issue(wishes.seal)
  const tsa = issue({ name: `${name} TSA`, use: 'timestamps', ...wishes.tsa })
  return {
    root,
    intermediate,
    seal,
    tsa,
    rootResponder: aPkiCertificate({
      name: `${name} root answers`,
      ...answers,
      issuer: root,
      ...wishes.responder,
    }),
    responder: aPkiCertificate({
      name: `${name} answers`,
      ...answers,
      issuer: intermediate,
      ...wishes.responder,
    }),
    sealChain: chainOf(seal),
    tsaChain: chainOf(tsa),
    tsaKeys: { root, middle: intermediate, signer: tsa },
    issue,
    chainOf,
  }
}
