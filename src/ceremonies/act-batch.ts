import { evidenceLevelOf, requirementOn } from '#assurance'
import type { ActId, CivilDate, EntryId, Instant, OrganisationId, PersonId } from '#core' // prettier-ignore
import { civilDateIn, problem } from '#core'
import type { EntryDraft } from '#evidence'
import type { CredentialStandingNow, SeenCounter } from '#signing'
import { isCounterRight } from '#signing'
import { actFacts } from './act-facts.ts'
import { isWhatWasSigned } from './act-declaration.ts'
import type { Refusal } from './act-decisions.ts'
import { decideAct } from './act-decisions.ts'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, shownStatement } from './act-subject.ts'
import type { ActResult, ActSubmission } from './act-writer.ts'
import type { LinkContext, PersonEntry, RecordedAct, SubjectId } from './act.ts'
import { mainStatementId, subjectIdOf } from './act.ts'
import type { ActRow } from './act-batch-statements.ts'

/** What is known under the lock about a batch, by position. */
export type BatchKnowledge = {
  readonly organisation: { readonly organisationId: OrganisationId; readonly name: string }
  readonly clientIds: readonly string[]
  readonly contexts: ReadonlyMap<number, LinkContext>
  /** How the credentials stand that signed something in this batch, by their id. */
  readonly credentials: ReadonlyMap<string, CredentialStandingNow>
  readonly answered: ReadonlyMap<number, { readonly fingerprint: Buffer; readonly actId: ActId }>
  /** What each context is about, by the id of the version or bundle; null when its content has gone. */
  readonly subjects: ReadonlyMap<SubjectId, ActSubject | null>
  readonly now: Instant
  readonly newId: () => string
  /** The index that the first entry of the batch will have. */
  readonly nextIndex: number
}

/** An act that will be written, at the position of the submission that asks for it. */
export type AcceptedAct = { readonly position: number; readonly row: ActRow; readonly draft: EntryDraft }

/** What follows for each submission: written now, the same answer as before, or refused. */
export type BatchVerdict = {
  readonly accepted: readonly AcceptedAct[]
  readonly replays: ReadonlyMap<number, ActId>
  /** A submission that carries the key of an earlier one in this batch gets that one's answer. */
  readonly twins: ReadonlyMap<number, number>
  readonly refused: ReadonlyMap<number, ActResult>
}

/**
 * Decides a batch in the order in which it arrived. Two acts for one assignment in one batch: the first is recorded and
 * the second is told that it has been answered, as if it had come a second later.
 */
export function decideBatch(batch: readonly ActSubmission[], known: BatchKnowledge): BatchVerdict {
  const accepted: AcceptedAct[] = []
  const replays = new Map<number, ActId>()
  const twins = new Map<number, number>()
  const refused = new Map<number, ActResult>()
  const today = civilDateIn(known.now)
  const firstByKey = new Map<string, number>()
  const taken = new Set<string>()
  const newest = new Map<PersonId, PersonEntry>()
  const counters = new Map<string, SeenCounter>()
  batch.forEach((submission, position) => {
    const key = keyOf(known.clientIds[position]!, submission.idempotencyKey)
    const answered = known.answered.get(position)
    const first = firstByKey.get(key)
    const earlier = answered?.fingerprint ?? (first === undefined ? undefined : batch[first]!.fingerprint)
    if (earlier !== undefined) {
      if (!earlier.equals(submission.fingerprint))
        refused.set(position, refusal({ code: 'idempotency-key-reused' }))
      else if (answered !== undefined) replays.set(position, answered.actId)
      else twins.set(position, first!)
      return
    }
    firstByKey.set(key, position)
    const outcome = decideOne(submission, position, known, { taken, newest, counters }, today)
    if ('kind' in outcome) refused.set(position, outcome)
    else {
      const { assignmentId, statementId, personId, personEntryNumber } = outcome.row.act
      taken.add(statementKey(assignmentId, statementId))
      if (outcome.row.act.choice === 'declined' && statementId === mainStatementId)
        taken.add(declinedKey(assignmentId))
      newest.set(personId, { number: personEntryNumber, entryIndex: known.nextIndex + accepted.length })
      const { signingCredentialId, counter, challengeSha256 } = outcome.row
      if (signingCredentialId !== null && counter > 0) counters.set(signingCredentialId, { counter, challenge: challengeSha256! }) // prettier-ignore
      accepted.push(outcome)
    }
  })
  return { accepted, replays, twins, refused }
}

