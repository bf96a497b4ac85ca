import type { Certificate } from './certificate.ts'
import { expectTag, readDer, tags } from './der.ts'
import { demand } from './refusal.ts'

/** `id-fido-gen-ce-aaguid`: the model of authenticator that a certificate is for. */
const aaguidExtension = '1.3.6.1.4.1.45724.1.1.4'

/**
 * Refuses a certificate that no maker of authenticators may sign attestations with (WebAuthn section 8.2.1): the subject
 * names country, maker and "Authenticator Attestation", it is no authority, and where it names a model, that is the one that
 * the key says it is on.
 */
export function demandPackedCertificate(leaf: Certificate, aaguid: string): void {
  const { subjectCountry, subjectOrganisation, subjectUnit, subjectCommonName } = leaf
  const named = /^[A-Z]{2}$/.test(subjectCountry ?? '') && Boolean(subjectOrganisation && subjectCommonName)
  demand(named, 'the certificate of the attestation does not name country, maker and product')
  demand(subjectUnit === 'Authenticator Attestation', 'the certificate is not for attestations')
  demand(!leaf.authority, 'the certificate of the attestation is that of an authority')
  const extension = leaf.otherExtensions.get(aaguidExtension)
  if (extension === undefined) return
  const { content } = expectTag(readDer(extension), tags.octetString, 'the model in the certificate')
  const same = content.toString('hex') === aaguid.replaceAll('-', '')
  demand(same, 'the certificate of the attestation is for another model of authenticator')
}
