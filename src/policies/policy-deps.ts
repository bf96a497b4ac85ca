import type { Database } from '#database'
import type { RenderPool } from '#documents'
import type { Paging } from '#http'
import type { Platform } from '#platform'

/** What the routes of this room are given. */
export type PolicyDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly paging: Paging
  readonly pool: Pick<RenderPool, 'render'>
}
