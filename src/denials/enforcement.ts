import type { ActId, DocumentId, OrganisationId, PersonId, ProblemDetail, VersionId } from '#core'
import { problem } from '#core'
import type { Transaction } from '#database'
import { lockDenials } from './denial-store.ts'
import { blockedActs, blockedActsOf } from './denial-view.ts'

/**
 * Throws `act-denied` when one of these acts is denied, or a court found that it is not its person's. Enforcing on a signature
 * that turns out to be false is a tort (RBZWB:2023:9369), so nobody can wave it through (decision 0147). With `lock`, no
 * denial of these persons is recorded until the transaction ends. `pointerOf` says where in the request an act stands.
 */
export async function requireActsUndenied(
  trx: Transaction,
  organisationId: OrganisationId,
  acts: readonly { readonly actId: ActId; readonly personId: PersonId }[],
  pointerOf: (position: number) => string,
): Promise<void> {
  await lockDenials(trx, organisationId, acts.map((act) => act.personId), 'shared') // prettier-ignore
  const blocked = await blockedActs(trx, organisationId, acts.map((act) => act.actId)) // prettier-ignore
  refuse(
    acts.flatMap(({ actId }, position) => (blocked.has(actId) ? [detail(actId, pointerOf(position))] : [])),
  )
}

/** What a document that is held against a person rests on: published versions, or documents that they acted on. */
export type Foundation =
  | { readonly kind: 'version'; readonly versionId: VersionId; readonly pointer: string }
  | { readonly kind: 'document'; readonly documentId: DocumentId; readonly pointer: string }

/**
 * Throws `act-denied` when something is to be held against a person that rests on an act which they deny, or which a court
 * found not to be theirs. As `requireActsUndenied` otherwise.
 */
export async function requireUndeniedFoundations(
  trx: Transaction,
  organisationId: OrganisationId,
  personId: PersonId,
  foundations: readonly Foundation[],
): Promise<void> {
  await lockDenials(trx, organisationId, [personId], 'shared')
  const blocked = await blockedActsOf(trx, organisationId, personId)
  refuse(
    foundations.flatMap((on) => {
      const act = blocked.find((each) =>
        on.kind === 'version' ? each.versionId === on.versionId : each.documentId === on.documentId,
      )
      return act === undefined ? [] : [detail(act.actId, on.pointer)]
    }),
  )
}

function detail(actId: ActId, pointer: string): ProblemDetail {
  return { code: 'act-denied', message: `The act is ${actId}.`, pointer }
}

function refuse(errors: readonly ProblemDetail[]): void {
  if (errors.length > 0) throw problem('act-denied', { errors })
}
