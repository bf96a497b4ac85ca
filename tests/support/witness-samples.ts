import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { toBase64, toInstant } from '#core'
import { parseLogKey } from '#verification'
import { openWitness, witnessServer, type Witness } from '#witness'
import { signCheckpoint } from '../../src/evidence/checkpoint.ts'
import { privateKeyOfSeed } from '../../src/evidence/ed25519-key.ts'
import { emptyRoot, leafHash } from '../../src/evidence/merkle-hash.ts'
import { consistencyProof, type NodeReader } from '../../src/evidence/merkle-proof.ts'
import { appendLeaves, emptyRange } from '../../src/evidence/merkle-range.ts'
import { formatVerifierKey, noteSigner, type NoteSigner } from '../../src/evidence/note-key.ts'
import { signNote } from '../../src/evidence/signed-note.ts'

export const witnessMoment = toInstant('2026-11-21T08:00:00.000Z')

/** A log in memory: its entries are numbers, and `seed` tells one history from another. */
export type SampleLog = {
  readonly signer: NoteSigner
  readonly vkey: string
  readonly root: (size: number) => Buffer
  readonly note: (size: number) => string
  readonly proof: (oldSize: number, newSize: number) => Buffer[]
}

/** A log of that origin, signed by the key of the seed (0 to 255), with the history of that name. */
export function aSampleLog(origin = 'log.example/one', seed = 7, history = 'true'): SampleLog {
  const signer = noteSigner(origin, privateKeyOfSeed(Buffer.alloc(32, seed)))
  const leaf = (index: number): Buffer => leafHash(Buffer.from(`${history} ${index}`))
  const leaves = (size: number): Buffer[] => Array.from({ length: size }, (_, index) => leaf(index))
  const root = (size: number): Buffer =>
    size === 0 ? emptyRoot : appendLeaves(emptyRange, leaves(size)).root
  const reader = (size: number): NodeReader => appendLeaves(emptyRange, leaves(size)).node
  return {
    signer,
    vkey: formatVerifierKey(signer),
    root,
    note: (size) => signCheckpoint({ size, root: root(size) }, signer),
    proof: (oldSize, newSize) => (oldSize === 0 ? [] : consistencyProof(reader(newSize), oldSize, newSize)),
  }
}

/** A note over any text, by the key of a log. */
export function signedText(log: SampleLog, text: string): string {
  return signNote(text, log.signer)
}

/** The body of a request. */
export function requestBody(oldSize: number | string, proof: readonly Uint8Array[], note: string): string {
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
}

/** A folder that goes when the test ends. */
export function aFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'beding-witness-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export type ServedWitness = {
  readonly witness: Witness
  readonly url: string
  readonly statePath: string
  readonly errors: unknown[]
  readonly post: (body: string | Buffer) => Promise<{ status: number; type: string | null; body: string }>
  /** Sends the checkpoint of `size` with the proof from `oldSize`, and tells the status. */
  readonly add: (log: SampleLog, oldSize: number, size: number) => Promise<number>
}

/** A witness of these logs on loopback. */
export async function aWitness(
  t: Test,
  vkeys: readonly string[],
  statePath: string = join(aFolder(t), 'witness.json'),
): Promise<ServedWitness> {
  const logs = vkeys.map((vkey) => parseLogKey(vkey))
  const name = 'union.example/witness'
  const witness = openWitness({ statePath, logs, name, clock: () => witnessMoment })
  const errors: unknown[] = []
  const server = witnessServer(witness, { onError: (error) => errors.push(error), requestTimeout_ms: 2000 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
    witness.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = async (body: string | Buffer) => {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
    })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: await response.text(),
    }
  }
  const add = async (log: SampleLog, oldSize: number, size: number): Promise<number> =>
    (await post(requestBody(oldSize, log.proof(oldSize, size), log.note(size)))).status
  return { witness, url, statePath, errors, post, add }
}
