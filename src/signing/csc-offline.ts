import type { Instant } from '#core'
import { addMilliseconds, canonicalJson, parseStrictJson, StrictJsonError } from '#core'
import { readRemoteSigning, Refusal } from '#verification'
import { compareNames } from './csc-name-decisions.ts'
import { readActManifest } from './manifest.ts'
import { challengeLife_ms } from './signing-decisions.ts'
import type { OfflineVerdict } from './signing.ts'

const unreadable = [Refusal, StrictJsonError, TypeError, SyntaxError, RangeError]

/**
 * Checks the fact `signing` of a remote signature from itself and from roots that the reader pinned: canonical form, the
 * certificate and its statements, its standing when it signed, the signature over exactly the manifest, and the names. Without
 * a pinned root nothing holds: anybody can make an authority.
 */
export function verifyCscOffline(signing: string, at: Instant, roots: readonly Buffer[]): OfflineVerdict {
  try {
    const record = parseStrictJson(signing) as Parameters<typeof canonicalJson>[0]
    if (canonicalJson(record) !== signing) return fails('the evidence is not in canonical form')
    const { signer, known, outcome, pinned, ...read } = readRemoteSigning(record as never, roots)
    if (!pinned) return fails('its chain leads to no root that is pinned')
    const signedAt = read.signedAt as Instant
    const { declaration } = readActManifest(read.manifest.bytes.toString('utf8'))
    if (compareNames(known, signer.signer) !== outcome) return fails('the names do not compare as it says')
    const late = at < signedAt || at > addMilliseconds(signedAt, challengeLife_ms)
    if (late) return fails('it was recorded at another time than it was signed')
    return { kind: 'holds', signedAt, declaration, limits: limitsOf(outcome) }
  } catch (error) {
    if (unreadable.some((kind) => error instanceof kind)) return fails((error as Error).message)
    throw error
  }
}

function fails(because: string): OfflineVerdict {
  return { kind: 'fails', because }
}

/** What the signature does not prove, in words for whoever reads a report. */
function limitsOf(outcome: string): string[] {
  return [
    'Whether the authority was on the trusted list of its country when it signed is for whoever pinned its root.',
    'The certificate names a person; that nobody else has that name, it does not say.',
    ...(outcome === 'similar' ? ['The name in the certificate is not written as the name that is known here.'] : []), // prettier-ignore
  ]
}
