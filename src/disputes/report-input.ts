import { bracketOf, readAnchorsFor } from '#anchors'
import type { Anchor } from '#anchors'
import type { Assurance } from '#assurance'
import { assurances, evidenceLevelOf } from '#assurance'
import { evidenceLimits } from '#ceremonies'
import { sha256Hex, type OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { DocumentLanguage, DossierReportInput, ReportAnchor, ReportCheck, ReportEntry } from '#documents'
import { withVisibleCodePoints } from '#documents'
import { isContentErased, parseEntry, readCheckpoint, readEntries, remainingFacts } from '#evidence'
import type { Facts, StoredEntry } from '#evidence'
import { getOrganisation } from '#organisations'
import type { Dossier, FrozenDossier } from './dossier.ts'
import { subjectName } from './dossier-store.ts'
import { findSubjectEntries } from './dossier-view.ts'
import { listTitles } from './report-store.ts'
import { entryInWords, notDescribed } from './report-words.ts'

/** What a report says that is not read from the database. */
export type CheckedFile = { readonly bytes: Buffer; readonly checks: readonly ReportCheck[] }

/** Reads what the report of a dossier says, in one language. Texts with odd characters show them as code points. */
export async function reportInput(
  trx: Transaction,
  organisationId: OrganisationId,
  dossier: Dossier & { readonly frozen: FrozenDossier },
  language: DocumentLanguage,
  file: CheckedFile,
): Promise<DossierReportInput> {
  const { subject, logId, treeSize, frozen } = dossier
  const found = await findSubjectEntries(trx, organisationId, subject, { logId, treeSize })
  const range = { upToSize: treeSize, obtainedBefore: frozen.frozenAt }
  const anchors = await readAnchorsFor(trx, organisationId, logId, range, found.map((each) => each.index)) // prettier-ignore
  const stored = await readEntries(trx, organisationId, found.map((each) => each.entryId)) // prettier-ignore
  const entries = stored.map((entry) => toReportEntry(entry, anchors, language))
  const documentIds = [...new Set(found.flatMap((each) => each.documentIds))]
  const documents = await listTitles(trx, organisationId, documentIds)
  const [origin = '', , root = ''] = (await readCheckpoint(trx, organisationId, treeSize, logId))!.note.split('\n') // prettier-ignore
  return {
    kind: 'dossier-report',
    language,
    organisationName: (await getOrganisation(trx, organisationId)).name,
    dossierId: dossier.dossierId,
    subject: {
      kind: subject.kind,
      id: subject.kind === 'person' ? subject.personId : subject.policyId,
      name: withVisibleCodePoints(await subjectName(trx, organisationId, subject)),
    },
    purpose: withVisibleCodePoints(dossier.purpose),
    createdAt: dossier.createdAt,
    frozenAt: frozen.frozenAt,
    ledger: { origin, treeSize, root },
    unanchoredBecause: frozen.unanchoredBecause,
    anchors: anchors.map(toReportAnchor),
    entries,
    documents: documents.map(({ title, sha256 }) => ({ title: withVisibleCodePoints(title), sha256 })),
    levels: levelsOf(stored, language),
    checks: file.checks,
    fileSha256: sha256Hex(file.bytes),
  }
}

function toReportAnchor(anchor: Anchor): ReportAnchor {
  const { size, at, timestamps, cosignatures } = anchor
  const development = timestamps.some((each) => each.development)
  return { size, at, development, witnesses: cosignatures.length }
}

function toReportEntry(
  entry: StoredEntry,
  anchors: readonly Anchor[],
  language: DocumentLanguage,
): ReportEntry {
  const { kind, entryIndex: index, disclosures } = entry
  const facts = remainingFacts(disclosures)
  const { after, before } = bracketOf(anchors, index)
  const level = facts['evidenceLevel']
  return {
    index,
    recordedAt: parseEntry(entry.entry).at,
    kind,
    about: withVisibleCodePoints(entryInWords(kind, facts, isContentErased(disclosures), language)),
    level: kind === 'act' && typeof level === 'string' ? level : null,
    after: after === null ? null : anchors.indexOf(after) + 1,
    before: before === null ? null : anchors.indexOf(before) + 1,
  }
}

/** The levels among the acts, with what each proves: known where all of a level were known in one way, and not guessed for others. */
function levelsOf(entries: readonly StoredEntry[], language: DocumentLanguage): DossierReportInput['levels'] {
  const acts = entries
    .filter((entry) => entry.kind === 'act')
    .map((entry) => remainingFacts(entry.disclosures))
  const groups = Map.groupBy(acts.filter((facts) => typeof facts['evidenceLevel'] === 'string'), (facts) => String(facts['evidenceLevel'])) // prettier-ignore
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([level, facts]) => ({ level, acts: facts.length, ...limitsOf(level, facts, language) }))
}

function isAssurance(value: unknown): value is Assurance {
  return assurances.includes(value as Assurance)
}

function limitsOf(level: string, facts: readonly Facts[], language: DocumentLanguage) {
  const [assurance, ...others] = new Set(facts.map((each) => each['assurance']))
  if (others.length === 0 && isAssurance(assurance) && level === evidenceLevelOf(assurance))
    return evidenceLimits(language, assurance)
  const unknown = notDescribed(language)
  return { proves: unknown, doesNotProve: unknown, wouldLift: unknown }
}
