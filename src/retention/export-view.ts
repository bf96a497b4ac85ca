import type { Static } from 'typebox'
import type { AssignmentId, CivilDate, Instant, OrganisationId, PersonId } from '#core'
import { findImportedContent } from '#continuity'
import { civilDateIn } from '#core'
import type { Transaction } from '#database'
import type { StoredEntry } from '#evidence'
import { isContentErased, readEntries, remainingFacts } from '#evidence'
import { getPerson } from '#people'
import { readSigningHistory } from '#signing'
import { exportAccess } from './export-access-view.ts'
import type { ActRow, AssignmentRow, EventRow, LinkRow, MessageRow, OpeningRow } from './export-rows-view.ts'
import { actRows, annexRows, assignmentRows, captureRows, denialRows, dossierRows, entryRows, erasureRows, eventRows, letterRows, linkRows, messageRows, openingRows } from './export-rows-view.ts' // prettier-ignore
import type { PersonExportShape } from './export-schemas.ts'
import { listHolds } from './hold-store.ts'
import { exportRecords, type PersonRecords } from './person-records.ts'
import { classOfNature, dueDayOf, monthsOn } from './retention-decisions.ts'
import type { RetentionRule } from './retention.ts'
import { listRules } from './rule-store.ts'

export type PersonExport = Static<typeof PersonExportShape>

type Below = {
  readonly messages: readonly MessageRow[]
  readonly events: readonly EventRow[]
  readonly links: readonly LinkRow[]
  readonly openings: readonly OpeningRow[]
  readonly acts: readonly ActRow[]
}

/**
 * Everything held about a person, for the person (article 15 AVG). Of a legal hold the holder and the reason are left out:
 * they are the other side's preparation of a claim (decision 0062). Throws `person-not-found`, also after an erasure.
 */
export async function exportPerson(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  now: Instant,
  rooms: readonly PersonRecords[],
): Promise<PersonExport> {
  const read = { trx, organisationId, personId }
  const person = await getPerson(trx, organisationId, personId)
  const rules = await listRules(trx, organisationId)
  const messages = byAssignment(await messageRows(read))
  const events = byAssignment(await eventRows(read))
  const links = byAssignment(await linkRows(read))
  const openings = byAssignment(await openingRows(read))
  const acts = await actRows(read)
  const actOf = byAssignment(acts)
  const entries = await readEntries(trx, organisationId, acts.map((act) => act.entry_id)) // prettier-ignore
  const denials = await denialRows(read)
  const denialEntries = await readEntries(trx, organisationId, denials.map((row) => row.entry_id)) // prettier-ignore
  const factsOfDenial = new Map(
    denialEntries.map((entry) => [entry.entryId, remainingFacts(entry.disclosures)]),
  )
  const entryOf = new Map<string, StoredEntry>(entries.map((entry) => [entry.entryId, entry]))
  const records = await exportRecords(trx, organisationId, personId, rooms)
  const today = civilDateIn(now)
  const assignments = (await assignmentRows(read)).map((row) => {
    const id = row.assignment_id
    const below = {
      messages: messages(id),
      events: events(id),
      links: links(id),
      openings: openings(id),
      acts: actOf(id),
    }
    return exportAssignment(row, below, entryOf, { rules, today, employedUntil: person.employedUntil })
  })
  return {
    format: 'beding-person-export/v1',
    madeAt: now,
    person,
    assignments,
    denials: denials.map((row) => ({
      actId: row.act_id,
      assignmentId: row.assignment_id,
      kind: row.kind,
      status: row.status,
      recordedAt: row.recorded_at,
      facts: Object.entries(factsOfDenial.get(row.entry_id) ?? {}).map(([name, value]) => ({ name, value })),
    })),
    importedReceipts: (await findImportedContent(trx, organisationId, 'personId', new Set([personId]))).map(
      (kept) => ({
        ledgerOrigin: kept.origin,
        index: kept.index,
        importedAt: kept.importedAt,
        facts: Object.entries(kept.facts).map(([name, value]) => ({ name, value })),
      }),
    ),
    access: await exportAccess(trx, organisationId, personId),
    dossiers: (await dossierRows(read)).map((row) => ({ dossierId: row.dossier_id, purpose: row.purpose, createdAt: row.created_at })), // prettier-ignore
    letters: (await letterRows(read)).map((row) => ({ documentId: row.document_id, kind: row.kind, subject: row.subject, holdsFrom: row.holds_from, sha256: row.document_sha256, createdAt: row.made_at })), // prettier-ignore
    captures: (await captureRows(read)).map((row) => ({ captureId: row.capture_id, capturedOn: row.captured_on, visibility: row.visibility, mediaType: row.media_type, sha256: row.sha256, source: row.source, shows: row.shows, keptAt: row.kept_at })), // prettier-ignore
    annexes: (await annexRows(read)).map((row) => ({ annexId: row.annex_id, mark: row.mark, kind: row.kind, title: row.title, effectiveFrom: row.effective_from, effectiveUntil: row.effective_until, documentSha256: row.document_sha256, contentSha256: row.content_sha256, content: row.content, createdAt: row.created_at })), // prettier-ignore
    signing: await exportSigning(trx, organisationId, personId),
    holds: (await listHolds(trx, organisationId, { personId })).map((hold) => ({
      placedAt: hold.placedAt,
      reviewOn: hold.reviewOn,
      releasedAt: hold.release?.releasedAt ?? null,
      withheld: ['holder', 'reason'],
    })),
    erasures: (await erasureRows(read)).map((row) => ({
      proposalId: row.proposal_id,
      retentionClass: row.retention_class,
      ground: row.ground,
      what: row.what,
      assignmentId: row.assignment_id,
      madeAt: row.made_at,
      decision: row.verdict,
      outcome: row.outcome,
    })),
    records,
    entries: [
      ...(await entryRows(read)).map((row) => ({ index: row.entry_index, kind: row.kind, recordedAt: row.recorded_at })), // prettier-ignore
      ...records.map(({ entryIndex, kind, recordedAt }) => ({ index: entryIndex, kind, recordedAt })),
    ].toSorted((one, other) => (one.recordedAt === other.recordedAt ? one.index - other.index : one.recordedAt < other.recordedAt ? -1 : 1)), // prettier-ignore
  }
}

