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
