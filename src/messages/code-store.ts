import { sql } from 'kysely'
import type { CivilDate, Instant, OrganisationId, PersonId } from '#core'
import type { Transaction } from '#database'
import { codeTriesMax } from './code.ts'
import type { Mailbox } from './notice.ts'

export type CodePurpose = 'sign-in' | 'step-up' | 'confirm-mailbox'

/** Whose code it is and by which mailbox it goes; not known yet while a sign-in waits for its turn. */
export type CodeHolder = {
  readonly personId: PersonId
  readonly mailbox: Mailbox
  readonly noticeId: string
}

export type NewCode = {
  readonly codeId: string
  readonly purpose: CodePurpose
  readonly mailboxMark: Buffer
  readonly address: string
  readonly sessionId: string | null
  readonly holder: CodeHolder | null
  readonly requestedAt: Instant
  readonly expiresAt: Instant
}

/**
 * Counts what was asked for one mailbox since a moment, holding every other request about it back until this transaction
 * ends, so that two at once cannot both be the last.
 */
export async function lockAndCountCodes(
  trx: Transaction,
  organisationId: OrganisationId,
  mailboxMark: Buffer,
  since: Instant,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(${mailboxMark.readBigInt64BE(0).toString()}::bigint)`.execute(trx)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from mailbox_code
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.mailbox_mark = ${mailboxMark}
      and mailbox_code.requested_at > ${since}::timestamptz`.execute(trx)
  return rows[0]?.n ?? 0
}

/** Writes a request for a code. It closes those before it for the same mailbox and purpose: only the newest code works. */
export async function insertCode(
  trx: Transaction,
  organisationId: OrganisationId,
  code: NewCode,
): Promise<void> {
  await sql`
    update mailbox_code set closed_at = ${code.requestedAt}::timestamptz
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.mailbox_mark = ${code.mailboxMark}
      and mailbox_code.purpose = ${code.purpose} and mailbox_code.closed_at is null`.execute(trx)
  await sql`
    insert into mailbox_code (organisation_id, code_id, purpose, mailbox_mark, person_id, session_id, mailbox, address,
                              notice_id, requested_at, expires_at)
    values (${organisationId}::uuid, ${code.codeId}::uuid, ${code.purpose}, ${code.mailboxMark},
            ${code.holder?.personId ?? null}::uuid, ${code.sessionId}::uuid, ${code.holder?.mailbox ?? null},
            ${code.address}, ${code.holder?.noticeId ?? null}::uuid, ${code.requestedAt}::timestamptz,
            ${code.expiresAt}::timestamptz)`.execute(trx)
}

/** A sign-in that was asked for, and the one person whose mailbox it names. */
export type ResolvedSignIn = {
  readonly codeId: string
  readonly personId: PersonId
  readonly mailbox: Mailbox
  readonly address: string
  readonly expiresAt: Instant
}

/**
 * The open sign-ins that name the mailbox of exactly one person. A mailbox of the employer counts until the last day of
 * employment, because afterwards somebody else may read it. A mailbox of two people is nobody's.
 */
export async function resolveSignIns(
  trx: Transaction,
  organisationId: OrganisationId,
  now: Instant,
  today: CivilDate,
): Promise<ResolvedSignIn[]> {
  const { rows } = await sql<{
    code_id: string
    person_id: PersonId
    mailbox: Mailbox
    address: string
    expires_at: Instant
  }>`
    select asked.code_id, one.person_id, one.mailbox, one.address, asked.expires_at
    from mailbox_code as asked
    join lateral (
      select min(holder.person_id::text)::uuid as person_id, max(holder.mailbox) as mailbox, min(holder.address) as address,
             count(distinct holder.person_id) as people
      from (
        select person.person_id, 'work' as mailbox, person.work_email as address from person
        where person.organisation_id = asked.organisation_id and lower(person.work_email) = lower(asked.address)
          and person.erased_at is null and (person.employed_until is null or person.employed_until >= ${today}::date)
        union
        select private_mailbox.person_id, 'private', private_mailbox.address from private_mailbox
        where private_mailbox.organisation_id = asked.organisation_id
          and lower(private_mailbox.address) = lower(asked.address)) as holder) as one on one.people = 1
    where asked.organisation_id = ${organisationId}::uuid and asked.purpose = 'sign-in' and asked.person_id is null
      and asked.closed_at is null and asked.expires_at > ${now}::timestamptz
    order by asked.requested_at
    for no key update of asked skip locked`.execute(trx)
  return rows.map((row) => ({
    codeId: row.code_id,
    personId: row.person_id,
    mailbox: row.mailbox,
    address: row.address,
    expiresAt: row.expires_at,
  }))
}

