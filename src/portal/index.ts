export { portalRoutes, type PortalDeps } from './portal-routes.ts'
export { pageRelease } from './release.ts'
