import { der, derOid } from '#core'
import { pkiExtension, type PkiWishes } from './revocation-pki.ts'

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const statement = (oid: string, ...value: readonly Buffer[]): Buffer => sequence(derOid(oid), ...value)

/** What a certificate states about being qualified (ETSI EN 319 412-5). */
export type QualifiedStatements = {
  readonly compliance?: boolean
  readonly device?: boolean
  /** Null: it does not say what for. */
  readonly type?: 'esign' | 'eseal' | null
  /** A country outside the Union under whose law it is qualified. */
  readonly legislation?: string
}

/** The extension `qcStatements`; of a certificate for qualified signatures unless told otherwise. */
export function qualifiedStatements({
  compliance = true,
  device = true,
  type = 'esign',
  legislation,
}: QualifiedStatements = {}): Buffer {
  const statements = [
    ...(compliance ? [statement('0.4.0.1862.1.1')] : []),
    ...(device ? [statement('0.4.0.1862.1.4')] : []),
    ...(type === null
      ? []
      : [statement('0.4.0.1862.1.6', sequence(derOid(`0.4.0.1862.1.6.${type === 'esign' ? 1 : 2}`)))]),
    ...(legislation === undefined
      ? []
      : [statement('0.4.0.1862.1.7', sequence(der(0x13, Buffer.from(legislation))))]),
  ]
  return pkiExtension('1.3.6.1.5.5.7.1.3', false, sequence(...statements))
}

/** What makes a certificate one of a person: to be given to `issue`. */
export function ofPerson(
  givenName: string,
  surname: string,
  statements: QualifiedStatements | null = {},
): Pick<PkiWishes, 'name' | 'use' | 'subject' | 'extraExtensions'> {
  return {
    name: `${givenName} ${surname}`,
    use: 'seal',
    subject: [
      ['2.5.4.6', 'NL'],
      ['2.5.4.4', surname],
      ['2.5.4.42', givenName],
      ['2.5.4.5', 'IDCNL-ABC123456'],
    ],
    extraExtensions: statements === null ? [] : [qualifiedStatements(statements)],
  }
}
