export type { Clock } from '#core'
export { systemClock } from './clock.ts'
export {
  ConfigError,
  logLevels,
  readConfig,
  type Config,
  type DatabaseConfig,
  type LogLevel,
  type MailConfig,
  type TimestampSettings,
} from './config.ts'
export { keptMasterKey, keptSecret, readSecret } from './kept-secret.ts'
export { createLogger, describeError, scrubLine, type Logger } from './log.ts'
export {
  createMetrics,
  metricCatalogue,
  metricSeriesMax,
  type MetricLabels,
  type MetricName,
  type Metrics,
} from './metrics.ts'
export {
  createOutsideHeads,
  parseHead,
  type KeptHeads,
  type OutsideHead,
  type OutsideHeads,
} from './outside-heads.ts'
export { addressesOf, askAt, readWithin, type PinnedQuestion, type Resolve } from './pinned-exchange.ts'
export { createPlatform, type Platform } from './platform.ts'
export { alwaysTo, hostOf, isLoopbackAddress, isPublicAddress, isPublicName } from './public-address.ts'
export { createSecrets, UnsealError, type Secrets } from './secrets.ts'
