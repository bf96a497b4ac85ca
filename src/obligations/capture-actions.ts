import type { EntryId, PersonId } from '#core'
import { civilDateIn, problem, sha256Hex } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller } from '#http'
import { getPerson } from '#people'
import type { Platform } from '#platform'
import { captureFaults, captureTypeOf } from './capture-decisions.ts'
import { getCaptures, insertCapture, isCaptureHeld } from './capture-store.ts'
import type { KeptCapture } from './capture-store.ts'
import type { Capture, CaptureCommand } from './capture.ts'

/**
 * Keeps a dated print of a contact: the bytes as they came, their hash, day, source and visibility, and an entry in the
 * ledger that commits to all of them. The day is what whoever hands it in states; the entry proves that it was there when it
 * was kept. Throws `person-not-found`, `capture-unfit` with every fault, `capture-held` for bytes that are kept already.
 */
export async function keepCapture(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  personId: PersonId,
  command: CaptureCommand,
): Promise<KeptCapture> {
  const { organisationId, clientId } = caller
  await getPerson(trx, organisationId, personId)
  const keptAt = platform.clock()
  const errors = captureFaults(command, civilDateIn(keptAt))
  if (errors.length > 0) throw problem('capture-unfit', { errors })
  const sha256 = sha256Hex(command.bytes)
  if (await isCaptureHeld(trx, organisationId, personId, sha256)) throw problem('capture-held')
  const { capturedOn, visibility, source, shows, bytes } = command
  const capture: Capture = {
    captureId: platform.newId(),
    personId,
    capturedOn,
    visibility,
    mediaType: captureTypeOf(bytes)!,
    byteLength: bytes.length,
    sha256,
    keptAt,
    entryId: platform.newId() as EntryId,
  }
  const { entryId, keptAt: at, ...facts } = capture
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind: 'contact-captured', at, facts: { ...facts, source, shows, keptBy: clientId } },
  ])
  await insertCapture(trx, organisationId, capture, command, clientId)
  const [kept] = await getCaptures(trx, organisationId, personId, [capture.captureId])
  return kept!
}
