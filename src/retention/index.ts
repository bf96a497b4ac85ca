/** The door of retention: routes, the two kinds of background work, and what a new organisation needs. */
export { erasureJob } from './erasure-job.ts'
export { holdRoutes, type RetentionRouteDeps } from './hold-routes.ts'
export { nextNight } from './night.ts'
export { retentionJob, retentionKind, type RetentionDeps } from './retention-job.ts'
export { retentionRoutes } from './retention-routes.ts'
export { classOfNature } from './retention-decisions.ts'
export type { PersonRecord, PersonRecords } from './person-records.ts'
