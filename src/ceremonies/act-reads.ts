import type pg from 'pg'
import type { AssuranceRule } from '#assurance'
import type { ActId, OrganisationId } from '#core'
import { hexToUuid } from '#core'
import { keptPlans } from '#database'
import { contextStatement, replayStatement } from './act-batch-statements.ts'
import type { ActSubmission } from './act-writer.ts'
import type { LinkContext } from './act.ts'

/** What a transaction of a batch begins with. */
export function beginText(client: pg.ClientBase, organisationId: OrganisationId): string {
  return `begin; set local beding.organisation = '${organisationId}'; ${keptPlans(client)}`
}

/** The clients under which the keys of a batch stand, by position. */
export function clientIdsOf(batch: readonly ActSubmission[]): string[] {
  return batch.map((each) => linkClientId(each.tokenSha256))
}

/** The client under which keys of a link stand: made from the token's hash, so that nobody else can have it. */
function linkClientId(tokenSha256: Buffer): string {
  return hexToUuid(tokenSha256.subarray(0, 16).toString('hex'))!
}

/** What stands behind each link of a batch, by position. */
export async function readContexts(
  client: pg.ClientBase,
  organisationId: OrganisationId,
  batch: readonly Pick<ActSubmission, 'tokenSha256' | 'command'>[],
): Promise<Map<number, LinkContext>> {
  const { text, values } = contextStatement(organisationId, batch)
  const { rows } = await client.query<ContextRow>(text, [...values])
  return contextsIn(rows)
}

/** The answer of `contextStatement`, by position. */
export function contextsIn(rows: readonly object[]): Map<number, LinkContext> {
  return new Map((rows as ContextRow[]).map((row) => [row.position - 1, toContext(row)]))
}

/** Which keys of a batch have been answered, by position. */
export async function readAnswered(
  client: pg.ClientBase,
  organisationId: OrganisationId,
  batch: readonly ActSubmission[],
  clientIds: readonly string[],
): Promise<Map<number, { fingerprint: Buffer; actId: ActId }>> {
  const { text, values } = replayStatement(organisationId, batch, clientIds)
  const { rows } = await client.query<{ position: number; fingerprint: Buffer; subject_id: string }>(text, [
    ...values,
  ])
  return new Map(
    rows.map((row) => [row.position - 1, { fingerprint: row.fingerprint, actId: row.subject_id as ActId }]),
  )
}

type ContextRow = Record<
  | 'assignment_id' | 'version_id' | 'bundle_id' | 'person_id' | 'person_name' | 'person_language' | 'person_external_id' | 'expires_at'
  | 'withdrawn_from' | 'ended_how' | 'closed_at' | 'existing_act_id' | 'delivered_at' | 'delivery_channel' | 'address' | 'opened_at',
  string
> & { position: number; main_declined: boolean; assurance_rules: readonly AssuranceRule[] | null; person_entry_number: number | null; entry_index: number | null } // prettier-ignore

function toContext(row: ContextRow): LinkContext {
  return {
    assignmentId: row.assignment_id,
    versionId: row.version_id,
    bundleId: row.bundle_id,
    personId: row.person_id,
    personName: row.person_name,
    personLanguage: row.person_language,
    personExternalId: row.person_external_id,
    expiresAt: row.expires_at,
    withdrawnFrom: row.withdrawn_from,
    endedHow: row.ended_how,
    linkClosed: row.closed_at !== null,
    mainDeclined: row.main_declined,
    existingActId: row.existing_act_id,
    deliveredAt: row.delivered_at,
    deliveryChannel: row.delivery_channel,
    address: row.address,
    openedAt: row.opened_at,
    assuranceRules: row.assurance_rules ?? [],
    lastAct:
      row.person_entry_number === null
        ? null
        : { number: row.person_entry_number, entryIndex: row.entry_index },
  } as LinkContext
}
