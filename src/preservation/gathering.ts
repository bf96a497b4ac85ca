import type { Instant, OrganisationId } from '#core'
import {
  appendValidationData,
  listSignatures,
  listValidatedKeys,
  type DocumentFile,
  type FileSignature,
  type SignatureValidation,
} from '#documents'
import type { RevocationOutcome } from '#revocation'
import { timestampResponseOf, TimestampRefusal, validateTimestamp } from '#timestamps'
import { speaksOf } from './preservation-decisions.ts'
import type { PreservationDeps, StepFailure } from './preservation.ts'
import { checkedChainOf, type CheckedChain } from './seal-chains.ts'

/** A file with one revision of validation data more, or one that holds all of it already. */
export type GatheredFile =
  | {
      readonly kind: 'extended'
      readonly revision: 'validation-data'
      readonly bytes: Buffer
      readonly timestamp: null
    }
  | { readonly kind: 'nothing-new' }

/** A signature with the chain of whoever made it, DER, root last, and the moment at which it is judged. */
type Judged = { readonly signature: FileSignature; readonly chain: readonly Buffer[]; readonly at: Instant }

/**
 * Gathers what somebody needs to judge the seals and the newest time-stamp when nobody answers any more: the whole chains and an
 * answer about every certificate below the roots. Everything is validated before it is embedded: each kept token is
 * checked again, each chain must lead to a root of ours, and one certificate that is revoked or that nobody answers for
 * keeps all of it out. Holds no transaction while it asks.
 */
export async function gatherValidationData(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  file: DocumentFile,
): Promise<GatheredFile | StepFailure> {
  const known = new Set(listValidatedKeys(file.bytes))
  const signatures = await judgedSignatures(deps, organisationId, file, known)
  if ('because' in signatures) return signatures
  const vri: SignatureValidation[] = []
  for (const { signature, chain, at } of signatures) {
    const outcome = await deps.revocationOf(chain, deps.platform.clock())
    if (outcome.kind !== 'good') return whyNot(signature, outcome)
    if (!outcome.evidence.every((answer) => speaksOf(answer, at)))
      return unavailable(
        'the answers that are shared were given before the time-stamp; newer ones are needed',
      )
    vri.push(validationOf(signature, chain, outcome.evidence))
  }
  return embed(file, vri, known.size === 0)
}

/** Data that the file holds already are not written again, also not under the name of another signature. */
function embed(file: DocumentFile, vri: readonly SignatureValidation[], isFirst: boolean): GatheredFile {
  const all = {
    certificates: vri.flatMap(({ certificates }) => certificates),
    ocsps: vri.flatMap(({ ocsps }) => ocsps),
    crls: vri.flatMap(({ crls }) => crls),
  }
  // The first data of a file are new; the question costs as much as the answer.
  const isNew = isFirst || appendValidationData(file.bytes, { ...all, vri: [] }) !== undefined
  const bytes = isNew ? appendValidationData(file.bytes, { ...all, vri }) : undefined
  if (bytes === undefined) return { kind: 'nothing-new' }
  return { kind: 'extended', revision: 'validation-data', bytes, timestamp: null }
}

function validationOf(
  { key }: FileSignature,
  chain: readonly Buffer[],
  evidence: Extract<RevocationOutcome, { kind: 'good' }>['evidence'],
): SignatureValidation {
  const of = (wanted: 'ocsp' | 'crl'): Buffer[] =>
    evidence.filter(({ kind }) => kind === wanted).map(({ der }) => der)
  return {
    key,
    certificates: [...chain, ...evidence.flatMap(({ certificates }) => certificates)],
    ocsps: of('ocsp'),
    crls: of('crl'),
  }
}

/** The newest time-stamp, and the seals until the file holds what judges them: later a time-stamp covers that. */
async function judgedSignatures(
  deps: PreservationDeps,
  organisationId: OrganisationId,
  file: DocumentFile,
  known: ReadonlySet<string>,
): Promise<readonly Judged[] | StepFailure> {
  const signatures = listSignatures(file.bytes)
  const stamps = signatures.filter(({ kind }) => kind === 'timestamp')
  const [first, newest] = [stamps[0], stamps.at(-1)]
  if (first === undefined || newest === undefined) return unreadable('there is no time-stamp to judge')
  const roots = await deps.timestampRoots()
  const judgedNewest = judgeStamp(newest, roots)
  if ('because' in judgedNewest) return judgedNewest
  const seals = signatures.filter(({ kind, key }) => kind === 'seal' && !known.has(key))
  if (seals.length === 0) return [judgedNewest]
  const judgedFirst = first === newest ? judgedNewest : judgeStamp(first, roots)
  if ('because' in judgedFirst) return judgedFirst
  const judged: Judged[] = []
  for (const signature of seals) {
    const sealed = await checkedChainOf(deps.database, organisationId, signature.cms)
    const problem = wrongWithSeal(sealed, judgedFirst.at)
    if (problem !== undefined) return problem
    judged.push({ signature, chain: sealed.chain, at: judgedFirst.at })
  }
  return [...judged, judgedNewest]
}

/** The token stands in the file as it was kept; it is checked as strictly as on its first day. */
function judgeStamp(signature: FileSignature, roots: readonly Buffer[]): Judged | StepFailure {
  try {
    const { at, chain } = validateTimestamp(timestampResponseOf(signature.cms), {
      sha256: signature.digest,
      roots,
    })
    return { signature, chain, at }
  } catch (error) {
    if (error instanceof TimestampRefusal)
      return unreadable(`${signature.field} does not hold: ${error.reason}, ${error.message}`)
    throw error
  }
}

function wrongWithSeal({ holds, terms }: CheckedChain, at: Instant): StepFailure | undefined {
  if (!holds) return unreadable('the chain of the seal does not hold')
  const outside = terms.find(({ from, until }) => at < from || at > until)
  if (outside === undefined) return undefined
  return {
    kind: 'failed',
    because: 'seal-expired',
    detail: `a certificate of the seal was valid from ${outside.from} until ${outside.until}, not at ${at}`,
  }
}

function whyNot(
  signature: FileSignature,
  outcome: Exclude<RevocationOutcome, { kind: 'good' }>,
): StepFailure {
  if (outcome.kind === 'unavailable') {
    const said = outcome.attempts.map(({ url, failure }) => `${url}: ${failure}`)
    return unavailable(said.length === 0 ? 'nobody could be asked' : said.join('; '))
  }
  const { revokedAt, reason } = outcome
  return {
    kind: 'failed',
    because: signature.kind === 'seal' ? 'seal-revoked' : 'timestamp-authority-revoked',
    detail: `${signature.field}: a certificate was revoked at ${revokedAt}, reason ${reason ?? 'not given'}`,
  }
}

function unavailable(detail: string): StepFailure {
  return { kind: 'failed', because: 'revocation-unavailable', detail }
}

function unreadable(detail: string): StepFailure {
  return { kind: 'failed', because: 'file-unreadable', detail }
}
