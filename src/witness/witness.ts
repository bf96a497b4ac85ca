import { existsSync, realpathSync } from 'node:fs'
import type { Clock } from '#core'
import { millisecondsOf } from '#core'
import type { LogKey } from '#verification'
import { parseCheckpointRequest } from './checkpoint-request.ts'
import type { LastCosigned, WitnessState } from './state-file.ts'
import { newState, readState, StateBrokenError, StateUnknownError, writeState } from './state-file.ts'
import { lockState } from './state-lock.ts'
import { demandContinuation, trustedSignatures } from './witness-decisions.ts'
import { cosign } from './witness-key.ts'

/** A witness at work. */
export type Witness = {
  readonly name: string
  readonly vkey: string
  /** The logs it witnesses, by origin, each once, in the order given. */
  readonly origins: readonly string[]
  /** What it cosigned last for a log; undefined when nothing yet. */
  readonly lastCosigned: (origin: string) => LastCosigned | undefined
  /**
   * Judges a request and returns the cosignature line with its newline. Throws a RequestRefused that says why not.
   * Any other error means that nothing was cosigned; after a StateUnknownError this witness refuses everything.
   */
  readonly cosignCheckpoint: (body: Uint8Array) => string
  /** Gives the state file free for another process. */
  readonly close: () => void
}

export type WitnessOptions = {
  /** The one file of state. It is made at the first start, and never taken from a backup: see the README. */
  readonly statePath: string
  readonly logs: readonly LogKey[]
  /** The name in the key. Only the first start may choose it; by default it is made by chance. */
  readonly name?: string
  readonly clock: Clock
}

/**
 * Opens the state file, or makes it, and holds it until `close`. Throws a StateInUseError when another process has it,
 * a StateBrokenError when it was changed, and a RangeError for a name that is not the one in it.
 */
export function openWitness(options: WitnessOptions): Witness {
  const { logs, clock } = options
  // Replacing a link by a file would leave the state it pointed to behind, unlocked and stale.
  const statePath = existsSync(options.statePath) ? realpathSync(options.statePath) : options.statePath
  const unlock = lockState(statePath)
  try {
    let state = readState(statePath) ?? firstState(statePath, options.name)
    if (options.name !== undefined && options.name !== state.signer.name) {
      throw new RangeError(`this state is that of ${state.signer.name}; a witness keeps its name`)
    }
    let lost: StateUnknownError | undefined
    return {
      name: state.signer.name,
      vkey: state.signer.vkey,
      origins: [...new Set(logs.map((key) => key.name))],
      lastCosigned: (origin) => state.logs.get(origin),
      cosignCheckpoint: (body) => {
        // Nothing in here waits, so no other request comes between the check, the store and the release.
        if (lost !== undefined) throw lost
        const { line, next } = judge(state, logs, body, clock)
        try {
          writeState(statePath, next)
        } catch (error) {
          if (error instanceof StateUnknownError) lost = error
          throw error
        }
        state = next
        return line
      },
      close: unlock,
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function firstState(statePath: string, name: string | undefined): WitnessState {
  const state = newState(name)
  writeState(statePath, state)
  const written = readState(statePath)
  if (written === undefined) throw new StateBrokenError(`${statePath} vanished while it was being made`)
  return written
}

/** The cosignature line of a request that deserves one, and the state that has to be on the disk before it is sent. */
function judge(
  state: WitnessState,
  keys: readonly LogKey[],
  body: Uint8Array,
  clock: Clock,
): { readonly line: string; readonly next: WitnessState } {
  const request = parseCheckpointRequest(body)
  const { checkpoint } = request
  const signatures = trustedSignatures(request, keys)
  demandContinuation(state.logs.get(checkpoint.origin)?.checkpoint, request)
  const cosignature = cosign(state.signer, checkpoint.text, Math.floor(millisecondsOf(clock()) / 1000))
  const lines = [...signatures.map((signature) => signature.line), cosignature]
  const note = `${checkpoint.text}\n${lines.map((line) => `${line}\n`).join('')}`
  const logs = new Map(state.logs).set(checkpoint.origin, { checkpoint, note })
  return { line: `${cosignature}\n`, next: { signer: state.signer, logs } }
}