async function exportSigning(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
): Promise<PersonExport['signing']> {
  const { credentials, resets } = await readSigningHistory(trx, organisationId, personId)
  return { credentials: [...credentials], resets: [...resets] }
}

function byAssignment<Row extends { readonly assignment_id: AssignmentId }>(
  rows: readonly Row[],
): (id: AssignmentId) => readonly Row[] {
  const groups = Map.groupBy(rows, (row) => row.assignment_id)
  return (id) => groups.get(id) ?? []
}

function exportAssignment(
  row: AssignmentRow,
  below: Below,
  entryOf: ReadonlyMap<string, StoredEntry>,
  known: {
    readonly rules: readonly RetentionRule[]
    readonly today: CivilDate
    readonly employedUntil: CivilDate | null
  },
): PersonExport['assignments'][number] {
  const { rules, today, employedUntil } = known
  const retentionClass = classOfNature(row.purpose)
  const { messages, events, links, openings, acts } = below
  const exported = acts.map((act) => exportAct(act, entryOf.get(act.entry_id)!))
  return {
    assignmentId: row.assignment_id,
    policyId: row.policy_id,
    policyName: row.policy_name,
    versionNumber: row.version_number,
    purpose: row.purpose,
    bundle:
      row.manifest_sha256 === null ? null : { manifestSha256: row.manifest_sha256, manifest: row.manifest },
    end: row.ended_how === null ? null : { how: row.ended_how, at: row.ended_at },
    dueDate: row.due_date,
    createdAt: row.created_at,
    retention: {
      retentionClass,
      dueOn: dueDayOf(employedUntil, monthsOn(retentionClass, rules, today)),
      tracesDueOn: dueDayOf(newestTrace(below), monthsOn('R5', rules, today)),
      underHold: row.under_hold,
    },
    messages: messages.map((each) => ({ address: each.address, state: each.state, attempts: each.attempts, createdAt: each.created_at })), // prettier-ignore
    messageEvents: events.map((each) => ({ kind: each.kind, channel: each.channel, address: each.address, detail: each.detail, occurredAt: each.occurred_at })), // prettier-ignore
    links: links.map((each) => ({ issuedAt: each.issued_at, expiresAt: each.expires_at })),
    openings: openings.map((each) => ({ language: each.language, openedAt: each.opened_at, userAgent: each.user_agent, networkClass: each.network_class })), // prettier-ignore
    act: exported.find((act) => act.statementId === 'main') ?? null,
    clauseActs: exported.filter((act) => act.statementId !== 'main'),
  }
}

function newestTrace({ events, openings, acts }: Below): CivilDate | null {
  const moments = [
    ...events.map((each) => each.occurred_at),
    ...openings.map((each) => each.opened_at),
    ...acts.map((act) => act.acted_at),
  ]
  const newest = moments.toSorted().at(-1)
  return newest === undefined ? null : civilDateIn(newest)
}

function exportAct(row: ActRow, entry: StoredEntry): NonNullable<PersonExport['assignments'][number]['act']> {
  const facts = Object.entries(remainingFacts(entry.disclosures))
  return {
    actId: row.act_id,
    statementId: row.statement_id,
    choice: row.choice,
    language: row.language,
    actedAt: row.acted_at,
    assurance: row.assurance,
    evidenceLevel: row.evidence_level,
    contentErased: isContentErased(entry.disclosures),
    facts: facts.map(([name, value]) => ({ name, value })),
    entry: {
      index: entry.entryIndex,
      text: entry.entry,
      disclosures: [...entry.disclosures],
      tlogProof: entry.tlogProof,
    },
    receiptDocument:
      row.document_id === null
        ? null
        : { documentId: row.document_id, sha256: row.document_sha256, createdAt: row.document_created_at },
    signedCopies: row.copies.map((copy) => ({
      executedCopyId: copy.executed_copy_id,
      capacity: copy.capacity,
      madeAt: copy.made_at,
      sha256: copy.sha256,
      documentId: copy.document_id,
    })),
  }
}
