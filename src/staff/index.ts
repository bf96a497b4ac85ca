import type { HttpServer } from '#http'
import type { SignOnDeps } from '#single-sign-on'
import { accountRoutes } from './account-routes.ts'
import { matterRoutes, type StaffRouteDeps } from './matter-routes.ts'
import { staffPageRoutes } from './staff-page-routes.ts'

export { routeReads } from './route-things.ts'
export { createStaffAuthority, staffRights } from './staff-authority.ts'
export type { StaffRouteDeps } from './matter-routes.ts'

/** Adds everything about staff: matters, accounts, and the pages on which they sign in. */
export function staffRoutes(server: HttpServer, deps: StaffRouteDeps & SignOnDeps): void {
  matterRoutes(server, deps)
  accountRoutes(server, deps)
  staffPageRoutes(server, deps)
}
