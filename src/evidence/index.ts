/** The door of the ledger: appending, reading, proving and auditing. Everything else in this folder is its own affair. */
export {
  appendEntries,
  openHead,
  releaseAppend,
  releaseReceipt,
  writeAppend,
  type AppendDependencies,
} from './append-actions.ts'
export {
  appendedEntries,
  batchSizeMax,
  headAfter,
  planAppend,
  type AppendedEntry,
  type AppendPlan,
  type EntryDraft,
  type PlannedEntry,
} from './append-plan.ts'
export { appendParameterCount, appendStatement } from './append-statement.ts'
export {
  auditBeginning,
  auditedRoot,
  auditLog,
  auditSlice,
  type AuditFinding,
  type AuditFindingName,
  type AuditProgress,
  type AuditReport,
  type AuditSlice,
} from './audit.ts'
export {
  commitmentOf,
  factsOf,
  isContentErased,
  parseDisclosure,
  remainingFacts,
  type Facts,
  type FactValue,
} from './disclosure.ts'
export { cosignedNote, CosignatureError, verifyCosignature, type Cosignature } from './cosignature.ts'
export { publicKeyPem } from './ed25519-key.ts'
export { parseEntry, type Entry } from './entry.ts'
export { readErasures, type Erasure } from './erasure-view.ts'
export { formatEvidenceFile } from './evidence-file.ts'
export {
  LedgerBrokenError,
  LedgerMissingError,
  LedgerMovedError,
  LedgerStoppedError,
} from './ledger-errors.ts'
export type { LedgerHead } from './ledger-head.ts'
export {
  getOpenLog,
  publicKeys,
  readCheckpoint,
  readEntries,
  readEntry,
  readReceipt,
  type HeldEntry,
  type OpenLog,
  type PublicDossierKey,
  type PublicKeys,
  type PublicLogKey,
  type StoredCheckpoint,
  type StoredEntry,
} from './ledger-view.ts'
export {
  createDossierKey,
  createLog,
  openSuccessorLog,
  signWithDossierKey,
  type DossierKey,
  type LogDependencies,
  type OpenedLog,
} from './log-actions.ts'
export { indexesInOpenLog } from './open-log-view.ts'
export { formatOrigin, parseOrigin, type LogOrigin } from './log-origin.ts'
export { getLog, isSignedBy, listLogs, type LogOfOrganisation } from './log-view.ts'
export {
  countStoppedLedgers,
  endStop,
  findStop,
  stopLog,
  type LogStop,
  type StopReason,
} from './stop-store.ts'
export { proveConsistencies, proveConsistency, proveEntries, proveInclusion, rootAt } from './proof-view.ts'
export { splitProof } from './receipt-proof.ts'
export type { ProofParts } from './receipt-proof.ts'
export { logSigner } from './signing-key.ts'
export { formatEntryBundle, parseTilePath, tilePath, type TileRequest } from './tile.ts'
export { readLedgerCheckpoint, readLedgerTile, type LedgerId } from './tile-view.ts'
export {
  requestCosignature,
  type CosignatureRequest,
  type WitnessAnswer,
  type WitnessRefusalReason,
} from './witness-client.ts'
export { parseWitnessKey, witnessKey, type WitnessKey } from './witness-key.ts'
export {
  isQuorumMet,
  parseWitnessPolicy,
  PolicyError,
  type PolicyErrorReason,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  type WitnessPolicy,
} from './witness-policy.ts'
