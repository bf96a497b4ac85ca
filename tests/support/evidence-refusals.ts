import { NoteError } from '../../src/evidence/signed-note.ts'

/** Why a note is refused; 'accepted' when it is not. */
export function reasonOf(work: () => unknown): string {
  try {
    work()
    return 'accepted'
  } catch (error) {
    if (error instanceof NoteError) return error.reason
    throw error
  }
}

/** True when the work is refused as it should be; any other error is a fault and goes on. */
export function refuses(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof RangeError || error instanceof NoteError) return true
    throw error
  }
}
