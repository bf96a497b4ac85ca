import { sql } from 'kysely'
import type { ActId, ClientId, DossierId, EntryId, Instant, OrganisationId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'

/** A pack as it was made. */
export type AttributionPack = {
  readonly packId: string
  readonly actId: ActId
  readonly dossierId: DossierId
  readonly attributionSha256: string
  readonly madeBy: ClientId
  readonly madeAt: Instant
  readonly entryId: EntryId
}

/** Writes a pack and its text. Its act, dossier and entry must be there. */
export async function insertPack(
  trx: Transaction,
  organisationId: OrganisationId,
  pack: AttributionPack,
  attribution: string,
): Promise<void> {
  await sql`
    insert into attribution_pack (organisation_id, pack_id, act_id, dossier_id, attribution_sha256, made_by, made_at, entry_id)
    values (${organisationId}::uuid, ${pack.packId}::uuid, ${pack.actId}::uuid, ${pack.dossierId}::uuid,
            decode(${pack.attributionSha256}, 'hex'), ${pack.madeBy}::uuid, ${pack.madeAt}::timestamptz, ${pack.entryId}::uuid)`.execute(
    trx,
  )
  await sql`
    insert into attribution_text (organisation_id, pack_id, attribution)
    values (${organisationId}::uuid, ${pack.packId}::uuid, ${attribution})`.execute(trx)
}

/** The pack with its text, null once it was erased; the problem `attribution-pack-not-found`. */
export async function getPack(
  trx: Transaction,
  organisationId: OrganisationId,
  packId: string,
): Promise<AttributionPack & { readonly attribution: string | null }> {
  const { rows } = await sql<{
    act_id: ActId
    dossier_id: DossierId
    sha256: string
    made_by: ClientId
    made_at: Instant
    entry_id: EntryId
    attribution: string | null
  }>`
    select attribution_pack.act_id, attribution_pack.dossier_id, encode(attribution_pack.attribution_sha256, 'hex') as sha256,
           attribution_pack.made_by, attribution_pack.made_at, attribution_pack.entry_id, attribution_text.attribution
    from attribution_pack left join attribution_text using (organisation_id, pack_id)
    where attribution_pack.organisation_id = ${organisationId}::uuid and attribution_pack.pack_id = ${packId}::uuid`.execute(
    trx,
  )
  const row = rows[0]
  if (row === undefined) throw problem('attribution-pack-not-found')
  return {
    packId,
    actId: row.act_id,
    dossierId: row.dossier_id,
    attributionSha256: row.sha256,
    madeBy: row.made_by,
    madeAt: row.made_at,
    entryId: row.entry_id,
    attribution: row.attribution,
  }
}
