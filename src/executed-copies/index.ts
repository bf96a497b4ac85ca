/** The door of this room: its routes, for the employer and for those who agreed. */
import type { HttpServer } from '#http'
import type { CopyDeps } from './executed-copy-actions.ts'
import { executedCopyRoutes } from './executed-copy-routes.ts'
import { ownCopyRoutes } from './own-copy-routes.ts'

export { makeCopy, ownCopyFile, type CopyDeps } from './executed-copy-actions.ts'
export { listCopies } from './executed-copy-view.ts'

/** Adds the routes about signed copies. */
export function signedCopyRoutes(server: HttpServer, deps: CopyDeps): void {
  executedCopyRoutes(server, deps)
  ownCopyRoutes(server, deps)
}
