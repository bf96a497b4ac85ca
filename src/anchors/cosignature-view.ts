import { sql } from 'kysely'
import type { Transaction } from '#database'
import { parseWitnessPolicy, type WitnessPolicy } from '#evidence'
import type { AnchorPlace } from './anchor.ts'
import { keyOfLine } from './anchor-view.ts'
import { readWitnessPolicy } from './witness-policy-store.ts'

/** A key that has cosigned checkpoints of a log. */
export type Cosigner = {
  /** `name+hash` of the key. */
  readonly key: string
  /** The largest size it is known to have cosigned. */
  readonly largest: number
  /** Whether it has cosigned the checkpoint in question. */
  readonly hasCosigned: boolean
}

/** The newest policy, and how far each witness has come with this log. */
export async function readWitnessPicture(
  trx: Transaction,
  place: AnchorPlace,
): Promise<{ readonly policy: WitnessPolicy; readonly cosigners: readonly Cosigner[] }> {
  const policy = parseWitnessPolicy(await readWitnessPolicy(trx, place.organisationId))
  const names = policy.witnesses.map(({ key }) => key.name)
  return { policy, cosigners: await readCosigners(trx, place, names) }
}

/**
 * The keys that cosigned this checkpoint, and each name's newest cosignature. Two keys of one name share the newest line
 * of that name, which at worst makes a first question begin too early: the witness then says where to begin.
 */
async function readCosigners(
  trx: Transaction,
  place: AnchorPlace,
  names: readonly string[],
): Promise<Cosigner[]> {
  const { rows } = await sql<{ size: number; evidence: Buffer }>`
    select ledger_anchor.size, ledger_anchor.evidence
    from ledger_anchor
    where ledger_anchor.organisation_id = ${place.organisationId}::uuid and ledger_anchor.log_id = ${place.logId}::uuid
      and ledger_anchor.kind = 'cosignature' and ledger_anchor.size = ${place.size}
    union all
    select newest.size, newest.evidence
    from unnest(${[...names]}::text[]) as witness (name)
    cross join lateral (
      select ledger_anchor.size, ledger_anchor.evidence
      from ledger_anchor
      where ledger_anchor.organisation_id = ${place.organisationId}::uuid and ledger_anchor.log_id = ${place.logId}::uuid
        and ledger_anchor.kind = 'cosignature' and ledger_anchor.authority = witness.name
      order by ledger_anchor.size desc limit 1) as newest`.execute(trx)
  const byKey = Map.groupBy(rows, (row) => keyOfLine(row.evidence.toString('utf8')))
  return Array.from(byKey, ([key, lines]) => ({
    key,
    largest: Math.max(...lines.map((line) => line.size)),
    hasCosigned: lines.some((line) => line.size === place.size),
  }))
}
