import type { OfferBundle, OfferedDocument } from '#acknowledgements'
import { bundleManifest, findOfferedDocuments } from '#acknowledgements'
import type { Annex, AnnexContent } from '#annexes'
import { readAnnexes } from '#annexes'
import { listIdentityChecks, requiredFor } from '#assurance'
import type { Requirement } from '#assurance'
import type { BundleManifest } from '#ceremonies'
import type { BundleId, DocumentId, Instant, OrganisationId, PersonId, ProblemDetail } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import type { Contract, Employment, Mandate } from '#employments'
import { findMandate, getContract, getEmployment } from '#employments'
import type { Facts } from '#jurisdictions'
import { getOrganisation } from '#organisations'
import { getPerson } from '#people'
import { factsOfMaterial } from './agreement-facts.ts'
import { factsOnceSigned } from './agreement-gate.ts'
import { agreementStateOn } from './agreement-state.ts'
import { readAgreements } from './agreement-view.ts'
import type { ClauseStatement } from './clause-statements.ts'
import { clauseStatements, purposeOfBundle } from './clause-statements.ts'
import { anchorFacts, privacyFacts, readEmploymentMaterial, sentences } from './facts-view.ts'
import { readStoredEvidence } from './facts-sources.ts'
import type { OfferAgreement } from './offer-command.ts'
import { missingAnnexes } from './reference-lint.ts'

/** An annex whose content is there. */
type ReadableAnnex = Annex & { readonly content: AnnexContent }

/** What is about to be offered, with the facts that the rules read of it. */
export type PreparedOffer = {
  readonly employment: Employment
  readonly contract: Contract
  readonly mandate: Mandate
  readonly annexes: readonly { readonly annex: ReadableAnnex; readonly role: 'main' | 'annex' }[]
  readonly bundle: Omit<OfferBundle, 'personId'>
  readonly facts: Facts
  /** As they would be if both signed; not kept. */
  readonly onceSigned: Facts
}

/**
 * Puts an offer together and says what is wrong with it, before any rule of law is asked. Throws `employment-not-found`,
 * `person-not-found`, `contract-not-found`, `contract-retracted`, `annex-not-found`, `agreement-unfit`, `annex-not-free`, `mandate-missing` and
 * `annex-missing` (ECLI:NL:HR:2017:364). Whether each annex is referred to is looked at when the bundle is offered.
 */
export async function prepareOffer(
  trx: Transaction,
  organisationId: OrganisationId,
  command: OfferAgreement,
  now: Instant,
): Promise<PreparedOffer> {
  const today = civilDateIn(now)
  const employment = await getEmployment(trx, organisationId, command.employmentId)
  const { personId } = employment
  await getPerson(trx, organisationId, personId)
  const contract = await getContract(trx, organisationId, command.contractId)
  if (contract.retractedAt !== null) throw problem('contract-retracted')
  const annexes = await orderedAnnexes(trx, organisationId, command)
  const mainId = command.mainAnnexId === null ? contract.documentId : annexes[0]!.annex.documentId
  const defects = defectsOf(command, employment, contract, annexes, mainId)
  if (defects.length > 0) throw problem('agreement-unfit', { errors: defects })
  await requireFree(trx, organisationId, annexes, now)
  await getPerson(trx, organisationId, command.representativeId)
  const covers = command.mainAnnexId === null ? 'contract' : 'annex'
  const mandate = await findMandate(trx, organisationId, command.representativeId, covers, today)
  if (mandate === undefined || command.representativeId === personId) throw problem('mandate-missing')
  const readable = annexes as PreparedOffer['annexes']
  const bundle = bundleOf(command, contract, readable, mainId!)
  const documents = await findDocuments(trx, organisationId, personId, bundle)
  await requireComplete(trx, organisationId, employment, bundle, readable, documents, today)
  const language = documents[0]!.language
  const offered = { ...bundle, language, subject: documents[0]!.title.slice(0, 200) }
  const requirement = await requiredFor(trx, organisationId, bundle.purpose, today)
  const material = { employment, contract, annexes: readable, manifest: bundleManifest(organisationId, offered, documents) } // prettier-ignore
  return { employment, contract, mandate, annexes: readable, bundle: offered, ...(await factsOf(trx, organisationId, material, requirement, now)) } // prettier-ignore
}

