import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { demandStrictPoint, ed25519KeyOf } from './ed25519.ts'
import { parsePem } from './pem.ts'
import { sha256 } from './primitives.ts'
import { demand, reasonOf, Refusal } from './refusal.ts'
import { decodeBase64, decodeUtf8 } from './strict-text.ts'

/** A log's public key as pinned: a C2SP verifier key of type Ed25519. */
export type LogKey = {
  readonly name: string
  readonly keyHash: Buffer
  readonly publicKey: Buffer
  /** What the pinned file's name says of its owner: empty for `log.vkey`. */
  readonly owner: string
}

export type DossierKey = { readonly publicKey: Buffer; readonly owner: string }

/** The keys somebody decided to rely on before looking at any file. Nothing inside a checked file adds to them (V1). */
export type Trust = {
  readonly logKeys: readonly LogKey[]
  readonly dossierKeys: readonly DossierKey[]
  readonly roots: readonly Certificate[]
}

/** Trust in nothing: what a run without `--trust` has. */
export const noTrust: Trust = { logKeys: [], dossierKeys: [], roots: [] }

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array }

/**
 * Reads the files of a trust directory: `*.vkey`, `dossier.pem` or `*.dossier.pem`, and `*root.pem`. Other files are left
 * alone. Throws a Refusal that names the file if a key cannot be read: a pin that is silently dropped is no pin.
 */
export function readTrust(files: readonly NamedBytes[]): Trust {
  const logKeys: LogKey[] = []
  const dossierKeys: DossierKey[] = []
  const roots: Certificate[] = []
  for (const { name, bytes } of files) {
    try {
      if (name.endsWith('.vkey')) logKeys.push(parseLogKey(decodeUtf8(bytes), ownerOf(name, 'log', '.vkey')))
      else if (/(^|\.)dossier\.pem$/.test(name)) {
        const publicKey = ed25519KeyOf(parsePem(decodeUtf8(bytes), 'PUBLIC KEY'))
        dossierKeys.push({ publicKey, owner: ownerOf(name, 'dossier', '.dossier.pem') })
      } else if (name.endsWith('root.pem')) roots.push(parseRoot(bytes))
    } catch (error) {
      throw new Refusal(`${name}: ${reasonOf(error)}`)
    }
  }
  return { logKeys, dossierKeys, roots }
}

/** Reads `name+hex8+base64(0x01 ‖ public key)` (C2SP signed-note). One newline may follow. */
export function parseLogKey(text: string, owner = ''): LogKey {
  const parts = /^([!-*,-~]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})\n?$/.exec(text)
  demand(parts !== null, 'this is not a verifier key of the form name+hash+key')
  const [, name = '', keyHash = '', encoded = ''] = parts
  const typed = decodeBase64(encoded)
  demand(typed.length === 33 && typed[0] === 1, 'the verifier key is not an Ed25519 key')
  const publicKey = typed.subarray(1)
  demandStrictPoint(publicKey, 'the public key')
  const expected = sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), typed])).toString('hex', 0, 4)
  demand(keyHash === expected, 'the hash in the verifier key is not that of its name and key')
  return { name, keyHash: Buffer.from(keyHash, 'hex'), publicKey, owner }
}

function parseRoot(bytes: Uint8Array): Certificate {
  const root = parseCertificate(parsePem(decodeUtf8(bytes), 'CERTIFICATE'))
  demand(root.subject.equals(root.issuer), 'the root certificate is not issued by itself')
  return root
}

/** `log.vkey` belongs to the one organisation; `acme.vkey` to `acme`. */
function ownerOf(name: string, alone: string, ending: string): string {
  const stem = name.endsWith(ending) ? name.slice(0, -ending.length) : ''
  return stem === alone ? '' : stem
}
