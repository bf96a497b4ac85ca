import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isUuid, type OrganisationId } from '#core'
import type { SealKeyKind, SealKeyLocation } from '#documents'
import { certificatesOfPem } from '#documents'

export const usage = `usage: npm run seal-key -- --organisation ID --pem KEY --chain CHAIN [--into-database]
       npm run seal-key -- --organisation ID --pkcs11 MODULE --token LABEL --label KEYLABEL --pin-file FILE --chain CHAIN
       npm run seal-key -- --organisation ID --kms URL --key NAME --token-file FILE --chain CHAIN
       npm run seal-key -- --organisation ID --development --algorithm rsa-3072|ecdsa-p256

Puts a key to use for the seals of an organisation, from now on; what is sealed keeps its seal. CHAIN is a PEM file with
the certificate of the seal first and its root last. The key has to sign a trial before anything is stored. What is kept
are paths, labels and addresses: files must stay where they are, PINs and bearer tokens stay in their files.
  --into-database   takes the key of --pem in, sealed under the master key; the file is not needed any more
  --development     makes a key with a certificate of this installation's own authority, which nobody else trusts
Exit status: 0 done, 1 refused, 2 wrong usage.
`

export class UsageError extends Error {}

/** What the command line asks for. */
export type SealKeyCommand = { readonly organisationId: OrganisationId } & (
  | { readonly kind: 'development'; readonly algorithm: SealKeyKind }
  | { readonly kind: 'taken-in'; readonly keyFile: string; readonly certificates: readonly Buffer[] }
  | {
      readonly kind: 'stays'
      readonly location: Exclude<SealKeyLocation, { readonly kind: 'database' }>
      readonly certificates: readonly Buffer[]
    }
)

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const options = {
  organisation: text,
  chain: text,
  pem: text,
  'into-database': flag,
  pkcs11: text,
  token: text,
  label: text,
  'pin-file': text,
  kms: text,
  key: text,
  'token-file': text,
  development: flag,
  algorithm: text,
} as const

type Values = ReturnType<typeof readArguments>
type Option = keyof typeof options

/** Which options go with which place of the key; every other one is a mistake. */
const forms: Readonly<Record<'pem' | 'pkcs11' | 'kms' | 'development', readonly Option[]>> = {
  pem: ['pem', 'chain'],
  pkcs11: ['pkcs11', 'token', 'label', 'pin-file', 'chain'],
  kms: ['kms', 'key', 'token-file', 'chain'],
  development: ['development', 'algorithm'],
}

/** Reads the command line. Throws a UsageError; a file that is not there throws as `readFileSync` does. */
export function readSealKeyCommand(parameters: readonly string[]): SealKeyCommand {
  const values = readArguments(parameters)
  const { organisation } = values
  if (organisation === undefined || !isUuid(organisation)) throw new UsageError('--organisation needs an id')
  const organisationId = organisation as OrganisationId
  const form = formOf(values)
  if (form === 'development') return { organisationId, kind: 'development', algorithm: algorithmOf(values) }
  const certificates = readChain(values.chain!)
  if (form === 'pem') {
    const keyFile = resolve(values.pem!)
    return values['into-database'] === true
      ? { organisationId, kind: 'taken-in', keyFile, certificates }
      : { organisationId, kind: 'stays', location: { kind: 'file', keyFile }, certificates }
  }
  return {
    organisationId,
    kind: 'stays',
    location: form === 'kms' ? serviceOf(values) : tokenOf(values),
    certificates,
  }
}

function formOf(values: Values): keyof typeof forms {
  const named = (Object.keys(forms) as (keyof typeof forms)[]).filter((form) => values[form] !== undefined)
  const [form] = named
  if (form === undefined || named.length > 1)
    throw new UsageError('one of --pem, --pkcs11, --kms and --development is needed')
  const needed = forms[form]
  const missing = needed.find((name) => values[name] === undefined)
  if (missing !== undefined) throw new UsageError(`--${form} needs --${missing}`)
  const allowed: readonly string[] = [...needed, 'organisation', ...(form === 'pem' ? ['into-database'] : [])]
  const strange = Object.keys(values).find((name) => !allowed.includes(name))
  if (strange !== undefined) throw new UsageError(`--${strange} does not go with --${form}`)
  return form
}

function algorithmOf({ algorithm }: Values): SealKeyKind {
  if (algorithm !== 'ecdsa-p256' && algorithm !== 'rsa-3072')
    throw new UsageError('--algorithm is ecdsa-p256 or rsa-3072')
  return algorithm
}

function tokenOf(values: Values): SealKeyLocation & { readonly kind: 'token' } {
  return {
    kind: 'token',
    module: resolve(values.pkcs11!),
    token: values.token!,
    label: values.label!,
    pinFile: resolve(values['pin-file']!),
  }
}

function serviceOf(values: Values): SealKeyLocation & { readonly kind: 'service' } {
  return { kind: 'service', url: values.kms!, key: values.key!, tokenFile: resolve(values['token-file']!) }
}

function readChain(path: string): Buffer[] {
  const pem = readFileSync(path, 'utf8')
  try {
    return certificatesOfPem(pem)
  } catch {
    throw new UsageError(`${path} holds no certificates in PEM`)
  }
}

function readArguments(parameters: readonly string[]) {
  try {
    return parseArgs({ args: [...parameters], options }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
