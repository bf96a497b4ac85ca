import { Type } from 'typebox'
import { ActStatusShape } from '#ceremonies'
import { CivilDateText, InstantText, oneOf, orNull, strictObject, Uuid } from '#http'
import { grounds } from './denial.ts'

const words = Type.String({
  minLength: 1,
  maxLength: 4000,
  description: 'What is said against it, in the person’s own words.',
})
const GroundShape = oneOf(grounds, {
  description:
    'not-me: I did not do this (the signature is denied, art. 159 lid 2 Rv). other-text: I did it, on another text. under-pressure: I was not free.',
})
const Language = oneOf(['nl', 'en'])
const name = Type.String({ minLength: 1, maxLength: 200 })
const Recorder = strictObject({ name, role: name }, { description: 'Who writes it down for the employer.' })

export const DenialRequest = strictObject(
  { ground: GroundShape, words, language: Language },
  { $id: 'DenialRequest', description: 'What a person says against an act of their own.' },
)

export const WithdrawalRequest = strictObject(
  { words, language: Language },
  { $id: 'DenialWithdrawalRequest', description: 'The person takes back what was said against their act.' },
)

export const RecordedDenialRequest = strictObject(
  {
    ground: GroundShape,
    words,
    channel: oneOf(['letter', 'e-mail', 'in-court', 'spoken'], {
      description: 'How it reached the employer.',
    }),
    receivedOn: CivilDateText,
    recorder: Recorder,
  },
  { $id: 'RecordedDenialRequest', description: 'A denial that reached the employer another way than through this service.' }, // prettier-ignore
)

export const CourtFindingRequest = strictObject(
  {
    finding: oneOf(['attributed', 'not-attributed'], { description: 'Whether the act is the person’s.' }),
    final: Type.Boolean({ description: 'Nothing can be lodged against the judgment any more.' }),
    court: name,
    reference: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The ECLI, or the number of the case.',
    }),
    decidedOn: CivilDateText,
    judgmentSha256: Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64, description: 'SHA-256 of the file of the judgment.' }), // prettier-ignore
    recorder: Recorder,
  },
  { $id: 'CourtFindingRequest', description: 'What a court found, as the employer’s lawyer states it.' },
)

const StepShape = strictObject(
  {
    stepNumber: Type.Integer(),
    kind: oneOf(['denied', 'denial-recorded', 'denial-withdrawn', 'court-finding']),
    saidBy: oneOf(['person', 'recorded-by-employer'], {
      description: 'Said by the person through this service, or written down by the employer.',
    }),
    ground: orNull(oneOf(grounds)),
    burden: orNull(
      oneOf(['who-relies-on-the-act', 'who-denies-it'], {
        description:
          'Who has to prove it by the general rule (art. 150 and 159 lid 2 Rv); a court may decide otherwise.',
      }),
    ),
    words: orNull(Type.String({ description: 'null once they were erased.' })),
    assurance: orNull(Type.String({ description: 'How the person was known when they said it.' })),
    channel: orNull(Type.String()),
    receivedOn: orNull(Type.String()),
    recorder: orNull(strictObject({ name: Type.String(), role: Type.String() })),
    finding: orNull(oneOf(['attributed', 'not-attributed'])),
    final: orNull(Type.Boolean()),
    court: orNull(Type.String()),
    reference: orNull(Type.String()),
    decidedOn: orNull(Type.String()),
    status: ActStatusShape,
    recordedAt: InstantText,
    entryIndex: Type.Integer({ description: 'The place of its entry in the ledger.' }),
  },
  { $id: 'DenialStep' },
)

export const DenialsShape = strictObject(
  { actId: Uuid, status: ActStatusShape, steps: Type.Array(StepShape) },
  { $id: 'Denials', description: 'What was said against an act and found about it, oldest first.' },
)

export const RecordedStepShape = strictObject(
  {
    actId: Uuid,
    stepNumber: Type.Integer(),
    kind: oneOf(['denied', 'denial-recorded', 'denial-withdrawn', 'court-finding']),
    status: ActStatusShape,
    recordedAt: InstantText,
    receipt: strictObject({
      entryIndex: Type.Integer(),
      treeSize: Type.Integer(),
      entry: Type.String({ description: 'The exact bytes of the ledger entry.' }),
      disclosures: Type.Array(orNull(Type.String())),
      tlogProof: Type.String({
        description: 'The inclusion proof with the signed checkpoint (C2SP tlog-proof).',
      }),
    }),
  },
  { $id: 'RecordedDenialStep', description: 'What was recorded, with its receipt: keep it.' },
)

export const ActParams = strictObject({ actId: Uuid })
