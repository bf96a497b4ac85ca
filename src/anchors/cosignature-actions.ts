import type { Instant } from '#core'
import type { Transaction } from '#database'
import {
  getOpenLog,
  isQuorumMet,
  proveConsistencies,
  requestCosignature,
  type Cosignature,
  type PolicyWitness,
  type WitnessAnswer,
  type WitnessPolicy,
} from '#evidence'
import { recordEvent } from '#webhooks'
import type { AnchorDeps, AnchorPlace } from './anchor.ts'
import { insertAnchor, takeMoment } from './anchor-store.ts'
import { readWitnessPicture, type Cosigner } from './cosignature-view.ts'

/** What asking the witnesses of a policy left behind. */
export type CosignatureOutcome = {
  /** How many witnesses of the policy have cosigned this checkpoint, now or earlier. */
  readonly cosignatures: number
  readonly quorum: 'met' | 'missing' | 'none'
  /** One line for each witness that did not cosign. */
  readonly failures: readonly string[]
}

/** What became of one witness. `passed`: it has cosigned a later checkpoint of this log and goes back for nobody. */
type WitnessResult =
  | { readonly kind: 'cosigned'; readonly cosignature: Cosignature }
  | { readonly kind: 'passed' }
  | { readonly kind: 'alarm'; readonly reason: 'ahead' | 'inconsistent'; readonly size: number | null }
  | { readonly kind: 'failed'; readonly because: string }

/** One question to one witness. The proof leads from `oldSize` to the checkpoint. */
type Question = {
  readonly witness: PolicyWitness
  readonly oldSize: number
  readonly proof: readonly Buffer[]
}

/**
 * Asks every witness of the newest policy that has not cosigned this checkpoint, all at once, and keeps what they give
 * (C2SP tlog-witness). No transaction is open meanwhile. A witness that knows a larger log than there is here, or one
 * that this is no continuation of, is told to other systems: either this database lost something or somebody rewrote it.
 */
export async function collectCosignatures(deps: AnchorDeps, place: AnchorPlace): Promise<CosignatureOutcome> {
  const { organisationId } = place
  const { policy, questions, cosigners } = await deps.database.readInOrganisation(
    organisationId,
    async (trx) => {
      const picture = await readWitnessPicture(trx, place)
      const missing = picture.policy.witnesses.filter((witness) => !hasCosigned(picture.cosigners, witness))
      return { ...picture, questions: await firstQuestions(trx, place, missing, picture.cosigners) }
    },
  )
  const results = await Promise.all(questions.map((question) => ask(deps, place, question)))
  await keepResults(deps, place, questions, results)
  return summarise(deps, place, policy, questions, results, cosigners)
}

function hasCosigned(cosigners: readonly Cosigner[], { key }: PolicyWitness): boolean {
  return cosigners.some((one) => one.key === `${key.name}+${key.keyHash}` && one.hasCosigned)
}

/** Begins where each witness was last seen; one that has cosigned a later checkpoint is not asked. */
async function firstQuestions(
  trx: Transaction,
  place: AnchorPlace,
  witnesses: readonly PolicyWitness[],
  cosigners: readonly Cosigner[],
): Promise<Question[]> {
  const begun = witnesses.map((witness) => {
    const known = cosigners.find((one) => one.key === `${witness.key.name}+${witness.key.keyHash}`)
    return { witness, oldSize: known?.largest ?? 0 }
  })
  const sizes = begun.map(({ oldSize }) => oldSize).filter((size) => size > 0 && size <= place.size)
  const proofs = await proveConsistencies(trx, place.organisationId, sizes, place.size, place.logId)
  return begun.map((one) => ({ ...one, proof: proofs.get(one.oldSize) ?? [] }))
}

async function ask(deps: AnchorDeps, place: AnchorPlace, question: Question): Promise<WitnessResult> {
  if (question.witness.url === undefined) return { kind: 'failed', because: 'the policy gives no address' }
  if (question.oldSize > place.size) return { kind: 'passed' }
  const first = await send(deps, place, question)
  if (first.kind !== 'conflict') return judge(first, question.oldSize === place.size)
  if (first.size > place.size) return judgeLarger(deps, place, first.size)
  const proof = await deps.database.readInOrganisation(place.organisationId, async (trx) => {
    const sizes = first.size === 0 ? [] : [first.size]
    const proofs = await proveConsistencies(trx, place.organisationId, sizes, place.size, place.logId)
    return proofs.get(first.size) ?? []
  })
  const second = await send(deps, place, { ...question, oldSize: first.size, proof })
  if (second.kind === 'conflict') return { kind: 'failed', because: 'the size it names keeps changing' }
  return judge(second, first.size === place.size)
}

