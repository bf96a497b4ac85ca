import { sql } from 'kysely'
import type { LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { TileCoordinate } from './tile.ts'

/** The name of a tile in what `readTiles` gives: `level/index`. */
export function tileKey(tile: TileCoordinate): string {
  return `${tile.level}/${tile.index}`
}

/** The hashes of those full tiles that are stored, 8,192 bytes each, by `tileKey`. */
export async function readTiles(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  tiles: readonly TileCoordinate[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (tiles.length === 0) return new Map()
  const levels = tiles.map((tile) => tile.level)
  const indexes = tiles.map((tile) => tile.index)
  const rows = await trx
    .selectFrom('ledger_tile')
    .select(['ledger_tile.level', 'ledger_tile.tile_index', 'ledger_tile.hashes'])
    .where('ledger_tile.organisation_id', '=', organisationId)
    .where('ledger_tile.log_id', '=', logId)
    .where(
      sql<boolean>`(ledger_tile.level, ledger_tile.tile_index) in (
        select wanted.level, wanted.tile_index
        from unnest(${levels}::smallint[], ${indexes}::bigint[]) as wanted (level, tile_index))`,
    )
    .execute()
  return new Map(rows.map((row) => [tileKey({ level: row.level, index: row.tile_index }), row.hashes]))
}
