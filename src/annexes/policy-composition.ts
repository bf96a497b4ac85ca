import type { OrganisationId, ProblemDetail } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { getPublishedVersion, listHistory } from '#policies'
import { versionInForce } from '#policies/model'
import type { ComposedPolicy } from './annex.ts'
import type { AnnexText } from './annex-command.ts'

/**
 * The policy versions that are part of an annex, each with the hash of its edition in the language of the annex. A version is
 * in force on the day from which the annex holds. Throws `policy-version-not-found`, or `annex-unfit` with the place.
 */
export async function composePolicies(
  trx: Transaction,
  organisationId: OrganisationId,
  { policies, language, effectiveFrom }: AnnexText,
): Promise<ComposedPolicy[]> {
  const composed: ComposedPolicy[] = []
  const errors: ProblemDetail[] = []
  for (const [at, { policyId, versionNumber }] of policies.entries()) {
    const version = await getPublishedVersion(trx, organisationId, policyId, versionNumber)
    const held = versionInForce(await listHistory(trx, organisationId, policyId), effectiveFrom)
    const edition = version.editions.find((each) => each.language === language)
    const refuse = (code: string, message: string) => errors.push({ code, message, pointer: `/policies/${at}` }) // prettier-ignore
    if (held.kind !== 'in-force' || held.versionNumber !== versionNumber)
      refuse('policy-not-in-force', 'This version does not hold on the day from which the annex holds.')
    if (edition === undefined)
      refuse('edition-missing', 'This version has no edition in the language of the annex.')
    else
      composed.push({
        policyId,
        versionId: version.versionId,
        versionNumber,
        name: version.policyName,
        effectiveFrom: version.effectiveFrom,
        documentSha256: edition.sha256,
      })
  }
  if (errors.length > 0) throw problem('annex-unfit', { errors })
  return composed
}
