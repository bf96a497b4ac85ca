export {
  configuredAuthorities,
  listTimestampRoots,
  openTimestampAuthorities,
} from './configured-authorities.ts'
export {
  createDevelopmentKeys,
  developmentAuthority,
  developmentTimestampsName,
  ensureDevelopmentTimestamps,
  listDevelopmentTimestampResponders,
  type DevelopmentKeys,
} from './development-authority.ts'
export {
  TimestampRefusal,
  TimestampUnavailable,
  type Timestamp,
  type TimestampAbsence,
  type TimestampAttempt,
  type TimestampAuthority,
  type TimestampFailure,
  type TimestampRefusalReason,
} from './timestamp.ts'
export { httpAuthority, type HttpAuthority } from './http-authority.ts'
export {
  obtainTimestamp,
  type ObtainedTimestamp,
  type ObtainOptions,
  type TimestampDeps,
} from './timestamp-obtaining.ts'
export { whyNotInFile } from './token-in-file.ts'
export { timestampResponseOf, timestampTokenOf } from './token-wrapping.ts'
export { validateTimestamp, type Expectation, type ValidTimestamp } from './timestamp-validation.ts'
