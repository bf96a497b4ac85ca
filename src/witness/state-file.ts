import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fromBase64, parseStrictJson, toBase64 } from '#core'
import { demandEd25519 } from '#verification'
import type { CheckpointText } from './checkpoint-request.ts'
import { parseNote } from './checkpoint-request.ts'
import type { WitnessSigner } from './witness-key.ts'
import { isWitnessName, witnessSigner } from './witness-key.ts'

/** What was cosigned last for a log. */
export type LastCosigned = {
  readonly checkpoint: CheckpointText
  /** The checkpoint with the log's signatures and ours. It says all that is kept of a log. */
  readonly note: string
}

/** All that a witness remembers: who it is, and what it saw last of each log, by origin. */
export type WitnessState = {
  readonly signer: WitnessSigner
  readonly logs: ReadonlyMap<string, LastCosigned>
}

/** Thrown when a state file is not what this program wrote. It is never repaired: what it forgot could be cosigned anew. */
export class StateBrokenError extends Error {
  override readonly name = 'StateBrokenError'
}

/** Thrown when it is not known which of two states is on the disk. Only a restart finds out. */
export class StateUnknownError extends Error {
  override readonly name = 'StateUnknownError'
}

const format = 'beding-witness/v1'

/** A new witness with a key of its own. Without a name it gets one by chance, so that no two are called the same. */
export function newState(name?: string): WitnessState {
  const chosen = name ?? `witness.local/${randomBytes(4).toString('hex')}`
  return { signer: witnessSigner(chosen, randomBytes(32)), logs: new Map() }
}

/** Reads a state; undefined when there is no such file. Throws a StateBrokenError for anything this did not write. */
export function readState(path: string): WitnessState | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return parseState(text)
  } catch (cause) {
    throw new StateBrokenError(`${path} is not the state of a witness, or was changed`, { cause })
  }
}

/**
 * Replaces the state, for its owner's eyes only. When this returns, the new state is on the disk; when it throws, the
 * old one is, except for a StateUnknownError: then it is one of the two.
 */
export function writeState(path: string, state: WitnessState): void {
  const draft = `${path}.next`
  try {
    rmSync(draft, { force: true })
    writeFileSync(draft, formatState(state), { mode: 0o600, flag: 'wx', flush: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  try {
    const folder = openSync(dirname(path), 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch (cause) {
    throw new StateUnknownError(`whether ${path} has reached the disk is not known`, { cause })
  }
}

function formatState({ signer, logs }: WitnessState): string {
  const notes = [...logs.values()].map(({ note }) => note)
  const { name, seed } = signer
  return `${JSON.stringify({ format, name, seed: toBase64(seed), notes }, null, 2)}\n`
}

function parseState(text: string): WitnessState {
  const value = parseStrictJson(text) as Partial<Record<'format' | 'name' | 'seed' | 'notes', unknown>>
  const { name, seed, notes } = value
  if (
    value.format !== format ||
    typeof name !== 'string' ||
    typeof seed !== 'string' ||
    !Array.isArray(notes)
  ) {
    throw new TypeError(`not of the form ${format}`)
  }
  const bytes = fromBase64(seed)
  if (bytes?.length !== 32 || !isWitnessName(name)) throw new TypeError('not a key and a name')
  const signer = witnessSigner(name, bytes)
  const logs = notes.map((note: unknown) => parseLast(String(note), signer))
  const state = { signer, logs: new Map(logs.map((last) => [last.checkpoint.origin, last])) }
  if (formatState(state) !== text) throw new TypeError('not written by this program')
  return state
}

/** Every note kept bears our own cosignature: a size or root that was changed by hand shows. */
function parseLast(note: string, signer: WitnessSigner): LastCosigned {
  const { checkpoint, signatures } = parseNote(note)
  const own = signatures.find(
    (one) => one.name === signer.name && one.keyHash === signer.keyHash.toString('hex'),
  )
  if (own === undefined) throw new TypeError('a checkpoint is kept that this witness did not cosign')
  const time = own.signature.readBigUInt64BE(0)
  const message = `cosignature/v1\ntime ${time}\n${checkpoint.text}`
  demandEd25519(signer.publicKey, Buffer.from(message, 'utf8'), own.signature.subarray(8))
  return { checkpoint, note }
}
