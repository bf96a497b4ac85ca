import { Type } from 'typebox'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { clauseKinds } from '#jurisdictions'
import { endings, faults } from './exit.ts'

const line = (description: string, maxLength = 200) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S', description })
const ClauseId = Type.String({ minLength: 1, maxLength: 40, examples: ['B.1'] })
const cents = Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Euro cents.' })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64, description: 'SHA-256 in hex.' })

export const EmploymentParams = strictObject({ employmentId: Uuid })
export const ExitParams = strictObject({ exitId: Uuid })

const stated = {
  lastDay: CivilDateText,
  endedBy: oneOf(endings, { description: 'Who or what ends the employment.' }),
  seriousFault: oneOf(faults, { description: 'Whose serious fault the end is (art. 7:653 lid 4 and 5 BW).' }),
}

const LetterRequest = strictObject({
  language: oneOf(['nl', 'en']),
  givenBy: Uuid,
  role: line('In what capacity they give it, as it is printed.'),
  contact: strictObject({
    name: line('Whom to ask.'),
    reach: line('Where to reach them.'),
    how: Type.Optional(line('Anything else about asking, in plain words.', 1_000)),
  }),
  dueDate: CivilDateText,
})

export const ExitRequest = strictObject(
  {
    ...stated,
    statedOn: Type.Optional(CivilDateText),
    invokes: Type.Array(ClauseId, {
      maxItems: 50,
      uniqueItems: true,
      description: 'The covenants that the employer holds the employee to. None is a choice too.',
    }),
    noticeOn: Type.Optional(CivilDateText),
    monthlyWageCents: Type.Optional(cents),
    compensationPaidOn: Type.Optional(CivilDateText),
    letter: LetterRequest,
    replaces: Type.Optional(Uuid),
    reason: Type.Optional(line('Why the exit that is replaced was not right.', 1_000)),
  },
  {
    $id: 'ExitRequest',
    description:
      'How an employment ends. The last day is stated and never derived. `statedOn` is the day on which notice was given or the ' +
      'end was agreed, by default today or the last day if that is earlier. `noticeOn`, `monthlyWageCents` and ' +
      '`compensationPaidOn` are for the pending bill alone.',
  },
)

const refusals = [
  'ends-with-work',
  'not-invoked',
  'employer-fault',
  'fault-disputed',
  'blocked',
  'denied',
  'imported',
  'not-signed',
  'covers-nothing',
  'not-certain',
] as const

const named = { clauseId: Type.String(), kind: oneOf(clauseKinds), title: Type.String(), agreementId: Uuid }

const Followed = strictObject({
  statement: strictObject({
    ...stated,
    statedOn: CivilDateText,
    invokes: Type.Array(Type.String()),
    noticeOn: orNull(CivilDateText),
    monthlyWageCents: orNull(cents),
    compensationPaidOn: orNull(CivilDateText),
  }),
  reason: orNull(Type.String()),
  claims: strictObject({
    claimed: Type.Array(
      strictObject({
        ...named,
        annexId: Uuid,
        until: orNull(CivilDateText),
      }),
      { description: 'What goes on, and the last day of it; null where no end was agreed.' },
    ),
    notClaimed: Type.Array(strictObject({ ...named, annexId: orNull(Uuid), why: oneOf(refusals) }), {
      description: 'What the letter makes no claim under, and why.',
    }),
  }),
  lists: Type.Array(
    strictObject({
      annexId: Uuid,
      mark: Type.String(),
      title: Type.String(),
      documentSha256: Sha256,
      relations: Type.Array(
        strictObject({
          name: Type.String(),
          kind: oneOf(['customer', 'supplier', 'prospect', 'other']),
          from: CivilDateText,
          until: orNull(CivilDateText),
          reason: Type.String(),
        }),
      ),
    }),
    { description: 'Each list of relations as it stood on the last day.' },
  ),
  bill: strictObject(
    {
      regime: Type.String({ examples: ['nl-2026-01'] }),
      inForceFrom: orNull(CivilDateText),
      covenants: Type.Array(
        strictObject({
          clauseId: Type.String(),
          noticeBy: CivilDateText,
          noticeInTime: Type.Boolean(),
          compensationCents: orNull(cents),
          payBy: CivilDateText,
          paidInTime: Type.Boolean(),
          tooLong: Type.Boolean(),
        }),
      ),
    },
    {
      description:
        'What the bill on the concurrentiebeding would ask of what is invoked. Information: `inForceFrom` is null while it is no law.',
    },
  ),
})

export const ExitShape = strictObject(
  {
    exitId: Uuid,
    employmentId: Uuid,
    personId: Uuid,
    replaces: orNull(Uuid),
    replacedBy: orNull(Uuid),
    factId: Type.String({ format: 'uuid', description: 'The fact of the employment with the last day.' }),
    documentId: Type.String({ format: 'uuid', description: 'The letter.' }),
    documentSha256: Sha256,
    assignmentId: Type.String({ format: 'uuid', description: 'The ceremony in which it is handed over.' }),
    legalCheckIds: Type.Array(Uuid, {
      description: 'What the rules said at the exit, one for each agreement.',
    }),
    recordedBy: Uuid,
    recordedAt: InstantText,
    entryId: Uuid,
    follows: orNull(Followed),
  },
  { $id: 'Exit', description: 'An end as it was recorded. `follows` is null once its person was erased.' },
)

export const ExitListShape = strictObject({ items: Type.Array(ExitShape) }, { $id: 'ExitList' })

export const ExitPreviewShape = strictObject(
  { personId: Uuid, mandateId: Uuid, follows: Followed },
  { $id: 'ExitPreview', description: 'What would follow. Nothing was written.' },
)
