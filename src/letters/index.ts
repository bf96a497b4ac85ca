/** The door of this room: its route. */
export { letterRoutes } from './letter-routes.ts'
