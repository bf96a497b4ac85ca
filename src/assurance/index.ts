export { assurances, evidenceLevelOf, meets, type Assurance, type EvidenceLevel } from './assurance.ts'
export { defaultMatrix, purposes, type Purpose, type PurposeRule } from './purpose.ts'
export { fitnessOf, startDecision, type Fitness, type StartDecision } from './start-decisions.ts'
