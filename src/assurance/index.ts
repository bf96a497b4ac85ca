export { assurances, evidenceLevelOf, meets, type Assurance, type EvidenceLevel } from './assurance.ts'
