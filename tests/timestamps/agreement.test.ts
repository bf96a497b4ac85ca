import t from 'tap'
import { TimestampRefusal, validateTimestamp } from '#timestamps'
import { parseCertificate } from '../../src/verification/certificate.ts'
import { Refusal } from '../../src/verification/refusal.ts'
import { demandSignedContent } from '../../src/verification/signed-data.ts'
import { demandChainMayStamp, findChain, parseTimestamp } from '../../src/verification/timestamp.ts'
import {
  acceptedTokens,
  answered,
  asked,
  judgedKeys,
  ordinary,
  refusedTokens,
} from '../support/timestamps-cases.ts'
import type { TsaKeys } from '../support/timestamps-keys.ts'

/** What the offline verifier, which shares no code with this room, makes of a token that was kept. */
function verifierAccepts(response: Buffer, root: Buffer): boolean {
  try {
    const timestamp = parseTimestamp(response)
    demandSignedContent(timestamp.signed)
    const chain = findChain(timestamp.signed, [parseCertificate(root)])
    if (chain === undefined) return false
    demandChainMayStamp(chain, timestamp.at)
    return timestamp.imprint.equals(asked.sha256)
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function roomAccepts(response: Buffer, root: Buffer): boolean {
  try {
    validateTimestamp(response, { ...asked, roots: [root] })
    return true
  } catch (error) {
    if (error instanceof TimestampRefusal) return false
    throw error
  }
}

t.test('Z9: whatever is kept the verifier accepts', async (t) => {
  const cases: [title: string, response: Buffer, keys: TsaKeys][] = [
    ...acceptedTokens.map(
      ([title, wishes, keys = ordinary]) =>
        [title, answered(keys, wishes), keys] as [string, Buffer, TsaKeys],
    ),
    ...refusedTokens.map(
      ([, title, wishes]) => [title, answered(ordinary, wishes), ordinary] as [string, Buffer, TsaKeys],
    ),
    ...judgedKeys.map(([, title, keys]) => [title, answered(keys), keys] as [string, Buffer, TsaKeys]),
  ]
  let kept = 0
  for (const [title, response, { root }] of cases) {
    if (!roomAccepts(response, root.der)) continue
    kept += 1
    t.ok(verifierAccepts(response, root.der), title)
  }
  t.ok(kept >= acceptedTokens.length)
})

t.test('Z9: of changed bytes too', async (t) => {
  const response = answered()
  const root = ordinary.root.der
  const kept: number[] = []
  for (let position = 0; position < response.length; position++)
    for (const bit of [0x01, 0x20, 0x80]) {
      const changed = Buffer.from(response)
      changed[position]! ^= bit
      if (!roomAccepts(changed, root)) continue
      kept.push(position)
      t.ok(verifierAccepts(changed, root), `bit ${bit} at ${position}`)
    }
  t.equal(kept.length, 1, 'granted with modifications')
})
