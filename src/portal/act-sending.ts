import { userAgentOf } from '#authentication'
import type { ActCommand, ActProof, ActWriter, Choice } from '#ceremonies'
import { beginSignedAct, knownActor, networkClassOf, sessionRequester, signedProof } from '#ceremonies'
import type { AssignmentId, ProblemError } from '#core'
import { problem, sha256, unprintableIn } from '#core'
import { findMissingGlyph } from '#documents'
import type { AnyReply, AnyRequest } from '#http'
import type { Language } from '#people'
import type { SigningDeps, SigningMethod } from '#signing'
import { ceremonyPage } from './ceremony-page.ts'
import type { Mistake } from './ceremony-page.ts'
import { openCeremony } from './ceremony-reading.ts'
import type { OpenedCeremony } from './ceremony-reading.ts'
import type { SignedIn } from './ceremony-routes.ts'
import type { ShownChoice, ShownStatement } from './ceremony-values.ts'
import { confirmPage, reasonLengthMax } from './confirm-page.ts'
import { signingAnswerIn } from './device-answers.ts'
import { momentInWords } from './format.ts'
import { sessionProof } from './known.ts'
import type { KnownDeps } from './known.ts'
import { seeOther, sendPage } from './visitor.ts'
import type { Words } from './words.ts'

export type ActDeps = KnownDeps & {
  readonly writer: ActWriter
  /** Looks for background work now. */
  readonly wakeJobs: () => void
  readonly signing: SigningDeps
  readonly signingMethods: readonly SigningMethod[]
}

/** What the confirm page sends. */
export type SentAct = {
  readonly statement: string
  readonly choice: string
  readonly sentence: string
  readonly documentSha256: string
  readonly language: string
  readonly key: string
  readonly reason: string
  readonly assertion: string
}

/**
 * Records what was confirmed, once for each form, and leads to its receipt. What the ceremony no longer is leads back to it;
 * what is wrong with the reason is shown beside it, with what was typed. Of two answers the first stands, and the second is
 * told so.
 */
export async function sendAct(
  deps: ActDeps,
  request: AnyRequest,
  reply: AnyReply,
  visitor: SignedIn,
  assignmentId: AssignmentId,
  sent: SentAct,
): Promise<AnyReply> {
  const opened = await openCeremony(deps, request, visitor, assignmentId)
  const statement = opened.shown.statements.find((one) => one.statementId === sent.statement)
  const offer = statement?.choices.find((one) => one.choice === sent.choice)
  if (statement === undefined || offer === undefined || !/^[0-9a-f]{32}$/.test(sent.key))
    throw problem('input-invalid')
  const attempt = { opened, statement, offer, sent }
  const mistake = mistakeIn(offer, sent.reason, visitor.w)
  if (mistake !== null && statement.act === null) return askAgain(request, reply, visitor, attempt, mistake)
  const proof = await proofOf(deps, request, visitor, attempt)
  const result = await deps.writer.submit({
    ...opened.credential,
    idempotencyKey: sent.key,
    fingerprint: fingerprintOf(assignmentId, sent),
    command: commandOf(request, sent),
    proof,
  })
  if (result.kind === 'recorded') return seeOther(reply, `/my/acts/${result.answer.actId}?shown=now`)
  return refused(deps, request, reply, visitor, attempt, result.problem)
}

type Attempt = {
  readonly opened: OpenedCeremony
  readonly statement: ShownStatement
  readonly offer: ShownChoice
  readonly sent: SentAct
}

/**
 * The session's own proof, or that of a device that signed. Where the purpose asks for a signature and none came, what the
 * signing was refused for is refused again, and told as a page this time.
 */
async function proofOf(
  deps: ActDeps,
  request: AnyRequest,
  { session }: SignedIn,
  { opened, sent }: Attempt,
): Promise<ActProof> {
  if (sent.assertion === '') return sessionProof(opened.known, session)
  const requester = await sessionRequester(deps, session, userAgentOf(request))
  const actor = knownActor(opened.credential, requester)
  const answer = signingAnswerIn(sent.assertion)
  if (answer === undefined) {
    await beginSignedAct(deps, actor, 'webauthn', commandOf(request, sent))
    throw problem('input-invalid')
  }
  return signedProof(deps, actor, 'webauthn', answer)
}

/** The reason as it goes into the record: none where nothing was typed. */
export function reasonOf(text: string): string | null {
  return text.trim() === '' ? null : text
}

