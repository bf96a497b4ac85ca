import { sql } from 'kysely'
import type { BundleId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { agreementColumns } from './agreement-sql.ts'
import type { Agreement, AgreementHistory, Conclusion, DenialEvent, EndEvent, PartyAct, PartyEvents } from './agreement.ts' // prettier-ignore
import type { ImportedContent } from './imported.ts'
import type { ProvenAct } from './signature-facts.ts'

/** The ceremony of one party with how each act was proven. */
export type PartyView = Omit<PartyEvents, 'acts'> & {
  readonly bundleId: BundleId
  readonly acts: readonly (PartyAct & ProvenAct & { readonly entryId: EntryId })[]
  /** When the bundle was first at hand: handed over or opened. */
  readonly deliveredAt: Instant | null
}

/** An agreement with everything from which follows where it stands. */
export type AgreementView = Agreement & {
  readonly history: AgreementHistory
  readonly parties: { readonly employee: PartyView; readonly representative: PartyView } | null
  /** Of a record that was taken over: what was said of it; null once its person was erased. */
  readonly imported: ImportedContent | null
}

/** Which agreements; all that are given must fit. */
export type AgreementFilter = {
  readonly agreementIds?: readonly string[]
  readonly personId?: PersonId
  readonly employmentId?: string
  readonly annexId?: string
  /** Offered, and nothing came of it yet. */
  readonly unconcluded?: boolean
  readonly after?: string
  readonly limit?: number
}

type Row = Omit<Agreement, 'annexes'> & {
  readonly annexes: Agreement['annexes']
  readonly employee: PartyView | null
  readonly representative: PartyView | null
  readonly conclusion: Conclusion | null
  readonly ends: readonly EndEvent[]
  readonly denials: readonly DenialEvent[]
  readonly content: string | null
}

/** The agreements that fit, in the order in which they were made, in one query. */
export async function readAgreements(
  trx: Transaction,
  organisationId: OrganisationId,
  filter: AgreementFilter,
): Promise<AgreementView[]> {
  const { agreementIds, personId, employmentId, annexId, unconcluded, after, limit } = filter
  const { rows } = await sql<Row>`
    select ${agreementColumns} from agreement
    where agreement.organisation_id = ${organisationId}::uuid
      ${agreementIds === undefined ? sql`` : sql`and agreement.agreement_id = any(${[...agreementIds]}::uuid[])`}
      ${personId === undefined ? sql`` : sql`and agreement.person_id = ${personId}::uuid`}
      ${employmentId === undefined ? sql`` : sql`and agreement.employment_id = ${employmentId}::uuid`}
      ${
        annexId === undefined
          ? sql``
          : sql`and agreement.agreement_id in (
          select agreement_annex.agreement_id from agreement_annex
          where agreement_annex.organisation_id = ${organisationId}::uuid and agreement_annex.annex_id = ${annexId}::uuid)`
      }
      ${
        unconcluded !== true
          ? sql``
          : sql`and agreement.provenance = 'ceremony' and not exists (
          select from agreement_conclusion where agreement_conclusion.organisation_id = agreement.organisation_id
            and agreement_conclusion.agreement_id = agreement.agreement_id)`
      }
      ${after === undefined ? sql`` : sql`and agreement.agreement_id > ${after}::uuid`}
    order by agreement.agreement_id ${limit === undefined ? sql`` : sql`limit ${limit}`}`.execute(trx)
  return rows.map(toView)
}

/** The agreement, or the problem `agreement-not-found`. */
export async function readAgreement(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementId: string,
): Promise<AgreementView> {
  const [agreement] = await readAgreements(trx, organisationId, { agreementIds: [agreementId] })
  if (agreement === undefined) throw problem('agreement-not-found')
  return agreement
}

function toView({
  employee,
  representative,
  conclusion,
  ends,
  denials,
  content,
  ...agreement
}: Row): AgreementView {
  const parties = employee === null || representative === null ? null : { employee, representative }
  const { provenance, createdAt } = agreement
  return {
    ...agreement,
    parties,
    history: { provenance, createdAt, parties, conclusion, ends, denials },
    imported: provenance === 'imported' && content !== null ? (JSON.parse(content) as ImportedContent) : null,
  }
}
