import { X509Certificate } from 'node:crypto'
import { problem, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import { certificatesOfPem } from './pem.ts'
import './document-tables.ts'

/**
 * The certificates of a seal key of an organisation, DER, from its own up to the root: of any key that it ever sealed with.
 * Throws an internal problem for a key that is not there, or whose chain leads to none of our roots.
 */
export async function sealChain(
  trx: Transaction,
  organisationId: OrganisationId,
  keyId: string,
): Promise<readonly Buffer[]> {
  const row = await trx
    .selectFrom('signing_key')
    .select('signing_key.certificate_chain')
    .where('signing_key.organisation_id', '=', organisationId)
    .where('signing_key.key_id', '=', keyId)
    .where('signing_key.purpose', '=', 'seal')
    .executeTakeFirst()
  if (row?.certificate_chain == null) return broken(`the seal key ${keyId} has no certificate`)
  const chain = certificatesOfPem(row.certificate_chain)
  const last = new X509Certificate(chain.at(-1)!)
  if (last.checkIssued(last)) return chain
  const authorities = await trx
    .selectFrom('certificate_authority')
    .select('certificate_authority.certificate')
    .execute()
  const root = authorities
    .flatMap(({ certificate }) => certificatesOfPem(certificate))
    .find((candidate) => isIssuedBy(last, new X509Certificate(candidate)))
  return root === undefined ? broken(`nothing leads from the seal key ${keyId} to a root`) : [...chain, root]
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function broken(message: string): never {
  throw problem('internal-error', { cause: new Error(message) })
}