export function commandOf(request: AnyRequest, sent: SentAct): ActCommand {
  return {
    statementId: sent.statement,
    choice: sent.choice as Choice,
    reason: reasonOf(sent.reason),
    language: sent.language as Language,
    documentSha256: sent.documentSha256,
    statement: sent.sentence,
    userAgent: userAgentOf(request),
    networkClass: networkClassOf(request.ip),
  }
}

/** The same form sent twice is the same request, whatever a device signed anew for it. */
function fingerprintOf(assignmentId: AssignmentId, sent: SentAct): Buffer {
  const { statement, choice, sentence, documentSha256, language, reason } = sent
  return sha256(JSON.stringify([assignmentId, statement, choice, sentence, documentSha256, language, reason]))
}

/** What is wrong with what was typed, or null. An agreement takes no remark, and its form has no place for one. */
export function mistakeIn({ choice, reasonRequired }: ShownChoice, text: string, w: Words): Mistake | null {
  const a = w.answering
  const field = 'reason'
  const reason = reasonOf(text)
  if (reason === null) {
    if (choice === 'agreed-conditionally') return { text: a.conditionMissing, field }
    return reasonRequired ? { text: a.reasonMissing, field } : null
  }
  if (reason.length > reasonLengthMax) return { text: a.reasonTooLong(reasonLengthMax), field }
  const hidden = hiddenIn(reason)
  return hidden === null ? null : { text: a.reasonRefused(hidden), field }
}

/** The first character of a text that cannot be recorded, as it was typed where it can be seen; null when there is none. */
export function hiddenIn(text: string): string | null {
  const hidden = unprintableIn(text)?.codePoint ?? findMissingGlyph(text)
  return hidden === undefined ? null : characterOf(hidden)
}

/** `U+1F44D` as it was typed, where it can be seen. */
function characterOf(codePoint: string): string {
  const character = String.fromCodePoint(Number.parseInt(codePoint.slice(2), 16))
  return unprintableIn(character) === undefined ? character : codePoint
}

function askAgain(
  request: AnyRequest,
  reply: AnyReply,
  visitor: SignedIn,
  { opened, statement, offer, sent }: Attempt,
  mistake: Mistake,
): AnyReply {
  const page = confirmPage(
    { ceremony: opened.shown, statement, offer, reason: sent.reason, key: sent.key, mistakes: [mistake] },
    visitor.w,
  )
  return sendPage(request, reply.code(422), visitor, page)
}

async function refused(
  deps: ActDeps,
  request: AnyRequest,
  reply: AnyReply,
  visitor: SignedIn,
  attempt: Attempt,
  refusal: ProblemError,
): Promise<AnyReply> {
  const { opened, statement } = attempt
  const { ceremonyId } = opened.shown
  const a = visitor.w.answering
  const again = async (text: string): Promise<AnyReply> => {
    const now = await openCeremony(deps, request, visitor, ceremonyId as AssignmentId)
    return sendPage(request, reply.code(refusal.status), visitor, ceremonyPage(now.shown, visitor.w, [{ text, field: null }])) // prettier-ignore
  }
  switch (refusal.code) {
    case 'already-acted': {
      const now = await openCeremony(deps, request, visitor, ceremonyId as AssignmentId)
      const standing = now.shown.statements.find((one) => one.statementId === statement.statementId)?.act
      return seeOther(
        reply,
        standing ? `/my/acts/${standing.actId}?shown=refused` : `/my/ceremonies/${ceremonyId}`,
      )
    }
    case 'statement-changed':
    case 'document-changed':
      return again(a.textChanged)
    case 'assurance-too-low':
      return again(a.neededTitle)
    case 'reading-time-not-over': {
      const from = opened.shown.answerFrom
      return again(from === null ? a.readFirst : a.answerFromNote(momentInWords(from, 'nl').split(', ')[1]!))
    }
    case 'reason-required':
    case 'reason-unprintable':
    case 'remark-makes-conditional':
      return askAgain(request, reply, visitor, attempt, { text: a.agreedNoRemark, field: 'reason' })
    case 'ceremony-ended':
    case 'link-closed':
    case 'link-expired':
    case 'version-withdrawn':
      // The page of the ceremony says what happened to it, and the way on.
      return seeOther(reply, `/my/ceremonies/${ceremonyId}`)
    default:
      throw refusal
  }
}
