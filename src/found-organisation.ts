import { scheduleAnchoring } from '#anchors'
import { scheduleContinuity } from '#continuity'
import { scheduleJob } from '#jobs'
import { nextNight, retentionKind } from '#retention'
import type { ClientId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import { createSealKey, ensureDevelopmentAuthority } from '#documents'
import { createDossierKey, createLog } from '#evidence'
import type { RoleName } from '#identity'
import { createClient, issueKey } from '#identity'
import { insertOrganisation } from '#organisations'
import type { Platform } from '#platform'

/** A client to make together with an organisation. */
export type FoundingClient = { readonly name: string; readonly role: RoleName }

/** What comes out once and is kept by nobody here: the keys in clear. */
export type FoundedOrganisation = {
  readonly organisationId: OrganisationId
  readonly name: string
  readonly clients: readonly (FoundingClient & { readonly clientId: ClientId; readonly key: string })[]
}

/**
 * Makes an organisation with everything it needs to work: its log with the first entry, its dossier key, its seal with a
 * certificate, and its first API clients with a key each. The transaction must work inside the new organisation.
 */
export async function foundOrganisation(
  platform: Platform,
  trx: Transaction,
  founding: {
    readonly organisationId: OrganisationId
    readonly name: string
    readonly originHost: string
    readonly clients: readonly FoundingClient[]
  },
): Promise<FoundedOrganisation> {
  const { organisationId, name, originHost } = founding
  const now = platform.clock()
  await insertOrganisation(trx, { organisationId, name, createdAt: now })
  await ensureDevelopmentAuthority(platform, trx)
  await createSealKey(platform, trx, organisationId, name, now)
  await createDossierKey(platform, trx, organisationId, now)
  await createLog(platform, trx, organisationId, originHost, now)
  await scheduleAnchoring(trx, organisationId, now)
  await scheduleContinuity(trx, organisationId, now)
  await scheduleJob(trx, organisationId, retentionKind, nextNight(now))
  // Nobody is there yet to do it, so the service itself makes the first clients and the ledger says so.
  const actor = { organisationId, clientId: null }
  const clients: (FoundingClient & { clientId: ClientId; key: string })[] = []
  for (const client of founding.clients) {
    const { clientId } = await createClient(platform, trx, actor, client)
    const { text } = await issueKey(platform, trx, actor, { clientId, scopes: null })
    clients.push({ ...client, clientId, key: text })
  }
  return { organisationId, name, clients }
}