/** Says whose a sign-in is, and by which notice its code goes; false when another worker did so, or it was closed. */
export async function giveCodeTo(
  trx: Transaction,
  organisationId: OrganisationId,
  codeId: string,
  holder: CodeHolder,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update mailbox_code set person_id = ${holder.personId}::uuid, mailbox = ${holder.mailbox},
                            notice_id = ${holder.noticeId}::uuid
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.code_id = ${codeId}::uuid
      and mailbox_code.person_id is null and mailbox_code.closed_at is null`.execute(trx)
  return (numAffectedRows ?? 0n) > 0n
}

/** The open request behind a notice that carries a code; undefined when it was closed or is over. */
export async function findCodeOfNotice(
  trx: Transaction,
  organisationId: OrganisationId,
  noticeId: string,
  now: Instant,
): Promise<string | undefined> {
  const { rows } = await sql<{ code_id: string }>`
    select mailbox_code.code_id from mailbox_code
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.notice_id = ${noticeId}::uuid
      and mailbox_code.closed_at is null and mailbox_code.expires_at > ${now}::timestamptz`.execute(trx)
  return rows[0]?.code_id
}

/** Keeps the mark of the code that is about to be handed over, in the place of any earlier one. */
export async function armCode(
  trx: Transaction,
  organisationId: OrganisationId,
  codeId: string,
  armed: { readonly codeHmac: Buffer; readonly expiresAt: Instant },
): Promise<void> {
  await sql`
    update mailbox_code set code_hmac = ${armed.codeHmac}, expires_at = ${armed.expiresAt}::timestamptz
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.code_id = ${codeId}::uuid`.execute(
    trx,
  )
}

/** A code that somebody is trying, with one more try counted. */
export type TriedCode = CodeHolder & { readonly codeHmac: Buffer; readonly address: string }

/**
 * Counts a try and gives what to hold it against; undefined when there is nothing to try: unknown, used, too old, tried too
 * often, of another session or purpose, or of a mailbox that is nobody's. A try of the last kind is counted too, so that it
 * takes as long as any other. Of two at once the second waits and sees what became of the first.
 */
export async function tryCode(
  trx: Transaction,
  organisationId: OrganisationId,
  attempt: {
    readonly codeId: string
    readonly purpose: CodePurpose
    readonly sessionId: string | null
    readonly now: Instant
  },
): Promise<TriedCode | undefined> {
  const { rows } = await sql<{
    code_hmac: Buffer | null
    person_id: PersonId | null
    mailbox: Mailbox
    address: string
    notice_id: string
  }>`
    update mailbox_code set tries = mailbox_code.tries + 1
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.code_id = ${attempt.codeId}::uuid
      and mailbox_code.purpose = ${attempt.purpose}
      and mailbox_code.session_id is not distinct from ${attempt.sessionId}::uuid
      and mailbox_code.closed_at is null and mailbox_code.expires_at > ${attempt.now}::timestamptz
      and mailbox_code.tries < ${codeTriesMax}
    returning mailbox_code.code_hmac, mailbox_code.person_id, mailbox_code.mailbox, mailbox_code.address,
              mailbox_code.notice_id`.execute(trx)
  const row = rows[0]
  if (row === undefined || row.code_hmac === null || row.person_id === null) return undefined
  const { code_hmac: codeHmac, person_id: personId, mailbox, address, notice_id: noticeId } = row
  return { codeHmac, personId, mailbox, address, noticeId }
}

/** Closes a code that was used. */
export async function closeCode(
  trx: Transaction,
  organisationId: OrganisationId,
  codeId: string,
  now: Instant,
): Promise<void> {
  await sql`
    update mailbox_code set closed_at = ${now}::timestamptz
    where mailbox_code.organisation_id = ${organisationId}::uuid and mailbox_code.code_id = ${codeId}::uuid`.execute(
    trx,
  )
}

/** Takes away the requests of before a moment: they serve the counting of one hour, and nothing else. */
export async function forgetCodes(
  trx: Transaction,
  organisationId: OrganisationId,
  before: Instant,
): Promise<void> {
  await sql`
    delete from mailbox_code
    where mailbox_code.organisation_id = ${organisationId}::uuid
      and mailbox_code.requested_at < ${before}::timestamptz`.execute(trx)
}
