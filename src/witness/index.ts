/** The door of the witness: opening its state, and serving it. */
export { RequestRefused } from './refused.ts'
export { StateBrokenError, StateUnknownError } from './state-file.ts'
export { StateInUseError } from './state-lock.ts'
export { witnessServer, type WitnessServerOptions } from './witness-server.ts'
export { openWitness, type Witness, type WitnessOptions } from './witness.ts'
