/** The door of this room: its routes. */
export { exitRoutes, type ExitRouteDeps } from './exit-routes.ts'
