export { algorithmEnds, type AlgorithmEnd } from './algorithm-ends.ts'
export { preservationJob } from './preservation-job.ts'
export { preservationRoutes, type PreservationRouteDeps } from './preservation-routes.ts'
export type { PreservationDeps, PreservationSettings } from './preservation.ts'
