import type { Instant } from '#core'
import { linksOf } from './chain-links.ts'
import { askAbout, type AskingDeps } from './revocation-asking.ts'
import type { RevocationSources } from './revocation-sources.ts'
import type { RevocationOutcome } from './revocation.ts'

/**
 * Asks about every certificate of a chain but its last, the root (DER, the leaf first), at this moment, which is that of
 * our clock; what it gives was validated whole (decision 0078), and is shared while fresh. One that is revoked decides,
 * then one without an answer; only when all are good is the outcome `good`. Never rejects because of those who are asked.
 * Throws a RangeError for a chain that is none: empty, longer than ten, or not each issued by the next.
 */
export async function obtainRevocation(
  platform: AskingDeps,
  sources: RevocationSources,
  chain: readonly Buffer[],
  at: Instant,
): Promise<RevocationOutcome> {
  const links = linksOf(chain, sources.chains)
  const asked = await Promise.all(
    links.map(async (link) => ({
      ...(await sources.shared.share(`${link.certificate.sha256} ${link.issuer.sha256}`, at, () =>
        askAbout(platform, sources, link, at),
      )),
      certificateSha256: link.certificate.sha256,
    })),
  )
  const attempts = asked.flatMap((one) => one.attempts)
  for (const { answer, certificateSha256 } of asked)
    if (answer?.status.kind === 'revoked') {
      const { revokedAt, reason } = answer.status
      return { kind: 'revoked', certificateSha256, revokedAt, reason, evidence: answer.evidence, attempts }
    }
  const evidence = asked.flatMap(({ answer }) => (answer === undefined ? [] : [answer.evidence]))
  return evidence.length < links.length
    ? { kind: 'unavailable', attempts }
    : { kind: 'good', evidence, attempts }
}
