import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { ed25519KeyOf } from './ed25519.ts'
import { parseLogKey } from './log-key.ts'
import type { LogKey } from './log-key.ts'
import { parsePem, parsePemList } from './pem.ts'
import { demand, reasonOf, Refusal } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'
import { parseWitnessPolicy } from './witness-policy.ts'
import type { WitnessPolicy } from './witness-policy.ts'

export type DossierKey = { readonly publicKey: Buffer; readonly owner: string }

/** The keys somebody decided to rely on before looking at any file. Nothing inside a checked file adds to them (V1). */
export type Trust = {
  readonly logKeys: readonly LogKey[]
  readonly dossierKeys: readonly DossierKey[]
  /** Roots of the certificates that seal documents. */
  readonly roots: readonly Certificate[]
  /** Roots of time-stamping authorities. */
  readonly tsaRoots: readonly Certificate[]
  /** Roots of authorities whose certificates for signatures of persons are qualified. */
  readonly qualifiedRoots: readonly Certificate[]
  readonly policies: readonly WitnessPolicy[]
}

/** Trust in nothing: what a run without `--trust` has. */
export const noTrust: Trust = { logKeys: [], dossierKeys: [], roots: [], tsaRoots: [], qualifiedRoots: [], policies: [] } // prettier-ignore

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array }

/**
 * Reads the files of a trust directory: `*.vkey`, `dossier.pem` or `*.dossier.pem`, `*root.pem`, `tsa-roots.pem` or
 * `*.tsa-roots.pem`, `qualified-roots.pem` or `*.qualified-roots.pem`, `policy.txt` or `*.policy.txt`. The log keys of a policy are pinned by it. Other files are left alone.
 * Throws a Refusal that names the file if a key cannot be read: a pin that is silently dropped is no pin.
 */
export function readTrust(files: readonly NamedBytes[]): Trust {
  const logKeys: LogKey[] = []
  const dossierKeys: DossierKey[] = []
  const roots: Certificate[] = []
  const tsaRoots: Certificate[] = []
  const qualifiedRoots: Certificate[] = []
  const policies: WitnessPolicy[] = []
  for (const { name, bytes } of files) {
    try {
      if (name.endsWith('.vkey')) logKeys.push(parseLogKey(decodeUtf8(bytes), ownerOf(name, 'log', '.vkey')))
      else if (/(^|\.)dossier\.pem$/.test(name)) {
        const publicKey = ed25519KeyOf(parsePem(decodeUtf8(bytes), 'PUBLIC KEY'))
        dossierKeys.push({ publicKey, owner: ownerOf(name, 'dossier', '.dossier.pem') })
      } else if (name.endsWith('root.pem')) roots.push(parseRoot(bytes))
      else if (/(^|\.)tsa-roots\.pem$/.test(name)) tsaRoots.push(...parseCertificateList(bytes))
      else if (/(^|\.)qualified-roots\.pem$/.test(name)) qualifiedRoots.push(...parseCertificateList(bytes))
      else if (/(^|\.)policy\.txt$/.test(name)) {
        policies.push(parseWitnessPolicy(bytes, ownerOf(name, 'policy', '.policy.txt')))
      }
    } catch (error) {
      throw new Refusal(`${name}: ${reasonOf(error)}`)
    }
  }
  for (const key of policies.flatMap((policy) => policy.logs)) {
    const known = logKeys.some((each) => each.name === key.name && each.publicKey.equals(key.publicKey))
    if (!known) logKeys.push(key)
  }
  return { logKeys, dossierKeys, roots, tsaRoots, qualifiedRoots, policies }
}

/** Reads concatenated certificates; there may be none. */
export function parseCertificateList(bytes: Uint8Array): Certificate[] {
  return parsePemList(decodeUtf8(bytes), 'CERTIFICATE').map(parseCertificate)
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
