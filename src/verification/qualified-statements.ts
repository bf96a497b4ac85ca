import type { Certificate } from './certificate.ts'
import { childrenOf, expectTag, oidOf, readDer, tags } from './der.ts'
import type { Der } from './der.ts'
import { demand } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'

/** `id-pe-qcStatements` (RFC 3739 section 3.2.6). */
const statementsExtension = '1.3.6.1.5.5.7.1.3'

/** ETSI EN 319 412-5 section 4. */
const statements = {
  compliance: '0.4.0.1862.1.1',
  device: '0.4.0.1862.1.4',
  type: '0.4.0.1862.1.6',
  legislation: '0.4.0.1862.1.7',
} as const
const forSignatures = '0.4.0.1862.1.6.1'

/**
 * Refuses a certificate that does not state that it is one for qualified electronic signatures under the law of the
 * European Union (Regulation 910/2014, annex I; ETSI EN 319 412-5): issued as qualified, for signatures and not for seals
 * or web sites, its key in a qualified device, and no other country's law named instead.
 */
export function demandQualifiedForSignatures(leaf: Certificate): void {
  const extension = leaf.otherExtensions.get(statementsExtension)
  demand(extension !== undefined, 'the certificate of the signer states nothing about being qualified')
  const found = new Map<string, Der | undefined>()
  for (const statement of childrenOf(expectTag(readDer(extension), tags.sequence, 'the statements'))) {
    const [name, value] = childrenOf(expectTag(statement, tags.sequence, 'a statement of a certificate'))
    const oid = oidOf(name, 'the name of a statement')
    demand(!found.has(oid), 'a certificate makes a statement twice')
    found.set(oid, value)
  }
  demand(found.has(statements.compliance), 'the certificate of the signer is not a qualified one')
  demand(found.has(statements.device), 'the key of the signer is not in a qualified device')
  demand(!found.has(statements.legislation), 'the certificate is qualified under the law of another country')
  const types = expectTag(found.get(statements.type), tags.sequence, 'what the certificate is qualified for')
  const names = childrenOf(types).map((type) => oidOf(type, 'what the certificate is qualified for'))
  demand(names.includes(forSignatures), 'the certificate is qualified, but not for signatures of persons')
}

/** Who the subject of a certificate says it is; what it does not say is undefined. */
export type CertifiedPerson = {
  readonly commonName: string | undefined
  readonly givenName: string | undefined
  readonly surname: string | undefined
  /** An identifier of the person at the issuer or a state (ETSI EN 319 412-1 section 5.1.3). */
  readonly serialNumber: string | undefined
  readonly country: string | undefined
  readonly pseudonym: string | undefined
}

const attributes: Readonly<Record<string, keyof CertifiedPerson>> = {
  '2.5.4.3': 'commonName',
  '2.5.4.42': 'givenName',
  '2.5.4.4': 'surname',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'country',
  '2.5.4.65': 'pseudonym',
}

/** Reads the attributes of a natural person (ETSI EN 319 412-2 section 4.2.4), each of which may stand once. */
export function certifiedPersonOf(leaf: Certificate): CertifiedPerson {
  const person: Record<keyof CertifiedPerson, string | undefined> = {
    commonName: undefined,
    givenName: undefined,
    surname: undefined,
    serialNumber: undefined,
    country: undefined,
    pseudonym: undefined,
  }
  for (const set of childrenOf(readDer(leaf.subject)))
    for (const attribute of childrenOf(set)) {
      const [type, value] = childrenOf(attribute)
      const name = attributes[oidOf(type, 'the kind of a name')]
      if (name === undefined || value === undefined) continue
      demand(person[name] === undefined, 'the certificate names its subject twice')
      person[name] = decodeUtf8(value.content)
    }
  return person
}
