export { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.ts'
export { canonicalJson, type CanonicalValue } from './canonical-json.ts'
export { addDays, civilDateIn, dutchTimeZone, isBefore, toCivilDate, type CivilDate } from './civil-date.ts'
export { dayInWords } from './day-in-words.ts'
export { der, derInteger, derOid, dottedOid, readDer, type DerElement } from './der.ts'
export { derTags, signatureAlgorithms, signatureHashes, type HashName } from './der-names.ts'
export {
  algorithmOf,
  childrenOf,
  expectCanonical,
  expectSorted,
  expectTag,
  expectTrue,
  integerOf,
  oidOf,
  onlyChildOf,
  onlyElement,
  smallNumberOf,
  takeTag,
} from './der-reading.ts'
export { certificateTime, certificateTimeOf, generalizedTime, generalizedTimeOf } from './der-time.ts'
export { nextHalfPast } from './dutch-night.ts'
export { sha256, sha256Base64Url, sha256Hex } from './digest.ts'
export {
  hexToUuid,
  isUuid,
  newUuid,
  uuidToHex,
  type ActId,
  type AssignmentId,
  type ClientId,
  type DeliveryId,
  type BundleId,
  type DocumentId,
  type DossierId,
  type EntryId,
  type LogId,
  type OrganisationId,
  type PersonId,
  type PolicyId,
  type VersionId,
} from './id.ts'
export {
  addMilliseconds,
  instantFromDate,
  laterOf,
  millisecondsOf,
  toInstant,
  type Clock,
  type Instant,
} from './instant.ts'
export { problems, type ProblemCode, type ProblemKind } from './problem-catalogue.ts'
export { unprintableIn, type UnprintableCharacter } from './plain-text.ts'
export { problem, ProblemError, type ProblemDetail, type ProblemOptions } from './problem.ts'
export { parseStrictJson, StrictJsonError } from './strict-json.ts'
