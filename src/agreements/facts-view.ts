import type { Annex } from '#annexes'
import { readAnnexes } from '#annexes'
import type { IdentityCheck } from '#assurance'
import { listIdentityChecks } from '#assurance'
import type { BundleManifest } from '#ceremonies'
import { shownStatement } from '#ceremonies'
import type { BundleId, CivilDate, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { addMilliseconds, civilDateIn } from '#core'
import type { Transaction } from '#database'
import { readEmployment, readEmploymentStates, readHistory } from '#employments'
import type { Facts } from '#jurisdictions'
import { getOrganisation } from '#organisations'
import { classOfNature } from '#retention'
import type { AgreementMaterial, EmploymentMaterial, Signing } from './agreement-facts.ts'
import { factsOfMaterial } from './agreement-facts.ts'
import { isDeniedOn, signedAtOf } from './agreement-state.ts'
import type { AgreementView, PartyView } from './agreement-view.ts'
import { readAgreements } from './agreement-view.ts'
import type { Affirmation, PrivilegedAction, StoredEvidence } from './facts-sources.ts'
import { readAffirmations, readConditions, readManifests, readPrivilegedActions, readStoredEvidence } from './facts-sources.ts' // prettier-ignore
import { signatureFactsOf } from './signature-facts.ts'

const day_ms = 86_400_000
/** How far around an act is looked for what others did to how its person is known (as an attribution pack does). */
const window_ms = { before: 30 * day_ms, after: day_ms }

/** The day for which is asked, and the moment of knowledge from which it is looked at. */
export type FactsAsOf = { readonly on: CivilDate; readonly knownAt: Instant }

type Sources = {
  readonly organisationName: string
  readonly annexes: ReadonlyMap<string, Annex>
  readonly manifests: ReadonlyMap<BundleId, BundleManifest>
  readonly employments: ReadonlyMap<string, EmploymentMaterial>
  readonly affirmations: readonly Affirmation[]
  readonly checks: readonly IdentityCheck[]
  readonly privileged: readonly PrivilegedAction[]
  readonly evidence: StoredEvidence
  readonly conditions: ReadonlyMap<EntryId, string>
}

/** The facts of these agreements on a day, by agreement; what is not there is left out. Reads and writes nothing else. */
export async function readAgreementFacts(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementIds: readonly string[],
  asOf: FactsAsOf,
): Promise<Map<string, Facts>> {
  const materials = await readAgreementMaterials(trx, organisationId, agreementIds, asOf)
  return new Map([...materials].map(([agreementId, material]) => [agreementId, factsOfMaterial(material)]))
}

/** The same before it is put together, so that somebody can ask what would follow from another employment. */
export async function readAgreementMaterials(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementIds: readonly string[],
  asOf: FactsAsOf,
): Promise<Map<string, AgreementMaterial>> {
  const views = await readAgreements(trx, organisationId, { agreementIds })
  const sources = await readSources(trx, organisationId, views, asOf)
  return new Map(views.map((view) => [view.agreementId, materialOf(view, sources, asOf)]))
}

async function readSources(
  trx: Transaction,
  organisationId: OrganisationId,
  views: readonly AgreementView[],
  asOf: FactsAsOf,
): Promise<Sources> {
  const personIds = [...new Set(views.map(({ personId }) => personId))]
  const annexIds = views.flatMap((view) => view.annexes.map(({ annexId }) => annexId))
  const annexes = annexIds.length === 0 ? [] : await readAnnexes(trx, organisationId, { annexIds })
  const bundleIds = views.flatMap(({ parties }) => parties?.employee.bundleId ?? [])
  const manifests = await readManifests(trx, organisationId, bundleIds)
  const mains = [...manifests.values()].flatMap(({ documents }) => documents[0]?.documentId ?? [])
  const conditional = views.flatMap(
    ({ parties }) =>
    parties === null ? [] : [parties.employee, parties.representative].flatMap(({ acts }) => acts.filter(({ choice }) => choice === 'agreed-conditionally').map(({ entryId }) => entryId)), // prettier-ignore
  )
  return {
    organisationName: (await getOrganisation(trx, organisationId)).name,
    annexes: new Map(annexes.map((annex) => [annex.annexId, annex])),
    manifests,
    employments: await readEmployments(trx, organisationId, views, asOf),
    affirmations: await readAffirmations(trx, organisationId, personIds),
    checks: await listIdentityChecks(trx, organisationId, personIds),
    privileged: await readPrivilegedActions(trx, organisationId, personIds),
    evidence: await readStoredEvidence(trx, organisationId, mains, personIds),
    conditions: await readConditions(trx, organisationId, conditional),
  }
}

/** By agreement, because each is asked about its own contract. */
async function readEmployments(
  trx: Transaction,
  organisationId: OrganisationId,
  views: readonly AgreementView[],
  asOf: FactsAsOf,
): Promise<Map<string, EmploymentMaterial>> {
  const ids = [...new Set(views.map(({ employmentId }) => employmentId))]
  const states = await readEmploymentStates(trx, organisationId, ids, asOf)
  return new Map(
    views.map(({ agreementId, employmentId, contractId }) => {
      const { state, history } = states.get(employmentId)!
      const contract = state.contracts.find((each) => each.contractId === contractId) ?? null
      return [agreementId, { state, history, contract, organisationFacts: state.organisationFacts }]
    }),
  )
}

/** What is known of an employment on a day, for questions about one of its contracts. Throws `employment-not-found`. */
export async function readEmploymentMaterial(
  trx: Transaction,
  organisationId: OrganisationId,
  employmentId: string,
  contractId: string | null,
  asOf: FactsAsOf,
): Promise<EmploymentMaterial> {
  const state = await readEmployment(trx, organisationId, employmentId, asOf)
  const history = await readHistory(trx, organisationId, employmentId, asOf.knownAt)
  const contract = state.contracts.find((each) => each.contractId === contractId) ?? null
  return { state, history, contract, organisationFacts: state.organisationFacts }
}

function materialOf(view: AgreementView, sources: Sources, asOf: FactsAsOf): AgreementMaterial {
  const { agreementId, personId, imported, parties } = view
  const about = { asOf: asOf.on, agreementId, personId, employment: sources.employments.get(agreementId)! }
  if (parties === null) return { ...about, provenance: 'imported', imported }
  const manifest = sources.manifests.get(parties.employee.bundleId) ?? null
  const main = manifest?.documents[0]
  const signing = signingOf(personId, parties, sources)
  return {
    ...about,
    provenance: 'ceremony',
    manifest,
    sentenceOf: sentences(parties.employee.bundleId, manifest, sources.organisationName),
    annexes: view.annexes.map(({ annexId, role }) => {
      const { documentSha256, content } = sources.annexes.get(annexId)!
      return { role, documentSha256, content }
    }),
    signing,
    reaffirmations: reaffirmationsOf(view, sources, signing, asOf.on),
    evidence: {
      ...(main === undefined ? {} : { storedSha256: storedAs(main, sources.evidence) }),
      signatureStatus: isDeniedOn(view.history.denials, asOf.on) ? 'denied' : 'untested',
      ...anchorFacts(sources.evidence),
    },
    privacy: privacyFacts(manifest?.purpose ?? 'contract-term', sources.evidence.held.has(personId)),
  }
}

/** The hash of the file as it is now, where it is the one that was shown; null where it is gone or another. */
function storedAs(
  { documentId, sha256 }: BundleManifest['documents'][number],
  { fileSha256 }: StoredEvidence,
): string | null {
  return fileSha256.get(documentId) === sha256 ? sha256 : null
}

export function anchorFacts({ lastAnchorAt }: Pick<StoredEvidence, 'lastAnchorAt'>) {
  return { lastAnchorAt, anchorQualified: false }
}

/** That a person's agreement is kept rests on the contract (AVG art. 6 lid 1 sub b); how long, on its retention class. */
export function privacyFacts(purpose: string, legalHold: boolean): NonNullable<Facts['privacy']> {
  return {
    legalBasis: 'contract',
    processing: 'covenant-evidence',
    retentionClass: classOfNature(purpose),
    legalHold,
  }
}

/** The sentence with which one agrees to a statement of a bundle; empty where its manifest has gone. */
export function sentences(
  bundleId: BundleId,
  manifest: BundleManifest | null,
  organisationName: string,
): (statementId: string) => string {
  return (statementId) => {
    if (manifest === null) return ''
    const bundle = { bundleId, manifest, manifestText: '', manifestSha256: '' }
    return shownStatement({ kind: 'bundle', bundle }, organisationName, statementId, manifest.language)?.sentence('agreed') ?? '' // prettier-ignore
  }
}

/** What both did, as far as both have answered everything. The employee's acts make the signature that the rules judge. */
function signingOf(
  personId: PersonId,
  parties: { readonly employee: PartyView; readonly representative: PartyView },
  sources: Sources,
): Signing | null {
  const signedAt = signedAtOf(parties)
  if (signedAt === undefined) return null
  const { employee, representative } = parties
  const conditions = [employee, representative].flatMap(
    ({ acts }) =>
    acts.filter(({ choice }) => choice === 'agreed-conditionally').map(({ entryId }) => sources.conditions.get(entryId) ?? '—'), // prettier-ignore
  )
  return {
    deliveredAt: employee.deliveredAt,
    signedAt,
    conditionText: conditions.join('\n'),
    agreedStatements: employee.acts
      .filter(({ choice }) => choice === 'agreed')
      .map(({ statementId }) => statementId),
    signature: signatureFactsOf(employee.acts, {
      identityCheckedAt: sources.checks.filter((check) => check.personId === personId).map(({ recordedAt }) => recordedAt), // prettier-ignore
      privilegedActionsNear: sources.privileged
        .filter((action) => action.personId === personId && isNear(action.at, employee.acts))
        .map(({ what, at }) => `${what} ${at}`),
    }),
  }
}

function isNear(at: Instant, acts: PartyView['acts']): boolean {
  return acts.some(({ actedAt }) => addMilliseconds(actedAt, -window_ms.before) <= at && at <= addMilliseconds(actedAt, window_ms.after)) // prettier-ignore
}

/** When each clause was agreed to: in this agreement, and in later ones of the same employment. */
function reaffirmationsOf(
  view: AgreementView,
  { affirmations, annexes }: Sources,
  signing: Signing | null,
  day: CivilDate,
): { readonly clauseId: string; readonly on: CivilDate }[] {
  const own = view.annexes.flatMap(({ annexId }) => annexes.get(annexId)?.content?.clauses.map(({ clauseId }) => clauseId) ?? []) // prettier-ignore
  const signedOn = signing === null ? day : civilDateIn(signing.signedAt)
  const later = affirmations.filter(
    ({ employmentId, agreementId, clauseId, on }) =>
      employmentId === view.employmentId &&
      agreementId !== view.agreementId &&
      on <= day &&
      on >= signedOn &&
      own.includes(clauseId),
  )
  return [
    ...own.map((clauseId) => ({ clauseId, on: signedOn })),
    ...later.map(({ clauseId, on }) => ({ clauseId, on })),
  ]
}