/** The annexes in the order of the bundle, the main one first where the main document is one. */
async function orderedAnnexes(
  trx: Transaction,
  organisationId: OrganisationId,
  { mainAnnexId, annexes }: OfferAgreement,
): Promise<{ readonly annex: Annex; readonly role: 'main' | 'annex' }[]> {
  const asked = [...(mainAnnexId === null ? [] : [mainAnnexId]), ...annexes.map(({ annexId }) => annexId)]
  const found = new Map((asked.length === 0 ? [] : await readAnnexes(trx, organisationId, { annexIds: asked })).map((annex) => [annex.annexId, annex])) // prettier-ignore
  if (asked.some((annexId) => !found.has(annexId))) throw problem('annex-not-found')
  return asked.map((annexId) => ({
    annex: found.get(annexId)!,
    role: annexId === mainAnnexId ? 'main' : 'annex',
  }))
}

function defectsOf(
  { mainAnnexId }: OfferAgreement,
  employment: Employment,
  contract: Contract,
  annexes: readonly { readonly annex: Annex }[],
  mainId: DocumentId | null,
): ProblemDetail[] {
  const detail = (code: string, message: string, pointer: string) => ({ code, message, pointer })
  const pointerOf = (index: number) => mainAnnexId !== null && index === 0 ? '/mainAnnexId' : `/annexes/${index - (mainAnnexId === null ? 0 : 1)}/annexId` // prettier-ignore
  const ids = annexes.map(({ annex }) => annex.annexId)
  const marks = annexes.map(({ annex }) => annex.mark.toUpperCase())
  return [
    ...(contract.employmentId === employment.employmentId ? [] : [detail('contract-of-another', 'The contract is of another employment.', '/contractId')]), // prettier-ignore
    ...(mainId === null ? [detail('main-missing', 'The contract has no document here. Upload it, or name the addendum that is the main document.', '/mainAnnexId')] : []), // prettier-ignore
    ...annexes.flatMap(({ annex }, index) => [
      ...(annex.contractId === contract.contractId ? [] : [detail('annex-of-another', 'This annex belongs to another contract.', pointerOf(index))]), // prettier-ignore
      ...(annex.content === null ? [detail('content-erased', 'What this annex was composed of was erased.', pointerOf(index))] : []), // prettier-ignore
      ...(ids.indexOf(annex.annexId) < index || marks.indexOf(annex.mark.toUpperCase()) < index ? [detail('annex-twice', 'This annex, or another with its mark, stands in the bundle already.', pointerOf(index))] : []), // prettier-ignore
      ...(annex.replacedBy === null ? [] : [detail('annex-replaced', 'A newer version of this annex was composed.', pointerOf(index))]), // prettier-ignore
    ]),
  ]
}

/** Throws `annex-not-free` when one of the annexes is being answered in another agreement. */
async function requireFree(
  trx: Transaction,
  organisationId: OrganisationId,
  annexes: readonly { readonly annex: Annex }[],
  now: Instant,
): Promise<void> {
  for (const [index, { annex }] of annexes.entries()) {
    const others = await readAgreements(trx, organisationId, { annexId: annex.annexId })
    const open = others.find((other) => ['offered', 'half-signed', 'signed'].includes(agreementStateOn(other.history, civilDateIn(now)))) // prettier-ignore
    if (open !== undefined)
      throw problem('annex-not-free', {
        errors: [{ code: 'agreement-open', message: `The agreement is ${open.agreementId}.`, pointer: `/annexes/${index}` }], // prettier-ignore
      })
  }
}

function bundleOf(
  { mainAnnexId, annexes: asked, dueDate }: OfferAgreement,
  contract: Contract,
  annexes: PreparedOffer['annexes'],
  mainId: DocumentId,
): Omit<OfferBundle, 'personId'> {
  const contents = annexes.map(({ annex }) => annex.content)
  const behind = mainAnnexId === null ? annexes : annexes.slice(1)
  return {
    purpose: purposeOfBundle(contract.kind, contents),
    language: 'nl',
    dueDate,
    main: { documentId: mainId },
    annexes: behind.map(({ annex }, index) => ({
      documentId: annex.documentId,
      mark: annex.mark,
      references: asked[index]!.references,
    })),
    subject: '',
    clauses: clauseStatements(contents).map(({ statementId, subject }) => ({ statementId, subject })),
    replaces: null,
  }
}

