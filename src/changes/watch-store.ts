import { sql } from 'kysely'
import type { CivilDate, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { regimeOn } from '#jurisdictions'
import type { RuleSet } from '#jurisdictions'
import type { LegalCheck } from '#legal-checks'

/** Where the evaluation of an agreement stands: the newest one, and the rules on which it rests. */
export type Watch = { readonly agreementId: string; readonly legalCheckId: string; readonly basis: string }

/** On which rules an evaluation rests, as one text. */
export function basisOf(check: Pick<LegalCheck, 'jurisdiction' | 'ruleSetVersion' | 'regime'>): string {
  return `${check.jurisdiction} ${check.ruleSetVersion} ${check.regime}`
}

/** The bases on which an evaluation of this day rests, one for each jurisdiction, in the order of their bytes. */
export function currentBases(ruleSets: readonly RuleSet[], today: CivilDate): string[] {
  return ruleSets
    .flatMap(({ jurisdiction, version, regimes, ...rest }) => {
      const regime = regimeOn({ jurisdiction, version, regimes, ...rest }, today)
      return regime === undefined ? [] : basisOf({ jurisdiction, ruleSetVersion: version, regime: regime.id })
    })
    .toSorted()
}

/** Where these agreements stand, by agreement, locked until the transaction ends. One that was never evaluated is not there. */
export async function lockWatches(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementIds: readonly string[],
): Promise<Map<string, Watch>> {
  const { rows } = await sql<Watch>`
    select agreement_id as "agreementId", legal_check_id as "legalCheckId", basis from agreement_watch
    where organisation_id = ${organisationId}::uuid and agreement_id = any(${[...agreementIds]}::uuid[])
    order by agreement_id for update`.execute(trx)
  return new Map(rows.map((row) => [row.agreementId, row]))
}

/** After which watch a search goes on; the first begins before every basis. */
export type WatchPosition = Pick<Watch, 'basis' | 'agreementId'>

export const firstWatch: WatchPosition = { basis: '', agreementId: '00000000-0000-0000-0000-000000000000' }

/**
 * The next agreements, in the order of basis and id, whose newest evaluation rests on none of the current bases, locked until
 * the transaction ends; those that somebody else has locked are passed over. Reads only what it gives: the gaps between the
 * current bases are ranges of an index.
 */
export async function claimOutdated(
  trx: Transaction,
  organisationId: OrganisationId,
  bases: readonly string[],
  after: WatchPosition,
  limit: number,
): Promise<Watch[]> {
  const claimed: Watch[] = []
  const gaps = [...bases.map((basis, index) => ({ from: bases[index - 1], to: basis })), { from: bases.at(-1), to: undefined }] // prettier-ignore
  for (const { from, to } of gaps) {
    if (claimed.length === limit) break
    const { rows } = await sql<Watch>`
      select agreement_id as "agreementId", legal_check_id as "legalCheckId", basis from agreement_watch
      where organisation_id = ${organisationId}::uuid
        and (basis, agreement_id) > (${after.basis}, ${after.agreementId}::uuid)
        ${from === undefined ? sql`` : sql`and basis > ${from}`} ${to === undefined ? sql`` : sql`and basis < ${to}`}
      order by basis, agreement_id limit ${limit - claimed.length} for update skip locked`.execute(trx)
    claimed.push(...rows)
  }
  return claimed
}

/** Says where agreements stand now, whether they stood anywhere before or not. */
export async function keepWatches(
  trx: Transaction,
  organisationId: OrganisationId,
  watches: readonly Watch[],
): Promise<void> {
  await sql`
    insert into agreement_watch (organisation_id, agreement_id, legal_check_id, basis)
    select ${organisationId}::uuid, one.agreement_id, one.legal_check_id, one.basis
    from unnest(${watches.map((each) => each.agreementId)}::uuid[], ${watches.map((each) => each.legalCheckId)}::uuid[],
                ${watches.map((each) => each.basis)}::text[]) as one (agreement_id, legal_check_id, basis)
    on conflict on constraint agreement_watch_pk
      do update set legal_check_id = excluded.legal_check_id, basis = excluded.basis`.execute(trx)
}

/** Ends the watch over agreements that are over. */
export async function dropWatches(
  trx: Transaction,
  organisationId: OrganisationId,
  agreementIds: readonly string[],
): Promise<void> {
  await sql`
    delete from agreement_watch
    where organisation_id = ${organisationId}::uuid and agreement_id = any(${[...agreementIds]}::uuid[])`.execute(
    trx,
  )
}

/** Whether any agreement is watched. */
export async function anyWatched(trx: Transaction, organisationId: OrganisationId): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from agreement_watch where organisation_id = ${organisationId}::uuid) as any`.execute(
    trx,
  )
  return rows[0]!.any
}
