import { fitnessOf, purposes, type Assurance, type Purpose } from '#assurance'
import { readAct } from '#ceremonies'
import type { ActId, EntryId, OrganisationId, PersonId } from '#core'
import { addMilliseconds, canonicalJson, civilDateIn, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import { listDenialSteps, statusAfter } from '#denials'
import { appendEntries, indexesInOpenLog, isContentErased, signWithDossierKey } from '#evidence'
import type { Caller } from '#http'
import { getOrganisation } from '#organisations'
import type { Platform } from '#platform'
import type { ArchiveDeps } from './archive-actions.ts'
import { dossierFile } from './archive-actions.ts'
import { attributionStatements } from './attribution-decisions.ts'
import { getPack, insertPack, type AttributionPack } from './attribution-store.ts'
import { attributionText } from './attribution-text.ts'
import { ownDescription } from './attribution-texts.ts'
import { readSurroundings } from './attribution-view.ts'
import type { Attribution, CustodianStatement } from './attribution.ts'
import { canonicalZip, type ArchiveFile } from './canonical-zip.ts'
import { makeDossier } from './dossier-actions.ts'
import { findActEntries, findSubjectEntries } from './dossier-view.ts'

const day_ms = 86_400_000
/** How far around the act is looked for what administrators did. */
const window_ms = { before: 30 * day_ms, after: day_ms }

export type PackRequest = {
  readonly actId: ActId
  readonly personId: PersonId
  readonly purpose: string
  /** null: what the service says of itself stands there, and says so. */
  readonly custodian: { readonly text: string; readonly by: string } | null
}

/**
 * Puts together what is known about whose act it is, beside a dossier of its person, and records its hash in the ledger. It
 * concludes nothing. Throws `act-not-found`, `content-erased` and what `makeDossier` throws. Rule nl.rv-159.attribution-pack; decision 0148.
 */
export async function makePack(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  request: PackRequest,
): Promise<{ readonly pack: AttributionPack; readonly attribution: Attribution }> {
  const { organisationId, clientId } = caller
  const { actId, personId, purpose } = request
  const act = await readAct(trx, organisationId, actId)
  if (isContentErased(act.entry.disclosures)) throw problem('content-erased')
  const dossier = await makeDossier(platform, trx, caller, { subject: { kind: 'person', personId }, purpose })
  const window = { from: addMilliseconds(act.actedAt, -window_ms.before), until: addMilliseconds(act.actedAt, window_ms.after) } // prettier-ignore
  const steps = await listDenialSteps(trx, organisationId, actId)
  const own = await findActEntries(trx, organisationId, actId)
  const inDossier = await findSubjectEntries(trx, organisationId, dossier.subject, dossier)
  const organisation = await getOrganisation(trx, organisationId)
  const facts = Object.fromEntries(act.facts) as Readonly<Record<string, never>>
  const madeAt = platform.clock()
  const packId = platform.newId()
  const statements = attributionStatements({
    actEntry: { index: act.entry.entryIndex, kind: 'act', at: act.actedAt, facts },
    publication: own.entries.find(({ kind }) => kind === 'policy-version-published')?.index ?? null,
    denials: steps.map((step) => ({ index: step.entryIndex, kind: step.kind, ground: step.ground, at: step.recordedAt, status: step.status })), // prettier-ignore
    surroundings: await readSurroundings(trx, organisationId, { actId, personId, assignmentId: act.assignmentId }, window), // prettier-ignore
    fitness: fitnessIn(facts),
    custodian: custodianOf(request, civilDateIn(madeAt)),
    inDossier: new Set(inDossier.map(({ index }) => index)),
  })
  const attribution: Attribution = {
    format: 'beding-attribution/v1',
    packId,
    madeAt,
    organisation: { id: organisationId, name: organisation.name },
    act: { actId, entryIndex: act.entry.entryIndex, actedAt: act.actedAt, status: statusAfter(steps) },
    dossier: { dossierId: dossier.dossierId, treeSize: dossier.treeSize },
    window,
    statements,
    missing: statements.filter(({ outcome }) => outcome === 'missing').map(({ subject }) => subject),
    conclusion: null,
  }
  const text = canonicalJson(attribution)
  const pack = { packId, actId, dossierId: dossier.dossierId, attributionSha256: sha256Hex(text), madeBy: clientId, madeAt, entryId: platform.newId() as EntryId } // prettier-ignore
  const entryFacts = { packId, actId, dossierId: pack.dossierId, attributionSha256: pack.attributionSha256, purpose, madeBy: clientId } // prettier-ignore
  const refs = await indexesInOpenLog(trx, organisationId, [act.entry.entryId])
  await appendEntries(platform, trx, organisationId, [{ entryId: pack.entryId, kind: 'attribution-pack-made', at: madeAt, refs, facts: entryFacts }]) // prettier-ignore
  await insertPack(trx, organisationId, pack, text)
  return { pack, attribution }
}

function fitnessIn(facts: Readonly<Record<string, unknown>>): string | null {
  const { purpose, assurance } = facts
  const known = (purposes as readonly unknown[]).includes(purpose)
  return known ? fitnessOf(purpose as Purpose, assurance as Assurance) : null
}

function custodianOf({ custodian }: PackRequest, on: string): CustodianStatement {
  return custodian === null
    ? { text: `${ownDescription.nl}\n\n${ownDescription.en}`, by: 'Beding', on, ownDescription: true }
    : { ...custodian, on, ownDescription: false }
}

/**
 * The file of a pack: what is known as JSON and as text in two languages, the dossier that it points into, and sums signed with
 * the dossier key of the organisation. The same bytes each time, until content is erased. Throws `attribution-pack-not-found`,
 * `content-erased` and `dossier-not-ready`.
 */
export async function packFile(
  deps: ArchiveDeps,
  organisationId: OrganisationId,
  packId: string,
): Promise<Buffer> {
  const pack = await deps.database.readInOrganisation(organisationId, (trx) =>
    getPack(trx, organisationId, packId),
  )
  if (pack.attribution === null) throw problem('content-erased')
  const attribution = JSON.parse(pack.attribution) as Attribution
  const files: ArchiveFile[] = [
    { name: 'attribution.json', bytes: Buffer.from(pack.attribution) },
    { name: 'attribution.nl.txt', bytes: Buffer.from(attributionText(attribution, 'nl')) },
    { name: 'attribution.en.txt', bytes: Buffer.from(attributionText(attribution, 'en')) },
    { name: 'dossier.zip', bytes: await dossierFile(deps, organisationId, pack.dossierId) },
  ]
  const sums = Buffer.from(
    files
      .map(({ name, bytes }) => `${sha256Hex(bytes)}  ${name}\n`)
      .toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
      .join(''),
  )
  const signature = await deps.database.readInOrganisation(
    organisationId,
    async (trx) => (await signWithDossierKey(deps.platform, trx, organisationId, sums)).signature,
  )
  return canonicalZip([
    ...files,
    { name: 'SHA256SUMS', bytes: sums },
    { name: 'SHA256SUMS.sig', bytes: signature },
  ])
}
