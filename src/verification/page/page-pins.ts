import { ed25519KeyOf } from '../ed25519.ts'
import { parseLogKey } from '../log-key.ts'
import { parsePem, parsePemList } from '../pem.ts'
import { sha256 } from '../primitives.ts'
import { decodeUtf8 } from '../strict-text.ts'
import type { NamedBytes, Trust } from '../trust.ts'
import { readArchive } from '../zip-archive.ts'
import type { Archive } from '../zip-archive.ts'

/** What a fingerprint is of; the page has a word for each. */
export type PinKind = 'log' | 'dossier' | 'root' | 'tsa-root' | 'qualified-root'

export type Pin = { readonly kind: PinKind; readonly name: string; readonly fingerprint: string }

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The pinned keys and their fingerprints: SHA-256 in lower-case hex over the DER of the public key (SubjectPublicKeyInfo) or
 * of the certificate, as `openssl pkey -pubin -outform DER | sha256sum` and `openssl x509 -fingerprint -sha256` give it.
 */
export function pinsOf(trust: Trust): Pin[] {
  return [
    ...trust.logKeys.map(
      (key) => ({ kind: 'log', name: key.name, fingerprint: ofKey(key.publicKey) }) as const,
    ),
    ...trust.dossierKeys.map(
      (key) => ({ kind: 'dossier', name: key.owner, fingerprint: ofKey(key.publicKey) }) as const,
    ),
    ...trust.roots.map(
      (root) => ({ kind: 'root', name: root.subjectText, fingerprint: hex(root.der) }) as const,
    ),
    ...trust.tsaRoots.map(
      (root) => ({ kind: 'tsa-root', name: root.subjectText, fingerprint: hex(root.der) }) as const,
    ),
    ...trust.qualifiedRoots.map(
      (root) => ({ kind: 'qualified-root', name: root.subjectText, fingerprint: hex(root.der) }) as const,
    ),
  ]
}

/** The fingerprints in a pasted text: 64 hex digits each, in either case, also in pairs with colons. */
export function fingerprintsIn(text: string): string[] {
  const found = text.match(/[0-9A-Fa-f]{64}|(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}/g) ?? []
  return found.map((each) => each.replaceAll(':', '').toLowerCase())
}

/**
 * The keys that a dossier brings and whose fingerprints somebody has from elsewhere. The fingerprint is what is pinned; the
 * dossier only supplies the key that goes with it. Nothing for a file that is no dossier.
 */
export function pinsByFingerprint(fingerprints: readonly string[], file: Buffer): NamedBytes[] {
  if (fingerprints.length === 0 || file.toString('latin1', 0, 4) !== 'PK\u0003\u0004') return []
  const files = filesOf(file)
  return files === undefined
    ? []
    : [...broughtKeys(files)].filter((each) => fingerprints.includes(each.fingerprint))
}

function filesOf(file: Buffer): Archive | undefined {
  try {
    return readArchive(file).files
  } catch {
    return undefined
  }
}

function* broughtKeys(files: Archive): Generator<NamedBytes & { readonly fingerprint: string }> {
  const tries = [
    () => keyFile(files, 'log.vkey', (text) => ofKey(parseLogKey(text).publicKey)),
    () => keyFile(files, 'dossier.pem', (text) => ofKey(ed25519KeyOf(parsePem(text, 'PUBLIC KEY')))),
    () => certificates(files, 'root.pem'),
    () => certificates(files, 'tsa-roots.pem'),
  ]
  for (const attempt of tries) {
    try {
      yield* attempt()
    } catch {
      // A key that cannot be read has no fingerprint; the check of the dossier says what is wrong with it.
    }
  }
}

function keyFile(files: Archive, name: string, fingerprint: (text: string) => string) {
  const bytes = files.get(`keys/${name}`)
  return bytes === undefined ? [] : [{ name, bytes, fingerprint: fingerprint(decodeUtf8(bytes)) }]
}

function certificates(files: Archive, name: string) {
  const bytes = files.get(`keys/${name}`)
  const roots = bytes === undefined ? [] : parsePemList(decodeUtf8(bytes), 'CERTIFICATE')
  return roots.map((der) => ({ name, bytes: pemOf(der), fingerprint: hex(der) }))
}

function pemOf(der: Buffer): Buffer {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
}

function ofKey(publicKey: Uint8Array): string {
  return hex(Buffer.concat([spkiPrefix, publicKey]))
}

function hex(der: Uint8Array): string {
  return sha256(der).toString('hex')
}