/** What this batch has taken in so far: statements that are answered, the newest act of each person, counters of keys. */
type TakenSoFar = {
  readonly taken: ReadonlySet<string>
  readonly newest: ReadonlyMap<PersonId, PersonEntry>
  readonly counters: ReadonlyMap<string, SeenCounter>
}

function decideOne(
  submission: ActSubmission,
  position: number,
  known: BatchKnowledge,
  { taken, newest, counters }: TakenSoFar,
  today: CivilDate,
): AcceptedAct | ActResult {
  const context = known.contexts.get(position)
  if (context === undefined) return refusal({ code: 'credentials-missing' })
  const { command, proof } = submission
  if (taken.has(statementKey(context.assignmentId, command.statementId)))
    return refusal({ code: 'already-acted' })
  if (taken.has(declinedKey(context.assignmentId))) return refusal({ code: 'ceremony-ended' })
  const credential = known.credentials.get(proof.signingCredentialId ?? '')
  if (credential?.isRevoked === true) return refusal({ code: 'signing-credential-revoked' })
  const subject = known.subjects.get(subjectIdOf(context)) ?? null
  if (subject === null) return refusal({ code: 'content-erased' })
  if (proof.signed !== undefined && !isWhatWasSigned(proof.signed, context, subject, command))
    return refusal({ code: 'signing-declaration-changed' })
  const { organisation, now } = known
  const shown = shownStatement(subject, organisation.name, command.statementId, command.language)
  const requirement = requirementOn(purposeOf(subject), context.assuranceRules, today)
  const outcome = decideAct({ context, shown, command, assurance: proof.assurance, requirement, now, today })
  if (outcome.kind === 'refused') return refusal(outcome)
  if (proof.notAfter !== undefined && proof.notAfter < known.now)
    return refusal({ code: 'signing-challenge-expired' })
  const seen = counters.get(proof.signingCredentialId ?? '') ?? credential?.seen
  if (proof.counter !== undefined && !isCounterRight(seen, proof.counter, proof.challengeSha256!))
    return refusal({ code: 'signing-counter-behind' })
  const before = newest.get(context.personId) ?? context.lastAct
  const act: RecordedAct = {
    actId: known.newId() as ActId,
    assignmentId: context.assignmentId,
    statementId: command.statementId,
    personId: context.personId,
    versionId: context.versionId,
    bundleId: context.bundleId,
    documentId: shown!.documentId,
    language: command.language,
    choice: command.choice,
    assurance: proof.assurance,
    actedAt: now,
    personEntryNumber: (before?.number ?? 0) + 1,
    previousPersonEntry: before?.entryIndex ?? null,
  }
  const entryId = known.newId() as EntryId
  const facts = actFacts({ organisation, subject, context, command, proof, requirement }, act)
  return {
    position,
    draft: { entryId, kind: 'act', at: now, facts },
    row: {
      act,
      entryId,
      evidenceLevel: evidenceLevelOf(proof.assurance),
      signingCredentialId: proof.signingCredentialId,
      challengeSha256: proof.challengeSha256,
      counter: proof.counter ?? 0,
      clientId: known.clientIds[position]!,
      idempotencyKey: submission.idempotencyKey,
      fingerprint: submission.fingerprint,
    },
  }
}

function statementKey(assignmentId: string, statementId: string): string {
  return `${assignmentId} ${statementId}`
}

/** Stands for all statements of a ceremony that ended by declining the main one. */
function declinedKey(assignmentId: string): string {
  return `${assignmentId} *`
}

function refusal({ code, ...options }: Omit<Refusal, 'kind'>): ActResult {
  return { kind: 'refused', problem: problem(code, options) }
}

/**
 * Tells who depends on the acts of a batch: whoever comes with the key, the assignment or the person of one. They wait
 * until it is committed, because what was read for them does not show it yet.
 */
export function touchedBy(
  accepted: readonly AcceptedAct[],
): (clientId: string, submission: ActSubmission, context: LinkContext | undefined) => boolean {
  const keys = new Set(accepted.map(({ row }) => keyOf(row.clientId, row.idempotencyKey)))
  const subjects = new Set<string>(accepted.flatMap(({ row }) => [row.act.assignmentId, row.act.personId]))
  return (clientId, submission, context) =>
    keys.has(keyOf(clientId, submission.idempotencyKey)) ||
    (context !== undefined && (subjects.has(context.assignmentId) || subjects.has(context.personId)))
}

function keyOf(clientId: string, idempotencyKey: string): string {
  return `${clientId} ${idempotencyKey}`
}
