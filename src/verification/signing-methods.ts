import { isObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { checkPasskeySigning } from './passkey-signing.ts'
import type { SigningShown } from './passkey-signing.ts'
import { demand } from './refusal.ts'
import { checkRemoteSigning } from './remote-signing.ts'

/** `qualifiedRoots`: pinned roots of authorities whose certificates are qualified, DER. */
type SigningCheck = (record: JsonObject, qualifiedRoots: readonly Buffer[]) => SigningShown

/**
 * The ways of signing that can be checked here, by the name in the record. A further one is a function in this table: it
 * gets the record, refuses it or says what it shows; who, what and when are then compared with the act as for every other.
 */
const methods: Readonly<Record<string, SigningCheck>> = {
  webauthn: checkPasskeySigning,
  csc: checkRemoteSigning,
}

/** Checks the fact `signing` of an act and says what it shows. */
export function checkSigning(
  text: Json | undefined,
  actMethod: Json | undefined,
  qualifiedRoots: readonly Buffer[],
): SigningShown {
  demand(typeof text === 'string', 'the record of the signature is not a text')
  const record = parseCanonicalJson(Buffer.from(text, 'utf8'))
  const name = isObject(record) ? record['method'] : undefined
  const known = isObject(record) && typeof name === 'string' && Object.hasOwn(methods, name)
  demand(known, 'the signature was made in a way that is not known here')
  demand(
    actMethod === undefined || actMethod === name,
    'the act says that it was done in another way than signed',
  )
  return (methods[name] as SigningCheck)(record, qualifiedRoots)
}
