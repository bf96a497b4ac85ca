import { Type } from 'typebox'
import type { FactValue } from '#evidence'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { ExportedAccess } from './export-access-schemas.ts'

const text = Type.String()
const Value = Type.Unsafe<FactValue>({
  anyOf: [
    { type: 'string' },
    { type: 'integer' },
    { type: 'boolean' },
    { type: 'null' },
    { type: 'array', items: { type: 'string' } },
  ],
})

const ExportedAct = strictObject({
  actId: Uuid,
  statementId: text,
  choice: text,
  language: text,
  actedAt: InstantText,
  assurance: text,
  evidenceLevel: text,
  contentErased: Type.Boolean(),
  facts: Type.Array(strictObject({ name: text, value: Value }), {
    description: 'What the entry discloses and was not erased.',
  }),
  entry: strictObject({
    index: Type.Integer(),
    text,
    disclosures: Type.Array(orNull(text)),
    tlogProof: text,
  }),
  receiptDocument: orNull(strictObject({ documentId: Uuid, sha256: text, createdAt: InstantText })),
  signedCopies: Type.Array(
    strictObject({
      executedCopyId: Uuid,
      capacity: text,
      madeAt: InstantText,
      sha256: text,
      documentId: orNull(Uuid),
    }),
    {
      description:
        'Signed copies in which this act stands; `documentId` is null once content of it was erased.',
    },
  ),
})

const ExportedAssignment = strictObject({
  assignmentId: Uuid,
  policyId: orNull(Uuid),
  policyName: orNull(text),
  versionNumber: orNull(Type.Integer()),
  purpose: text,
  bundle: orNull(
    strictObject({
      manifestSha256: text,
      manifest: orNull(Type.String({ description: 'What lay before the person; null once it was erased.' })),
    }),
  ),
  end: orNull(strictObject({ how: text, at: InstantText })),
  dueDate: CivilDateText,
  createdAt: InstantText,
  retention: strictObject({
    retentionClass: oneOf(['R2', 'R3']),
    dueOn: orNull(CivilDateText),
    tracesDueOn: orNull(CivilDateText),
    underHold: Type.Boolean(),
  }),
  messages: Type.Array(
    strictObject({ address: text, state: text, attempts: Type.Integer(), createdAt: InstantText }),
  ),
  messageEvents: Type.Array(
    strictObject({ kind: text, channel: text, address: text, detail: text, occurredAt: InstantText }),
  ),
  links: Type.Array(strictObject({ issuedAt: InstantText, expiresAt: InstantText })),
  openings: Type.Array(
    strictObject({ language: text, openedAt: InstantText, userAgent: text, networkClass: text }),
  ),
  act: orNull(ExportedAct),
  clauseActs: Type.Array(ExportedAct, { description: 'Answers to single clauses of a bundle.' }),
})

export const PersonExportShape = strictObject(
  {
    format: oneOf(['beding-person-export/v1']),
    madeAt: InstantText,
    person: strictObject({
      personId: Uuid,
      externalId: text,
      givenName: text,
      familyName: text,
      workEmail: text,
      language: text,
      department: orNull(text),
      jobTitle: orNull(text),
      employedUntil: orNull(CivilDateText),
      createdAt: InstantText,
      updatedAt: InstantText,
    }),
    assignments: Type.Array(ExportedAssignment),
    denials: Type.Array(
      strictObject({
        actId: Uuid,
        assignmentId: Uuid,
        kind: text,
        status: text,
        recordedAt: InstantText,
        facts: Type.Array(strictObject({ name: text, value: Value })),
      }),
      { description: 'What was said against acts of this person, and what the act was held to be after it.' },
    ),
    importedReceipts: Type.Array(
      strictObject({
        ledgerOrigin: text,
        index: Type.Integer(),
        importedAt: InstantText,
        facts: Type.Array(strictObject({ name: text, value: Value })),
      }),
      { description: 'Receipts that somebody had kept and that were brought back after a restore.' },
    ),
    access: ExportedAccess,
    dossiers: Type.Array(strictObject({ dossierId: Uuid, purpose: text, createdAt: InstantText })),
    letters: Type.Array(
      strictObject({
        documentId: Uuid,
        kind: oneOf(['annex', 'warning', 'exit-letter']),
        subject: text,
        holdsFrom: CivilDateText,
        sha256: text,
        createdAt: InstantText,
      }),
      { description: 'Annexes and warnings that were made for this person.' },
    ),
    captures: Type.Array(
      strictObject({
        captureId: Uuid,
        capturedOn: CivilDateText,
        visibility: text,
        mediaType: text,
        sha256: text,
        source: orNull(text),
        shows: orNull(text),
        keptAt: InstantText,
      }),
      { description: 'Dated prints of contacts of this person that are kept.' },
    ),
    annexes: Type.Array(
      strictObject({
        annexId: Uuid,
        mark: text,
        kind: oneOf(['clauses', 'relation-list']),
        title: text,
        effectiveFrom: CivilDateText,
        effectiveUntil: orNull(CivilDateText),
        documentSha256: text,
        contentSha256: text,
        content: Type.String({
          description: 'Everything it is composed of, as the canonical JSON that contentSha256 is of.',
        }),
        createdAt: InstantText,
      }),
      { description: 'Annexes that were composed for this person from clauses, policies and lists.' },
    ),
    signing: strictObject(
      {
        credentials: Type.Array(
          strictObject({
            enrolledAt: InstantText,
            enrolledBy: text,
            userAgent: text,
            transports: Type.Array(text),
            backupEligible: Type.Boolean(),
            attested: Type.Boolean(),
            aaguid: text,
            publicKeySpki: text,
            revokedAt: orNull(InstantText),
          }),
        ),
        resets: Type.Array(strictObject({ resetAt: InstantText, coolingUntil: InstantText, reason: text })),
      },
      { description: 'Passkeys with which this person could sign, and when they were ended by staff.' },
    ),
    holds: Type.Array(
      strictObject({
        placedAt: InstantText,
        reviewOn: CivilDateText,
        releasedAt: orNull(InstantText),
        withheld: Type.Array(text, { description: 'What is held about the hold and not given here.' }),
      }),
      { description: 'Legal holds on this person. Holds on a policy show as underHold.' },
    ),
    erasures: Type.Array(
      strictObject({
        proposalId: Uuid,
        retentionClass: text,
        ground: text,
        what: text,
        assignmentId: orNull(Uuid),
        madeAt: InstantText,
        decision: orNull(text),
        outcome: orNull(text),
      }),
    ),
    records: Type.Array(
      strictObject({
        room: Type.String({
          description: 'The part of the service that keeps it.',
          examples: ['employments'],
        }),
        kind: text,
        entryIndex: Type.Integer(),
        recordedAt: InstantText,
        facts: Type.Array(strictObject({ name: text, value: Value })),
        content: orNull(Type.String({ description: 'JSON of what the entry has only the hash of.' })),
      }),
      { description: 'What was recorded about the employments of this person and what was agreed in them.' },
    ),
    entries: Type.Array(strictObject({ index: Type.Integer(), kind: text, recordedAt: InstantText }), {
      description: 'Every entry of the ledger that is about this person.',
    }),
  },
  { $id: 'PersonExport', description: 'Everything held about a person (article 15 AVG).' },
)
