import type { HttpServer } from '#http'
import { actPageRoutes } from './act-routes.ts'
import type { ReceiptPageDeps } from './act-routes.ts'
import { assetRoutes } from './asset-routes.ts'
import { ceremonyPageRoutes } from './ceremony-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { entryRoutes } from './entry-routes.ts'
import { meansRoutes } from './means-routes.ts'
import { ownPageRoutes } from './own-routes.ts'
import { meansOf } from './portal-deps.ts'
import { portalScope } from './portal-scope.ts'
import { proveRoutes } from './prove-routes.ts'
import { qualifiedRoutes } from './qualified-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

export type PortalDeps = Omit<ReceiptPageDeps, 'means'>

/** Adds the pages of the person who is asked. Their headers and their refusals reach no other route. */
export function portalRoutes(server: HttpServer, deps: PortalDeps): void {
  const all = { ...deps, means: meansOf(deps) }
  portalScope(server, deps, (scope) => {
    assetRoutes(scope)
    entryRoutes(scope, all)
    signInRoutes(scope, all)
    proveRoutes(scope, all)
    ceremonyPageRoutes(scope, all)
    qualifiedRoutes(scope, all)
    actPageRoutes(scope, all)
    ownPageRoutes(scope, all)
    deviceRoutes(scope, all)
    meansRoutes(scope, all)
  })
}
