export { demandConsistency } from './consistency-proof.ts'
export { demandEd25519, demandStrictPoint } from './ed25519.ts'
export { attachmentOf } from './receipt-attachment.ts'
export { isAccepted } from './report.ts'
export { isAtLeast, levels } from './long-term-level.ts'
export type { Level } from './long-term-level.ts'
export type {
  Check,
  DocumentReport,
  Equivocation,
  Fact,
  FileKind,
  Outcome,
  Report,
  RevisionReport,
} from './report.ts'
export { compareReports, verifyFile } from './verify-file.ts'
export type { Wishes } from './verify-file.ts'
export { parseLogKey } from './log-key.ts'
export type { LogKey } from './log-key.ts'
export { noTrust, readTrust } from './trust.ts'
export type { NamedBytes, Trust } from './trust.ts'
export { Refusal } from './refusal.ts'
export { printable } from './strict-text.ts'
export { checkAssertion, demandCounterRose } from './assertion.ts'
export type { Assertion, AssertionInput, CeremonyWishes } from './assertion.ts'
export { checkRegistration } from './attestation.ts'
export type { Attestation, Registration, RegistrationInput } from './attestation.ts'
export type { AuthenticatorFlags } from './authenticator-data.ts'
export type { CoseKey } from './cose-key.ts'
export { actLabel, challengeOf, enrolmentLabel } from './passkey-challenge.ts'
export { checkQualifiedSignature, checkQualifiedSigner } from './qualified-signature.ts'
export type { QualifiedSignatureInput, QualifiedSigner, QualifiedSignerInput } from './qualified-signature.ts'
export type { CertifiedPerson } from './qualified-statements.ts'
export { readRemoteSigning } from './remote-signing.ts'
export { checkSigning } from './signing-methods.ts'
