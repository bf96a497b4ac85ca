import { problem, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import { certificatesOfPem } from './pem.ts'
import { sealChain } from './public-seal-keys.ts'
import './document-tables.ts'

/**
 * The certificates, DER, from its own up to the root, of the key that made a seal (CMS, DER): the one whose certificate the
 * seal brings along. Throws an internal problem for a seal of no key of this organisation.
 */
export async function chainOfSeal(
  trx: Transaction,
  organisationId: OrganisationId,
  cms: Buffer,
): Promise<readonly Buffer[]> {
  const rows = await trx
    .selectFrom('signing_key')
    .select(['signing_key.key_id', 'signing_key.certificate_chain'])
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.purpose', '=', 'seal')
    .orderBy('signing_key.created_at', 'desc')
    .execute()
  const row = rows.find(
    ({ certificate_chain: chain }) => chain !== null && cms.includes(certificatesOfPem(chain)[0]!),
  )
  if (row !== undefined) return sealChain(trx, organisationId, row.key_id)
  throw problem('internal-error', { cause: new Error('no seal key of the organisation made this seal') })
}
