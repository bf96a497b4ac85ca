import { Type } from 'typebox'
import { InstantText, strictObject } from '#http'

const Origin = Type.String({ description: 'The name of the log.' })
const Count = Type.Integer({ minimum: 0 })

/** What the audits of the ledger came to. */
export const AuditsShape = strictObject(
  {
    runs: Type.Array(
      strictObject({
        origin: Origin,
        startedAt: InstantText,
        endedAt: InstantText,
        entries: Count,
        root: Type.String({
          description: 'Base64 of the root over those entries, recomputed from what is stored.',
        }),
        anchoredSize: Type.Union([Count, Type.Null()], {
          description:
            'Size of the newest anchored checkpoint that it was held against; null when there was none.',
        }),
        findings: Count,
      }),
      { description: 'Complete audits, the newest first.' },
    ),
    underWay: Type.Union(
      [strictObject({ origin: Origin, entries: Count, startedAt: InstantText }), Type.Null()],
      {
        description: 'How far the audit in small pieces is; null between two of them.',
      },
    ),
    findings: Type.Array(
      strictObject({
        origin: Origin,
        name: Type.String({ description: 'Which two things contradict each other.' }),
        subject: Type.String({
          description: 'Where: `entry 12`, `tile 0/3`, `checkpoint 17`, `head`, `anchor 4096`.',
        }),
        foundAt: InstantText,
      }),
      { description: 'The newest 200, the newest first.' },
    ),
    findingsCount: Count,
  },
  { $id: 'LedgerAudits' },
)