async function findDocuments(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  bundle: Omit<OfferBundle, 'personId'>,
): Promise<readonly OfferedDocument[]> {
  const ids = [bundle.main.documentId, ...bundle.annexes.map(({ documentId }) => documentId)]
  const found = await findOfferedDocuments(trx, organisationId, personId, ids)
  if (ids.some((id) => !found.has(id))) throw problem('document-not-found')
  return ids.map((id) => found.get(id)!)
}

/** Throws `annex-missing` when a text refers to something that is not in the bundle. */
async function requireComplete(
  trx: Transaction,
  organisationId: OrganisationId,
  { employmentId }: Employment,
  bundle: Omit<OfferBundle, 'personId'>,
  annexes: PreparedOffer['annexes'],
  documents: readonly OfferedDocument[],
  today: ReturnType<typeof civilDateIn>,
): Promise<void> {
  const markOf = new Map(annexes.map(({ annex }) => [annex.documentId, annex.mark]))
  const earlier = await readAgreements(trx, organisationId, { employmentId })
  const inForce = earlier.filter((each) => agreementStateOn(each.history, today) === 'in-force')
  const signed = inForce.flatMap((each) => each.annexes.map(({ annexId }) => annexId))
  const before = signed.length === 0 ? [] : await readAnnexes(trx, organisationId, { annexIds: signed })
  const missing = missingAnnexes(
    documents.map(({ documentId, title, pages }, index) => ({
      role: index === 0 ? 'main' : 'annex',
      mark: markOf.get(documentId) ?? null,
      title,
      pages: pages ?? [],
    })),
    bundle.annexes.flatMap(({ references }) => references),
    before.map(({ mark }) => mark),
  )
  if (missing.length === 0) return
  throw problem('annex-missing', {
    errors: missing.map(({ document, page, mark, text }) => ({
      code: mark === null ? 'attached-what' : 'annex-missing',
      message: `Page ${page} of ‘${document}’ says: ${text.slice(0, 200)}`,
      pointer: '/annexes',
    })),
  })
}

async function factsOf(
  trx: Transaction,
  organisationId: OrganisationId,
  offer: Pick<PreparedOffer, 'employment' | 'contract' | 'annexes'> & { readonly manifest: BundleManifest },
  required: Pick<Requirement, 'level'>,
  now: Instant,
): Promise<Pick<PreparedOffer, 'facts' | 'onceSigned'>> {
  const { employment, contract, annexes, manifest } = offer
  const { personId, employmentId } = employment
  const today = civilDateIn(now)
  const main = manifest.documents[0]!
  const stored = await readStoredEvidence(trx, organisationId, [main.documentId], [personId])
  const { name } = await getOrganisation(trx, organisationId)
  const sentenceOf = sentences('' as BundleId, manifest, name)
  const contents = annexes.map(({ annex }) => annex.content)
  const facts = factsOfMaterial({
    provenance: 'ceremony',
    asOf: today,
    agreementId: 'offer',
    personId,
    employment: await readEmploymentMaterial(trx, organisationId, employmentId, contract.contractId, { on: today, knownAt: now }), // prettier-ignore
    manifest,
    sentenceOf,
    annexes: annexes.map(({ annex, role }) => ({ role, documentSha256: annex.documentSha256, content: annex.content })), // prettier-ignore
    signing: null,
    reaffirmations: contents.flatMap(({ clauses }) =>
      clauses.map(({ clauseId }) => ({ clauseId, on: today })),
    ),
    evidence: { storedSha256: stored.fileSha256.get(main.documentId) ?? null, ...anchorFacts(stored) },
    privacy: privacyFacts(manifest.purpose, stored.held.has(personId)),
  })
  const checks = await listIdentityChecks(trx, organisationId, [personId])
  const onceSigned = factsOnceSigned(facts, {
    now,
    required: required.level,
    identityCheckedAt: checks.map(({ recordedAt }) => recordedAt),
    statements: clauseStatements(contents).map((each: ClauseStatement) => ({ ...each, sentence: sentenceOf(each.statementId) })), // prettier-ignore
  })
  return { facts, onceSigned }
}
