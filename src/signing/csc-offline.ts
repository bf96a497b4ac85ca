import type { Instant } from '#core'
import { addMilliseconds, canonicalJson, fromBase64Url, parseStrictJson } from '#core'
import { actLabel, checkQualifiedSignature, Refusal } from '#verification'
import { compareNames } from './csc-name-decisions.ts'
import { readActManifest } from './manifest.ts'
import { challengeLife_ms } from './signing-decisions.ts'
import type { OfflineVerdict } from './signing.ts'

type Evidence = {
  readonly manifest: string
  readonly signature: string
  readonly certificates: readonly string[]
  readonly root: string
  readonly revocation: readonly { readonly kind: 'ocsp' | 'crl'; readonly der: string }[]
  readonly algorithm: 'ecdsa-sha256' | 'rsa-sha256'
  readonly nameComparison: { readonly known: string; readonly outcome: string }
  readonly signedAt: Instant
}

/**
 * Checks the fact `signing` of a remote signature from itself and from roots that the reader pinned: canonical form, the
 * certificate and its statements, its standing when it signed, the signature over exactly the manifest, and the names. Without
 * a pinned root nothing holds: anybody can make an authority.
 */
export function verifyCscOffline(signing: string, at: Instant, roots: readonly Buffer[]): OfflineVerdict {
  try {
    const evidence = parseStrictJson(signing) as Evidence
    if (canonicalJson(evidence as never) !== signing) return fails('the evidence is not in canonical form')
    const { signedAt, nameComparison } = evidence
    const { kind, signer, root } = checkQualifiedSignature({
      label: actLabel,
      manifest: Buffer.from(evidence.manifest, 'utf8'),
      signature: bytes(evidence.signature),
      certificates: evidence.certificates.map(bytes),
      revocation: evidence.revocation.map(({ kind: of, der }) => ({ kind: of, der: bytes(der) })),
      roots,
      at: signedAt,
    })
    if (!root.equals(bytes(evidence.root))) return fails('the root is not the one that is named')
    if (evidence.algorithm !== (kind === 'RSA' ? 'rsa-sha256' : 'ecdsa-sha256')) return fails('the algorithm is not the one that is named') // prettier-ignore
    const { declaration, issuedAt, personName } = readActManifest(evidence.manifest)
    if (nameComparison.known !== personName) return fails('another name was compared than the manifest has')
    const outcome = compareNames(personName, signer)
    if (outcome === 'different' || outcome !== nameComparison.outcome) return fails('the certificate is in another name') // prettier-ignore
    const late = at < signedAt || at > addMilliseconds(signedAt, challengeLife_ms)
    if (signedAt < issuedAt || late) return fails('it was recorded at another time than it was signed')
    return { kind: 'holds', signedAt, declaration, limits: limitsOf(outcome) }
  } catch (error) {
    if (error instanceof Refusal || error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) return fails(error.message) // prettier-ignore
    throw error
  }
}

function fails(because: string): OfflineVerdict {
  return { kind: 'fails', because }
}

function bytes(text: string): Buffer {
  const read = fromBase64Url(text)
  if (read === undefined) throw new TypeError('a part of the evidence is not base64url')
  return read
}

/** What the signature does not prove, in words for whoever reads a report. */
function limitsOf(outcome: 'same' | 'similar'): string[] {
  return [
    'Whether the authority was on the trusted list of its country when it signed is for whoever pinned its root.',
    'The certificate names a person; that nobody else has that name, it does not say.',
    ...(outcome === 'similar'
      ? ['The name in the certificate is not written as the name that is known here.']
      : []),
  ]
}
