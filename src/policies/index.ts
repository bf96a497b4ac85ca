/** The door of this room: its routes, and narrow readers for the rooms above. The pure part is `#policies/model`. */
export { policyRoutes } from './routes.ts'
export type { PolicyDeps } from './policy-deps.ts'
export { getPublishedVersion, getVersionById, type PublishedVersion } from './version-reader.ts'
export { listHistory } from './version-store.ts'
