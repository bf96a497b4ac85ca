import { timingSafeEqual } from 'node:crypto'
import type { OrganisationId, PersonId } from '#core'
import { addMilliseconds } from '#core'
import type { Transaction } from '#database'
import { scheduleJob } from '#jobs'
import type { Platform } from '#platform'
import type { CodePurpose } from './code-store.ts'
import { closeCode, insertCode, lockAndCountCodes, tryCode } from './code-store.ts'
import { codeHmac, codeLife_ms, mailboxMarkOf, typedCode } from './code.ts'
import type { CodeKind, Mailbox } from './notice.ts'
import { noticeJobKind, queueNotice } from './notice-store.ts'

const hour_ms = 3_600_000
/** How many codes go to one mailbox within an hour. */
const codesPerHourMax = 5

const kindOf: Readonly<Record<CodePurpose, CodeKind>> = {
  'sign-in': 'sign-in-code',
  'step-up': 'step-up-code',
  'confirm-mailbox': 'private-mailbox-code',
}

/** `sent` is false when the mailbox was asked for too many codes: then none comes, and the earlier one stays. */
export type RequestedCode = { readonly codeId: string; readonly sent: boolean }

/**
 * Asks for a code to a mailbox that somebody named, to sign in with. Does the same work whether anybody has that mailbox or
 * not: who it is, is found out in the background, so no answer and no clock can tell.
 */
export async function requestSignInCode(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  address: string,
): Promise<RequestedCode> {
  const request = await begin(platform, trx, organisationId, address)
  if (!request.sent) return request
  const { codeId, mailboxMark, now } = request
  await insertCode(trx, organisationId, {
    codeId,
    purpose: 'sign-in',
    mailboxMark,
    address,
    sessionId: null,
    holder: null,
    requestedAt: now,
    expiresAt: addMilliseconds(now, codeLife_ms),
  })
  await scheduleJob(trx, organisationId, noticeJobKind, now)
  return { codeId, sent: true }
}

/** Asks for a code to a mailbox of a person who has a session: to step up, or to confirm the mailbox itself. */
export async function requestOwnCode(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  wanted: {
    readonly purpose: Exclude<CodePurpose, 'sign-in'>
    readonly personId: PersonId
    readonly sessionId: string
    readonly mailbox: Mailbox
    readonly address: string
  },
): Promise<RequestedCode> {
  const { purpose, personId, sessionId, mailbox, address } = wanted
  const request = await begin(platform, trx, organisationId, address)
  if (!request.sent) return request
  const { codeId, mailboxMark, now } = request
  const noticeId = platform.newId()
  const expiresAt = addMilliseconds(now, codeLife_ms)
  await queueNotice(trx, organisationId, { noticeId, personId, to: mailbox, kind: kindOf[purpose], facts: {}, at: now, address, usefulUntil: expiresAt }) // prettier-ignore
  await insertCode(trx, organisationId, { codeId, purpose, mailboxMark, address, sessionId, holder: { personId, mailbox, noticeId }, requestedAt: now, expiresAt }) // prettier-ignore
  return { codeId, sent: true }
}

async function begin(platform: Platform, trx: Transaction, organisationId: OrganisationId, address: string) {
  const now = platform.clock()
  const codeId = platform.newId()
  const mailboxMark = mailboxMarkOf(platform.secrets, organisationId, address)
  const asked = await lockAndCountCodes(trx, organisationId, mailboxMark, addMilliseconds(now, -hour_ms))
  return { codeId, sent: asked < codesPerHourMax, mailboxMark, now }
}

/** Whose code it was and by which mailbox it came. */
export type RedeemedCode = {
  readonly personId: PersonId
  readonly mailbox: Mailbox
  readonly address: string
}

/**
 * Takes a code. Undefined, whatever the reason, when it is not the right one now; the try is counted all the same, so let
 * the transaction commit. A code works once: of two at once one gets it.
 */
export async function redeemCode(
  platform: Platform,
  trx: Transaction,
  organisationId: OrganisationId,
  attempt: {
    readonly codeId: string
    readonly purpose: CodePurpose
    readonly sessionId: string | null
    readonly code: string
  },
): Promise<RedeemedCode | undefined> {
  const now = platform.clock()
  const given = codeHmac(platform.secrets, attempt.codeId, typedCode(attempt.code))
  const tried = await tryCode(trx, organisationId, { ...attempt, now })
  if (!timingSafeEqual(given, tried?.codeHmac ?? Buffer.alloc(given.length)) || tried === undefined)
    return undefined
  await closeCode(trx, organisationId, attempt.codeId, now)
  const { personId, mailbox, address } = tried
  return { personId, mailbox, address }
}
