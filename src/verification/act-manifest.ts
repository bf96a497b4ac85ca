import { exactObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import type { Facts } from './disclosures.ts'
import { demand } from './refusal.ts'
import { decodeBase64Url, isInstant, isSha256Hex } from './strict-text.ts'

/** What a person signed: the canonical text, and what of it is looked at elsewhere. */
export type ActManifest = {
  readonly bytes: Buffer
  readonly value: JsonObject
  readonly rpId: string
  readonly origin: string
  readonly issuedAt: string
  readonly expiresAt: string
}

const names = [
  'bundleSha256',
  'ceremonyId',
  'choice',
  'documentSha256',
  'expiresAt',
  'issuedAt',
  'language',
  'nonce',
  'organisationId',
  'origin',
  'pageRelease',
  'purpose',
  'reason',
  'rpId',
  'signer',
  'statement',
  'statementId',
  'v',
]

/** Reads the manifest of an act: canonical JSON of exactly the members of `beding/act/v1`. */
export function parseActManifest(text: Json | undefined): ActManifest {
  demand(typeof text === 'string', 'the signed manifest is not a text')
  const bytes = Buffer.from(text, 'utf8')
  const value = exactObject(parseCanonicalJson(bytes), 'the signed manifest', names)
  const { documentSha256, expiresAt, issuedAt, nonce, origin, rpId, v } = value
  demand(v === 1, 'the signed manifest is not of format 1')
  demand(typeof rpId === 'string' && typeof origin === 'string', 'the signed manifest names no place')
  const hashes =
    Array.isArray(documentSha256) && documentSha256.length > 0 && documentSha256.every(isSha256Hex)
  demand(hashes, 'the signed manifest names no documents')
  demand(typeof nonce === 'string' && decodeBase64Url(nonce).length === 32, 'the nonce is not 32 bytes')
  demand(isInstant(issuedAt) && isInstant(expiresAt), 'the signed manifest was given out at no moment')
  return { bytes, value, rpId, origin, issuedAt, expiresAt }
}

/** Members of the manifest, and the facts of the act that must say the same. */
const same = [
  ['organisationId', 'organisationId'],
  ['ceremonyId', 'assignmentId'],
  ['statementId', 'statementId'],
  ['purpose', 'purpose'],
  ['choice', 'choice'],
  ['statement', 'statement'],
  ['reason', 'reason'],
  ['language', 'language'],
  ['pageRelease', 'pageRelease'],
] as const

/** An answer may seem this much older than its question: two clocks of one service. */
const slack_ms = 60_000

/**
 * Refuses unless what was signed is what the act says, as far as its facts are shown: who, where, which ceremony, sentence,
 * choice and documents; and unless it was signed while the question stood.
 */
export function demandManifestOfAct(manifest: ActManifest, facts: Facts, bundle: BundleOfAct): void {
  const { value } = manifest
  for (const [member, fact] of same) demandSame(facts, fact, value[member])
  const signer = exactObject(value['signer'] as Json, 'the signer in the manifest', ['name', 'personId'])
  demandSame(facts, 'personId', signer['personId'])
  demandSame(facts, 'personName', signer['name'])
  if (bundle !== undefined) {
    demand(value['bundleSha256'] === bundle.sha256, 'another bundle of documents was signed')
    const documents = JSON.stringify(value['documentSha256'])
    demand(bundle.documents === undefined || documents === JSON.stringify(bundle.documents), 'other documents were signed') // prettier-ignore
  }
  const actedAt = facts.get('actedAt')
  if (!isInstant(actedAt)) return
  const moment = Date.parse(actedAt)
  const inTime = moment >= Date.parse(manifest.issuedAt) - slack_ms && actedAt <= manifest.expiresAt
  demand(
    inTime,
    `the act of ${actedAt} was not signed between ${manifest.issuedAt} and ${manifest.expiresAt}`,
  )
}

/** The documents that an act was about; undefined if that is not shown. */
export type BundleOfAct =
  { readonly sha256: string | null; readonly documents: readonly string[] | undefined } | undefined

function demandSame(facts: Facts, name: string, signed: Json | undefined): void {
  const fact = facts.get(name)
  demand(fact === undefined || fact === signed, `what was signed says something else than the fact "${name}"`)
}
