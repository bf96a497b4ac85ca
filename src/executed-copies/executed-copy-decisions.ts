import type { BundleManifest } from '#ceremonies'
import type { CivilDate, DocumentId, ProblemCode, ProblemDetail } from '#core'
import { civilDateIn, sha256Hex } from '#core'
import type { SheetParty } from '#documents'
import { splitProof } from '#evidence'
import type { PartyRecord } from './executed-copy.ts'

export type Refusal = {
  readonly kind: 'refused'
  readonly code: ProblemCode
  readonly errors?: readonly ProblemDetail[]
}

/** What the records say that goes on the sheet: of the document that all were shown, and of each act. */
export type SheetFacts = ShownDocument & {
  readonly organisationName: string
  readonly parties: readonly SheetParty[]
}

export type Execution = { readonly kind: 'accepted'; readonly sheet: SheetFacts } | Refusal

/** The document as all were shown it: of a policy with its version, of a bundle with the hash of its manifest. */
type ShownDocument = {
  readonly documentId: DocumentId
  readonly documentTitle: string
  readonly documentSha256: string
  readonly versionNumber: number | null
  readonly bundleSha256: string | null
}

/**
 * Says whether a copy may be made of these acts, and what stands on its sheet: each act an agreement, all about the same
 * bytes, each of another person, at least one for either side, none erased, and none from after the version was
 * withdrawn. Of a bundle the act on its main statement speaks for the whole, and the copy is of the document that is named, which
 * stands in the manifest that all parties were shown. What the sheet says is taken from the facts that the entries of the acts commit to.
 */
export function decideExecution(
  records: readonly PartyRecord[],
  withdrawnFrom: CivilDate | null,
  documentId: DocumentId | undefined,
): Execution {
  const unfit = unfitParties(records)
  if (unfit.length > 0) return { kind: 'refused', code: 'parties-unfit', errors: unfit }
  const other = places(
    records,
    ({ act }) => act.choice !== 'agreed',
    'The choice of this act is another one.',
  )
  if (other.length > 0) return { kind: 'refused', code: 'act-not-agreed', errors: other }
  const first = records[0]!
  const differing = places(
    records,
    ({ act, versionId }) =>
      act.documentId !== first.act.documentId ||
      versionId !== first.versionId ||
      (act.facts.has('bundleManifest') &&
        first.act.facts.has('bundleManifest') &&
        act.facts.get('bundleManifest') !== first.act.facts.get('bundleManifest')),
    'This act is about another document than the first.',
  )
  if (differing.length > 0) return { kind: 'refused', code: 'acts-differ', errors: differing }
  if (records.some(({ act }) => withdrawnFrom !== null && civilDateIn(act.actedAt) >= withdrawnFrom))
    return { kind: 'refused', code: 'version-withdrawn' }
  const parties = records.map(sheetParty)
  const manifestGone = records.some(
    ({ versionId, act }) => versionId === null && !act.facts.has('bundleManifest'),
  )
  if (manifestGone || parties.some((party) => party === undefined))
    return { kind: 'refused', code: 'content-erased' }
  const shown = shownDocument(first, documentId)
  if (shown === undefined) return { kind: 'refused', code: 'content-erased' }
  if (shown === 'not-there')
    return {
      kind: 'refused',
      code: 'document-not-found',
      errors: [{ code: 'document-not-found', message: 'The parties were not shown this document.', pointer: '/documentId' }], // prettier-ignore
    }
  return {
    kind: 'accepted',
    sheet: {
      organisationName: String(first.act.facts.get('organisationName')),
      ...shown,
      parties: parties.filter((party) => party !== undefined),
    },
  }
}

/** The document that the copy is of; undefined when the manifest that names it was erased. */
function shownDocument(
  { act, versionId }: PartyRecord,
  documentId: DocumentId | undefined,
): ShownDocument | 'not-there' | undefined {
  const { facts } = act
  if (versionId !== null)
    return documentId !== undefined && documentId !== act.documentId
      ? 'not-there'
      : {
          documentId: act.documentId,
          documentTitle: String(facts.get('documentTitle')),
          documentSha256: String(facts.get('documentSha256')),
          versionNumber: Number(facts.get('versionNumber')),
          bundleSha256: null,
        }
  const text = facts.get('bundleManifest')
  if (typeof text !== 'string') return undefined
  const { documents } = JSON.parse(text) as BundleManifest
  const named = documents.find((each) => each.documentId === (documentId ?? act.documentId))
  if (named === undefined) return 'not-there'
  const { title, sha256 } = named
  return {
    documentId: named.documentId,
    documentTitle: title,
    documentSha256: sha256,
    versionNumber: null,
    bundleSha256: sha256Hex(text),
  }
}

function unfitParties(records: readonly PartyRecord[]): ProblemDetail[] {
  const persons = records.map(({ personId }) => personId)
  const twice = places(
    records,
    ({ personId }, index) => persons.indexOf(personId) !== index,
    'This act is of the same person as another one.',
  )
  const missing = (['employee', 'employer-representative'] as const)
    .filter((capacity) => records.every((record) => record.capacity !== capacity))
    .map((capacity) => ({ code: 'side-missing', message: `No party is ${capacity}.`, pointer: '/parties' }))
  const clauses = places(
    records,
    ({ act, versionId }) => versionId === null && act.facts.get('statementId') !== 'main',
    'Name the act on the main statement of the bundle.',
  )
  return [...twice, ...missing, ...clauses]
}

function places(
  records: readonly PartyRecord[],
  isWrong: (record: PartyRecord, index: number) => boolean,
  message: string,
): ProblemDetail[] {
  return records.flatMap((record, index) =>
    isWrong(record, index) ? [{ code: 'act-unfit', message, pointer: `/parties/${index}/actId` }] : [],
  )
}

/** The facts of an act without which there is no sheet. `facts_on_sheet()` in the database lists the same. */
export const factsOnSheet = [
  'actId',
  'actedAt',
  'assurance',
  'documentSha256',
  'documentTitle',
  'evidenceLevel',
  'method',
  'organisationName',
  'personName',
  'statement',
  'versionNumber',
] as const

/** What the sheet says of one act; undefined when a fact of it was erased. */
function sheetParty({ act, capacity }: PartyRecord): SheetParty | undefined {
  const { entry, facts } = act
  if (!factsOnSheet.every((name) => facts.has(name))) return undefined
  const text = (name: (typeof factsOnSheet)[number]) => String(facts.get(name))
  const [origin = '', , root = ''] = splitProof(entry.tlogProof).checkpoint.split('\n')
  return {
    capacity,
    personName: text('personName'),
    statement: text('statement'),
    actedAt: text('actedAt'),
    method: text('method'),
    assurance: text('assurance'),
    evidenceLevel: text('evidenceLevel'),
    actId: text('actId'),
    entryIndex: entry.entryIndex,
    entrySha256: sha256Hex(entry.entry),
    checkpoint: { origin, treeSize: entry.treeSize, root },
  }
}
