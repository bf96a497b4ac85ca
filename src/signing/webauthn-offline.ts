import type { Assurance } from '#assurance'
import type { Instant } from '#core'
import { canonicalJson, fromBase64Url, parseStrictJson } from '#core'
import { actLabel, checkAssertion, Refusal } from '#verification'
import { readActManifest } from './manifest.ts'
import type { OfflineVerdict } from './signing.ts'

type Evidence = {
  readonly manifest: string
  readonly publicKeyCose: string
  readonly clientDataJson: string
  readonly authenticatorData: string
  readonly signature: string
  readonly rpId: string
  readonly allowedOrigins: readonly string[]
  readonly flags: { readonly backupEligible: boolean }
  readonly enrolment: { readonly enrolledBy: Assurance }
  readonly coolingUntil: Instant | null
}

/**
 * Checks the fact `signing` of a passkey from itself alone: canonical form, signature over exactly the manifest, presence and
 * verification of the person, and that it was recorded while the challenge lived. That the key was enrolled, by whom and
 * when, is proven by the entry that the fact points at: the verifier of a dossier looks there too.
 */
export function verifyWebauthnOffline(signing: string, at: Instant): OfflineVerdict {
  try {
    const evidence = parseStrictJson(signing) as Evidence
    if (canonicalJson(evidence) !== signing) return fails('the evidence is not in canonical form')
    const manifest = Buffer.from(evidence.manifest, 'utf8')
    const { flags } = checkAssertion({
      label: actLabel,
      manifest,
      rpId: evidence.rpId,
      allowedOrigins: evidence.allowedOrigins,
      clientDataJson: bytes(evidence.clientDataJson),
      authenticatorData: bytes(evidence.authenticatorData),
      signature: bytes(evidence.signature),
      publicKeyCose: bytes(evidence.publicKeyCose),
    })
    if (flags.backupEligible !== evidence.flags.backupEligible)
      return fails('the flags are not those of the device')
    const { declaration, issuedAt } = readActManifest(evidence.manifest)
    if (at < issuedAt) return fails('it was recorded before it was asked for')
    return { kind: 'holds', signedAt: issuedAt, declaration, limits: limitsOf(evidence) }
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
function limitsOf({ flags, enrolment, coolingUntil }: Evidence): string[] {
  return [
    'The device verified somebody who may use it; who that is rests on the enrolment.',
    ...(flags.backupEligible
      ? [
          'The key may be copied between devices by whoever has the account that keeps it, so sole control is not claimed.',
        ]
      : []),
    ...(enrolment.enrolledBy === 'mailbox-employer'
      ? ['At the enrolment the person was known only by a mailbox that the employer manages.']
      : []),
    ...(coolingUntil === null ? [] : [`It was made in the cooling period until ${coolingUntil}.`]),
  ]
}
