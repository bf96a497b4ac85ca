import { DatabaseSync } from 'node:sqlite'

/** Thrown when another process holds the state: two witnesses with one key could cosign two histories. */
export class StateInUseError extends Error {
  override readonly name = 'StateInUseError'
}

/**
 * Takes the lock on a state file until this process ends, however it ends, or the returned function is called. Throws
 * a StateInUseError when somebody has it. The lock is the operating system's own, on an empty file beside the state, as
 * SQLite takes it: a file with a process number in it would outlive a killed witness, or name a stranger.
 */
export function lockState(path: string): () => void {
  const lock = new DatabaseSync(`${path}.lock`)
  try {
    lock.exec('pragma journal_mode = off; pragma locking_mode = exclusive; begin exclusive')
  } catch (cause) {
    lock.close()
    if (isBusy(cause)) throw new StateInUseError(`${path} is in use by another witness`, { cause })
    throw cause
  }
  return () => lock.close()
}

/** SQLITE_BUSY, result code 5. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
