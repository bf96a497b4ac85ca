export { employmentChangedJob, reEvaluationKind, type ChangeDeps } from './change-job.ts'
export { findingsReviewedJob } from './review-job.ts'
export { reEvaluateOutdated, reEvaluationJob } from './rule-change-job.ts'
export { taskRoutes } from './task-routes.ts'