async function send(
  deps: AnchorDeps,
  place: AnchorPlace,
  { witness, oldSize, proof }: Question,
): Promise<WitnessAnswer> {
  const now: Instant = deps.platform.clock()
  return requestCosignature({
    witness: witness.key,
    url: witness.url!,
    note: place.note,
    oldSize,
    proof,
    now,
  })
}

/**
 * 422 says that the proof does not lead from what the witness has to what it is shown; 409 to a question of equal sizes
 * that the witness has another tree of that size (C2SP tlog-witness). Both contradict this log.
 */
function judge(answer: Exclude<WitnessAnswer, { kind: 'conflict' }>, isSameSize: boolean): WitnessResult {
  if (answer.kind === 'cosigned') return { kind: 'cosigned', cosignature: answer.cosignature }
  if (answer.status === 422 || (answer.status === 409 && isSameSize)) {
    return { kind: 'alarm', reason: 'inconsistent', size: null }
  }
  return { kind: 'failed', because: `${answer.reason} (${answer.detail})` }
}

/** A size above this checkpoint is harmless while the log has grown that far, and an alarm when it has not. */
async function judgeLarger(deps: AnchorDeps, place: AnchorPlace, size: number): Promise<WitnessResult> {
  const open = await deps.database.readInOrganisation(place.organisationId, (trx) =>
    getOpenLog(trx, place.organisationId),
  )
  if (open.logId !== place.logId || size <= open.size) return { kind: 'passed' }
  return { kind: 'alarm', reason: 'ahead', size }
}

async function keepResults(
  deps: AnchorDeps,
  place: AnchorPlace,
  questions: readonly Question[],
  results: readonly WitnessResult[],
): Promise<void> {
  if (!results.some(({ kind }) => kind === 'cosigned' || kind === 'alarm')) return
  const { platform, database } = deps
  const { organisationId, logId, size } = place
  await database.inOrganisation(organisationId, async (trx) => {
    for (const [position, result] of results.entries()) {
      const { key } = questions[position]!.witness
      if (result.kind === 'cosigned') {
        const { line, at } = result.cosignature
        const { moment } = await takeMoment(trx, organisationId, logId, platform.clock())
        const evidence = Buffer.from(line, 'utf8')
        const anchor = {
          organisationId,
          anchorId: platform.newId(),
          logId,
          size,
          authority: key.name,
          evidence,
        }
        await insertAnchor(trx, { ...anchor, kind: 'cosignature', provenAt: at, obtainedAt: moment })
      }
      if (result.kind === 'alarm') {
        await recordEvent(platform, trx, organisationId, {
          type: 'ledger.witness-conflict',
          subject: logId,
          data: { logId, witness: key.name, reason: result.reason, size, witnessSize: result.size },
        })
      }
    }
  })
}

function summarise(
  deps: AnchorDeps,
  place: AnchorPlace,
  policy: WitnessPolicy,
  questions: readonly Question[],
  results: readonly WitnessResult[],
  cosigners: readonly Cosigner[],
): CosignatureOutcome {
  const { log, metrics } = deps.platform
  const failures: string[] = []
  const names = namesOf(policy, cosigners)
  for (const [position, result] of results.entries()) {
    const { name, key } = questions[position]!.witness
    metrics.count('beding_witness_attempts_total', {
      outcome: result.kind === 'alarm' ? result.reason : result.kind,
    })
    if (result.kind === 'cosigned') names.add(name)
    if (result.kind === 'passed') failures.push(`${key.name}: has cosigned a later checkpoint`)
    if (result.kind === 'failed') {
      failures.push(`${key.name}: ${result.because}`)
      log.warn({ witness: key.name, because: result.because }, 'a witness did not cosign')
    }
    if (result.kind === 'alarm') {
      failures.push(`${key.name}: ${result.reason}`)
      const { organisationId, logId, size } = place
      log.error(
        { organisationId, logId, size, witness: key.name, reason: result.reason, witnessSize: result.size },
        'a witness contradicts this ledger: it has seen more than there is here, or something else',
      )
    }
  }
  return { ...judgeQuorum(policy, names), failures }
}

function namesOf(policy: WitnessPolicy, cosigners: readonly Cosigner[]): Set<string> {
  return new Set(
    policy.witnesses.filter((witness) => hasCosigned(cosigners, witness)).map(({ name }) => name),
  )
}

function judgeQuorum(
  policy: WitnessPolicy,
  names: ReadonlySet<string>,
): Pick<CosignatureOutcome, 'cosignatures' | 'quorum'> {
  const quorum = policy.quorum === 'none' ? 'none' : isQuorumMet(policy, names) ? 'met' : 'missing'
  return { cosignatures: names.size, quorum }
}
