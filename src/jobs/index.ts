export { bringForward, scheduleJob, schedulingWhere } from './job-store.ts'
export type { Job, JobDeps, JobRunner } from './job.ts'
export { runDueJobs, startJobs } from './job-runner.ts'
