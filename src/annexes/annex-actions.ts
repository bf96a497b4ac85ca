import type { DocumentId, EntryId, OrganisationId, ProblemDetail } from '#core'
import { canonicalJson, civilDateIn, problem, ProblemError, sha256Hex } from '#core'
import type { Database, Transaction } from '#database'
import type { RenderPool, SealedDocument } from '#documents'
import { documentTitle, loadSealKey, sealDocument, storeDocument } from '#documents'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import type { Standing } from '#jurisdictions'
import type { CheckView } from '#legal-checks'
import { makeCheck, previewCheck } from '#legal-checks'
import { insertLetter } from '#letters'
import type { Platform } from '#platform'
import { clausesToday } from './annex-answer.ts'
import { composition, draftFacts, type ComposeMoment, type Composition } from './annex-composition.ts'
import { annexEntry } from './annex-entry.ts'
import { contentText, insertAnnex, lockAnnexes, type NewAnnex } from './annex-store.ts'
import type { Annex } from './annex.ts'
import type { ComposeCommand, PreviewCommand } from './annex-command.ts'

export type AnnexDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly pool: Pick<RenderPool, 'render'>
}

/** An annex that was rendered and sealed, and is kept nowhere yet. */
export type PreparedAnnex = {
  readonly command: ComposeCommand
  readonly moment: ComposeMoment
  readonly composed: Composition
  readonly sealed: SealedDocument
}

/** An annex that is kept, with what the rules said of the draft. */
export type ComposedAnnex = { readonly annex: Annex; readonly draftCheck: CheckView }

/**
 * Composes and evaluates, and keeps nothing: what the annex would be, and where each finding of the draft stands. Throws what
 * `composition` throws, and `jurisdiction-not-found`.
 */
export async function previewAnnex(deps: AnnexDeps, organisationId: OrganisationId, command: PreviewCommand) {
  const moment = momentOf(deps)
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    const composed = await composition(trx, organisationId, command, moment)
    const today = await clausesToday(trx, organisationId, composed.content.clauses)
    return { composed, today, ...(await judgeDraft(trx, organisationId, command, composed)) }
  })
}

/**
 * The slow half, outside any transaction: composes, asks the rules of law, renders and seals. A blocker that fails stops it
 * before anything is rendered. A refusal is returned and not thrown, because the request may be a repetition of one that
 * succeeded: then the answer kept under its Idempotency-Key goes first.
 */
export async function prepareAnnex(
  deps: AnnexDeps,
  organisationId: OrganisationId,
  command: ComposeCommand,
): Promise<PreparedAnnex | ProblemError> {
  const moment = momentOf(deps)
  try {
    const { composed, key } = await deps.database.readInOrganisation(organisationId, async (trx) => {
      const composed = await composition(trx, organisationId, command, moment)
      const { standings } = await judgeDraft(trx, organisationId, command, composed)
      requireUnblocked(standings)
      return { composed, key: await loadSealKey(deps.platform, trx, organisationId) }
    })
    const rendered = await deps.pool.render(composed.input)
    const statement = { at: moment.at, name: composed.input.organisationName }
    return { command, moment, composed, sealed: await sealDocument(key, rendered, statement) }
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

/**
 * The short half, in one transaction: the file, what the rules said, the annex and its entry are there together or not at all.
 * Everything it rests on is read again under a lock. Throws what `composition` throws, `annex-blocked`, and `annex-overtaken`
 * when what was rendered is not what it would be now.
 */
export async function keepAnnex(
  deps: AnnexDeps,
  trx: Transaction,
  caller: Caller,
  { command, moment, composed, sealed }: PreparedAnnex,
): Promise<ComposedAnnex> {
  const { platform } = deps
  const { organisationId, clientId } = caller
  await lockAnnexes(trx, command.subject.employmentId)
  const again = await composition(trx, organisationId, command, moment)
  if (
    canonicalJson(again.input) !== canonicalJson(composed.input) ||
    contentText(again.content) !== contentText(composed.content)
  )
    // prettier-ignore
    throw problem('annex-overtaken')
  const kept = composed.subject.kept!
  const documentSha256 = sealed.sha256.toString('hex')
  const { documentId, at } = moment
  const title = documentTitle(composed.input)
  const { language, effectiveFrom, effectiveUntil, kind, mark } = composed.content
  await storeDocument(trx, organisationId, { documentId, kind: 'annex', title, language, createdAt: at }, sealed) // prettier-ignore
  const draftCheck = await makeCheck(platform, trx, caller, {
    jurisdiction: command.text.jurisdiction,
    moments: ['draft'],
    facts: draftFacts(composed.subject, composed.content, civilDateIn(at), documentSha256),
    personId: kept.personId,
  })
  requireUnblocked(draftCheck.standings)
  const annex: NewAnnex = {
    annexId: platform.newId(),
    employmentId: kept.employmentId,
    personId: kept.personId,
    contractId: kept.contractId,
    mark,
    kind,
    language,
    effectiveFrom,
    effectiveUntil,
    replaces: composed.replaced?.annexId ?? null,
    documentId,
    documentSha256,
    contentSha256: sha256Hex(contentText(composed.content)),
    draftCheckId: draftCheck.check.legalCheckId,
    createdBy: clientId,
    createdAt: at,
    entryId: platform.newId() as EntryId,
    content: composed.content,
  }
  const attachmentSha256 = sha256Hex(canonicalJson(composed.input))
  const personName = composed.subject.person.name
  await appendEntries(platform, trx, organisationId, [annexEntry(annex, { personName, title, attachmentSha256 })]) // prettier-ignore
  await insertLetter(trx, organisationId, {
    documentId,
    kind: 'annex',
    personId: kept.personId,
    title,
    language,
    holdsFrom: effectiveFrom,
    sha256: documentSha256,
    byteLength: sealed.bytes.length,
    createdAt: at,
    entryId: annex.entryId,
    subject: composed.content.title,
    madeBy: clientId,
  })
  await insertAnnex(trx, organisationId, annex)
  return { annex: { ...annex, replacedBy: null }, draftCheck }
}

function momentOf({ platform }: AnnexDeps): ComposeMoment {
  return { documentId: platform.newId() as DocumentId, at: platform.clock() }
}

function judgeDraft(
  trx: Transaction,
  organisationId: OrganisationId,
  { text }: PreviewCommand,
  { subject, facts }: Composition,
) {
  return previewCheck(trx, organisationId, {
    jurisdiction: text.jurisdiction,
    moments: ['draft'],
    facts,
    personId: subject.kept?.personId ?? null,
  })
}

/**
 * A blocker that fails stops an annex, and nothing lifts it. What a lawyer has to look at, what is not known and what asks for an
 * override does not stop composing: it shows with the annex, and stops offering it.
 */
function requireUnblocked(standings: readonly Standing[]): void {
  const errors = standings.flatMap(({ finding, result }): ProblemDetail[] =>
    finding.severity === 'blocker' && result === 'fail'
      ? [{ code: finding.ruleId, message: finding.message.en, ...pointerOf(finding.clauseId) }]
      : [],
  )
  if (errors.length > 0) throw problem('annex-blocked', { errors })
}

/** The place of a clause in the body: its identifier ends with its number. */
function pointerOf(clauseId: string | null): { pointer?: string } {
  return clauseId === null
    ? {}
    : { pointer: `/clauses/${Number(clauseId.slice(clauseId.lastIndexOf('.') + 1)) - 1}` }
}
