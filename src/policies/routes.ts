import type { HttpServer } from '#http'
import { draftRoutes } from './draft-routes.ts'
import type { PolicyDeps } from './policy-deps.ts'
import { subjectRoutes, templateRoutes } from './policy-routes.ts'
import { publicationRoutes } from './publication-routes.ts'
import { versionRoutes } from './version-routes.ts'

/** Adds every route of this room. */
export function policyRoutes(server: HttpServer, deps: PolicyDeps): void {
  templateRoutes(server)
  subjectRoutes(server, deps)
  draftRoutes(server, deps)
  publicationRoutes(server, deps)
  versionRoutes(server, deps)
}
