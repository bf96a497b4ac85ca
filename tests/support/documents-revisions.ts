import { createHash } from 'node:crypto'
import { sha256, toInstant } from '#core'
import { prepareTimestamp, sealBytes, type PreparedTimestamp } from '#documents'
import { timestampTokenOf } from '#timestamps'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { timestampRequest } from '../../src/timestamps/timestamp-request.ts'
import { aPolicyEdition } from './documents-samples.ts'
import { aSeal } from './documents-seal.ts'
import { tsaKeys, type TsaKeys } from './timestamps-keys.ts'
import { aTimestampResponse } from './timestamps-token.ts'

export const sealedAt = toInstant('2026-11-21T08:00:00.123Z')
export const testTsa = tsaKeys()

/** A token over this digest, by a TSA of the tests. */
export function tokenOver(digest: Buffer, keys: TsaKeys = testTsa): Buffer {
  return timestampTokenOf(aTimestampResponse(timestampRequest(digest, Buffer.alloc(8, 1)), keys, sealedAt))
}

/** The file with one time-stamp more. */
export function stamped(file: Buffer, keys: TsaKeys = testTsa): Buffer {
  const prepared: PreparedTimestamp = prepareTimestamp(file)
  const finished = prepared.finish(tokenOver(prepared.digest, keys))
  if (finished.kind !== 'finished') throw new Error('the token does not fit')
  return finished.bytes
}

/** A policy edition under a seal, with the seal. */
export async function aSealedFile() {
  const seal = aSeal()
  const rendered = await renderDocument(aPolicyEdition())
  const { bytes } = await sealBytes(rendered.bytes, seal.signer, { at: sealedAt, name: 'Jansen' })
  return { seal, rendered: rendered.bytes, sealed: bytes }
}

/** What the byte ranges of a file cover, newest last, read without the code under test. */
export function coveredDigests(file: Buffer): Buffer[] {
  return [...file.toString('latin1').matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].map((range) => {
    const [first, second, rest] = range.slice(1).map(Number) as [number, number, number]
    return createHash('sha256')
      .update(file.subarray(0, first))
      .update(file.subarray(second, second + rest))
      .digest()
  })
}

/** Bytes that stand for validation data; the writer does not look into them. */
export function someBytes(name: string): Buffer {
  return Buffer.concat([sha256(Buffer.from(name)), Buffer.from('\nendobj\nendstream\n%%EOF\n')])
}
