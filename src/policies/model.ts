/** The pure door of this room: shapes, checks and decisions. It reads no clock and no database. */
export {
  LanguageShape,
  languages,
  legalNatures,
  LegalNatureShape,
  MaterialityShape,
  PolicyContentShape,
  type Language,
  type LegalNature,
  type Materiality,
  type Placeholder,
  type PolicyContent,
  type Rule,
  type Section,
  type Text,
} from './content.ts'
export { checkContent, obstaclesToPublishing, type FindMissingGlyph } from './content-checks.ts'
export {
  compareContents,
  type ContentComparison,
  type FieldChange,
  type PartComparison,
} from './content-comparison.ts'
export { decideApproval, decidePublication, type Decision, type PublicationFacts } from './draft-decisions.ts'
export { fillContent, fillPlaceholders, unresolvedOccurrences, type Occurrence } from './placeholder.ts'
export type { Approval, Draft, Edition, Policy, PolicyVersion, Withdrawal } from './policy.ts'
export {
  decideWithdrawal,
  stateOn,
  versionInForce,
  type DatedVersion,
  type InForce,
  type VersionState,
} from './version-history.ts'
export { templates, type Template } from './template.ts'
