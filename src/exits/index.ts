/** The door of this room: its routes, and what it holds about a person. */
export { exitRoutes, type ExitRouteDeps } from './exit-routes.ts'
export { readExitRecords } from './exit-store.ts'
