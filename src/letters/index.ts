/** The door of this room: its route, and keeping a file that another room made as the letter that it is. */
export { insertLetter } from './letter-store.ts'
export type { Letter } from './letter.ts'
export { letterRoutes } from './letter-routes.ts'
