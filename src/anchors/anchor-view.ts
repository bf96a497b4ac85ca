import { sql } from 'kysely'
import type { Instant, LogId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { cosignedNote, parseWitnessPolicy } from '#evidence'
import type { Anchor, AnchorMark, AnchorTimestamp } from './anchor.ts'
import { chooseAnchors } from './bracket-decisions.ts'
import { readWitnessPolicy } from './witness-policy-store.ts'

/** Which anchors are wanted: those that were there at a moment, over checkpoints up to a size. */
export type AnchorRange = {
  readonly upToSize: number
  /** A moment that `anchorMoment` gave: what had been obtained at it, itself included, never changes. */
  readonly obtainedBefore: Instant
}

/**
 * The anchors of a log by ascending size, without their evidence: what `chooseAnchors` needs, small enough for a log
 * with an anchor each hour.
 */
export async function readAnchorMarks(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  range: AnchorRange,
): Promise<AnchorMark[]> {
  const { rows } = await sql<MarkRow>`
    select ledger_anchor.anchor_id, ledger_anchor.size, ledger_anchor.kind, ledger_anchor.settled_size, ledger_anchor.proven_at
    from ledger_anchor
    where ledger_anchor.organisation_id = ${organisationId}::uuid and ledger_anchor.log_id = ${logId}::uuid
      and ledger_anchor.size <= ${range.upToSize} and ledger_anchor.obtained_at <= ${range.obtainedBefore}::timestamptz
      and (ledger_anchor.settled_size is not null or ledger_anchor.kind = 'cosignature' and ledger_anchor.sequence = 1)
    order by ledger_anchor.size, ledger_anchor.kind desc, ledger_anchor.sequence`.execute(trx)
  const stamped = new Set(rows.filter((row) => row.kind === 'timestamp').map((row) => row.size))
  return rows
    .filter((row) => row.kind === 'timestamp' || !stamped.has(row.size))
    .map((row) => ({
      anchorId: row.anchor_id,
      size: row.size,
      settledSize: row.settled_size ?? row.size,
      at: row.kind === 'timestamp' ? (row.proven_at as Instant) : null,
    }))
}

type MarkRow = {
  readonly anchor_id: string
  readonly size: number
  readonly kind: 'timestamp' | 'cosignature'
  readonly settled_size: number | null
  readonly proven_at: string
}

/**
 * Anchors with their evidence, in the order of the marks. Without `marks` all of the range are read, which is for small
 * logs: choose from `readAnchorMarks` first. The order of cosignatures follows the policy that was in force at
 * `obtainedBefore`; a witness that it no longer names comes after the others.
 */
export async function readAnchors(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  range: AnchorRange,
  marks?: readonly AnchorMark[],
): Promise<Anchor[]> {
  const wanted = marks ?? (await readAnchorMarks(trx, organisationId, logId, range))
  if (wanted.length === 0) return []
  const sizes = [...new Set(wanted.map((mark) => mark.size))]
  const rows = await selectEvidence(trx, organisationId, logId, sizes, range.obtainedBefore)
  const policy = parseWitnessPolicy(await readWitnessPolicy(trx, organisationId, range.obtainedBefore))
  const order = policy.witnesses.map(({ key }) => `${key.name}+${key.keyHash}`)
  const bySize = Map.groupBy(rows, (row) => row.size)
  return wanted.map((mark) => toAnchor(mark, bySize.get(mark.size) ?? [], order))
}

/**
 * The anchors that a file with these entries holds: those that `chooseAnchors` takes of the range, with their evidence.
 * Reads as much as is chosen, and of the others only where they stand.
 */
export async function readAnchorsFor(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  range: AnchorRange,
  entryIndexes: readonly number[],
): Promise<Anchor[]> {
  const marks = await readAnchorMarks(trx, organisationId, logId, range)
  const chosen = chooseAnchors(marks, entryIndexes, range.upToSize)
  return readAnchors(trx, organisationId, logId, range, chosen)
}

type EvidenceRow = {
  readonly anchor_id: string
  readonly size: number
  readonly kind: 'timestamp' | 'cosignature'
  readonly authority: string
  readonly development: boolean
  readonly evidence: Buffer
  readonly proven_at: string
  readonly certificate_ends_at: string | null
  readonly renews: string | null
  readonly note: string
}

async function selectEvidence(
  trx: Transaction,
  organisationId: OrganisationId,
  logId: LogId,
  sizes: readonly number[],
  obtainedBefore: Instant,
): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select ledger_anchor.anchor_id, ledger_anchor.size, ledger_anchor.kind, ledger_anchor.authority,
           ledger_anchor.development, ledger_anchor.evidence, ledger_anchor.proven_at, ledger_anchor.certificate_ends_at,
           ledger_anchor.renews, ledger_checkpoint.note
    from ledger_anchor
    join ledger_checkpoint using (organisation_id, log_id, size)
    where ledger_anchor.organisation_id = ${organisationId}::uuid and ledger_anchor.log_id = ${logId}::uuid
      and ledger_anchor.size = any(${[...sizes]}::bigint[]) and ledger_anchor.obtained_at <= ${obtainedBefore}::timestamptz
    order by ledger_anchor.size, ledger_anchor.kind, ledger_anchor.sequence`.execute(trx)
  return rows
}

function toAnchor(mark: AnchorMark, rows: readonly EvidenceRow[], order: readonly string[]): Anchor {
  const note = rows[0]!.note
  const cosignatures = cosignaturesOf(rows, order)
  return {
    ...mark,
    note,
    timestamps: mark.at === null ? [] : chainOf(mark.anchorId, rows),
    cosignatures,
    cosigned:
      cosignatures.length === 0
        ? null
        : cosignedNote(
            note,
            cosignatures.map(({ line }) => line),
          ),
  }
}

/** The first token and whatever renews it, one after the other. */
function chainOf(firstId: string, rows: readonly EvidenceRow[]): AnchorTimestamp[] {
  const chain: AnchorTimestamp[] = []
  let row = rows.find((one) => one.anchor_id === firstId)
  while (row !== undefined) {
    const { anchor_id: id, evidence, authority, development, proven_at, certificate_ends_at } = row
    chain.push({
      response: evidence,
      authority,
      development,
      at: proven_at as Instant,
      certificateEndsAt: certificate_ends_at as Instant,
    })
    row = rows.find((one) => one.renews === id)
  }
  return chain
}

/** One line of each key, the first that came: readers refuse a note that a key signed twice. */
function cosignaturesOf(rows: readonly EvidenceRow[], order: readonly string[]): Anchor['cosignatures'] {
  const byKey = new Map<string, Anchor['cosignatures'][number]>()
  for (const row of rows) {
    if (row.kind !== 'cosignature') continue
    const line = row.evidence.toString('utf8')
    const key = keyOfLine(line)
    if (!byKey.has(key)) byKey.set(key, { line, name: row.authority, at: row.proven_at as Instant })
  }
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  return [...byKey].toSorted(([a], [b]) => rank(a) - rank(b)).map(([, cosignature]) => cosignature)
}

/** `name+hash` of the key that made a signature line: the name in it, and the first four bytes of what follows. */
export function keyOfLine(line: string): string {
  const [, name = '', encoded = ''] = line.split(' ')
  return `${name}+${Buffer.from(encoded, 'base64').toString('hex', 0, 4)}`
}
