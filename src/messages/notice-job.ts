import type { Instant, OrganisationId } from '#core'
import { addMilliseconds, civilDateIn } from '#core'
import type { Database, Transaction } from '#database'
import type { Job } from '#jobs'
import { runDueJobs } from '#jobs'
import type { Platform } from '#platform'
import { armCode, findCodeOfNotice, forgetCodes, giveCodeTo, resolveSignIns } from './code-store.ts'
import { codeHmac, codeLife_ms, makeCode, writtenCode } from './code.ts'
import type { MailChannel } from './mail-channel.ts'
import { noticeText } from './notice-text.ts'
import { codeKinds } from './notice.ts'
import type { ClaimedNotice, NoticeOutcome } from './notice-store.ts'
import { claimNotices, nextNotice, noticeJobKind, queueNotice, recordNotice } from './notice-store.ts'
import { refusalOf } from './refusal.ts'

export type NoticeDeps = {
  readonly platform: Platform
  readonly database: Database
  readonly channel: MailChannel
  /** Where the pages of this service stand, without a trailing slash. */
  readonly publicUrl: string
}

const lease_ms = 120_000
const batchSize = 5
const roundBudget_ms = 30_000
const attemptsMax = 10
const firstRetry_ms = 15_000
const day_ms = 86_400_000

/**
 * Hands over the notices of an organisation that are due. A code is made here, at the moment of handing over; its mark is
 * committed first, so a message never holds a code that does not work, and no row ever holds a code. Another attempt makes
 * another code. What the channel will never take, and what comes too late, is given up and recorded as such.
 */
export function noticeJob(deps: NoticeDeps): Job {
  return jobThatTells(deps, () => undefined)
}

/** Does every round of notices that is due, now. Answers how many were tried. */
export async function relayNotices(deps: NoticeDeps): Promise<number> {
  let tried = 0
  await runDueJobs(deps, [jobThatTells(deps, (count) => (tried += count))])
  return tried
}

function jobThatTells(deps: NoticeDeps, tell: (count: number) => void): Job {
  return {
    kind: noticeJobKind,
    lease_ms,
    roundsAtOnce: 4,
    async work(organisationId) {
      const until = performance.now() + roundBudget_ms
      await deps.database.inOrganisation(organisationId, (trx) => settleSignIns(deps, trx, organisationId))
      for (;;) {
        const claimed = await claim(deps, organisationId)
        for (const each of claimed) await handOver(deps, organisationId, each)
        tell(claimed.length)
        if (claimed.length < batchSize || performance.now() > until) break
      }
      return deps.database.readInOrganisation(organisationId, (trx) => nextNotice(trx, organisationId))
    },
  }
}

/** Finds out whose the mailboxes are that were named to sign in, and queues a message to each that is somebody's. */
async function settleSignIns(
  deps: NoticeDeps,
  trx: Transaction,
  organisationId: OrganisationId,
): Promise<void> {
  const { clock, newId } = deps.platform
  const now = clock()
  await forgetCodes(trx, organisationId, addMilliseconds(now, -day_ms))
  for (const found of await resolveSignIns(trx, organisationId, now, civilDateIn(now))) {
    const { codeId, personId, mailbox, address, expiresAt } = found
    const noticeId = newId()
    await queueNotice(trx, organisationId, { noticeId, personId, to: mailbox, kind: 'sign-in-code', facts: {}, at: now, address, usefulUntil: expiresAt }) // prettier-ignore
    await giveCodeTo(trx, organisationId, codeId, { personId, mailbox, noticeId })
  }
}

/** A notice with the code it carries; `tooLate` when there is no use in sending it any more. */
type ReadyNotice = { readonly notice: ClaimedNotice; readonly code?: string; readonly tooLate: boolean }

async function claim(deps: NoticeDeps, organisationId: OrganisationId): Promise<ReadyNotice[]> {
  const { clock } = deps.platform
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const now = clock()
    const notices = await claimNotices(trx, organisationId, { now, leaseUntil: addMilliseconds(now, lease_ms), limit: batchSize }) // prettier-ignore
    const ready: ReadyNotice[] = []
    for (const notice of notices) ready.push(await makeReady(deps, trx, organisationId, notice, now))
    return ready
  })
}

async function makeReady(
  { platform }: NoticeDeps,
  trx: Transaction,
  organisationId: OrganisationId,
  notice: ClaimedNotice,
  now: Instant,
): Promise<ReadyNotice> {
  if (notice.usefulUntil !== null && notice.usefulUntil <= now) return { notice, tooLate: true }
  if (!(codeKinds as readonly string[]).includes(notice.kind)) return { notice, tooLate: false }
  const codeId = await findCodeOfNotice(trx, organisationId, notice.noticeId, now)
  if (codeId === undefined) return { notice, tooLate: true }
  const code = makeCode(platform.randomBytes)
  const armed = {
    codeHmac: codeHmac(platform.secrets, codeId, code),
    expiresAt: addMilliseconds(now, codeLife_ms),
  }
  await armCode(trx, organisationId, codeId, armed)
  return { notice, code: writtenCode(code), tooLate: false }
}

async function handOver(deps: NoticeDeps, organisationId: OrganisationId, ready: ReadyNotice): Promise<void> {
  const outcome = ready.tooLate ? tooLate(deps, ready.notice) : await attempt(deps, ready)
  await deps.database.inOrganisation(organisationId, (trx) => recordNotice(trx, organisationId, outcome))
}

function tooLate(deps: NoticeDeps, { noticeId }: ClaimedNotice): NoticeOutcome {
  return { ...common(deps, noticeId), event: 'given-up', state: 'too-late', status: null, detail: '', nextAttemptAt: null } // prettier-ignore
}

async function attempt(deps: NoticeDeps, { notice, code }: ReadyNotice): Promise<NoticeOutcome> {
  const { noticeId, attempts, address } = notice
  const accountUrl = `${deps.publicUrl}/my`
  const text = noticeText({ ...notice, ...(code === undefined ? {} : { code }), accountUrl })
  try {
    const detail = await deps.channel.handOver({ to: address, reference: `notice.${noticeId}`, ...text })
    return { ...common(deps, noticeId), event: 'handed-over', state: 'handed-over', status: null, detail, nextAttemptAt: null } // prettier-ignore
  } catch (error) {
    const { permanent, status, detail } = refusalOf(error)
    deps.platform.log.warn({ noticeId, attempts, status }, 'a notice was refused by the channel')
    const made = common(deps, noticeId)
    if (permanent || attempts >= attemptsMax)
      return { ...made, event: 'given-up', state: 'refused', status, detail, nextAttemptAt: null }
    const nextAttemptAt = addMilliseconds(made.occurredAt, firstRetry_ms * 2 ** (attempts - 1))
    return { ...made, event: 'refused', state: 'queued', status, detail, nextAttemptAt }
  }
}

function common({ platform, channel }: NoticeDeps, noticeId: string) {
  return { eventId: platform.newId(), noticeId, channel: channel.name, occurredAt: platform.clock() }
}
