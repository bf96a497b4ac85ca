import type { ClientId, OrganisationId } from '#core'
import type { Database } from '#database'
import { createLog } from '#evidence'
import { createPaging } from '#http'
import {
  createClient,
  createKeyring,
  identityRoutes,
  issueKey,
  roleNames,
  type IdentityDeps,
  type KeyringOptions,
  type RightName,
  type RoleName,
} from '#identity'
import { insertOrganisation } from '#organisations'
import type { Platform } from '#platform'
import { aServer, type TestServer } from './http-server.ts'

export type TestOrganisation = {
  readonly organisationId: OrganisationId
  /** A client of each role, with a key that has all its rights. */
  readonly clients: Readonly<Record<RoleName, { readonly clientId: ClientId; readonly key: string }>>
}

/** An organisation with a ledger and one client of each role. */
export async function anOrganisation(
  platform: Platform,
  database: Database,
  name = 'Voorbeeld BV',
): Promise<TestOrganisation> {
  const organisationId = platform.newId() as OrganisationId
  const actor = { organisationId, clientId: null }
  return database.inOrganisation(organisationId, async (trx) => {
    await insertOrganisation(trx, { organisationId, name, createdAt: platform.clock() })
    await createLog(platform, trx, organisationId, 'beding.local', platform.clock())
    const clients: [RoleName, { clientId: ClientId; key: string }][] = []
    for (const role of roleNames) {
      const { clientId } = await createClient(platform, trx, actor, { name: `client ${role}`, role })
      const { text } = await issueKey(platform, trx, actor, { clientId, scopes: null })
      clients.push([role, { clientId, key: text }])
    }
    return { organisationId, clients: Object.fromEntries(clients) as TestOrganisation['clients'] }
  })
}

/** Another key of a client, narrowed or not. */
export async function aKey(
  platform: Platform,
  database: Database,
  organisationId: OrganisationId,
  wanted: { clientId: ClientId; scopes?: readonly RightName[]; validDays?: number },
): Promise<{ keyId: string; text: string }> {
  const { clientId, scopes, validDays } = wanted
  return database.inOrganisation(organisationId, (trx) =>
    issueKey(
      platform,
      trx,
      { organisationId, clientId: null },
      {
        clientId,
        scopes: scopes ?? null,
        ...(validDays === undefined ? {} : { validDays }),
      },
    ),
  )
}

/** A server with the routes of identity and a keyring of its own, as one process of several has it. */
export function anIdentityServer(
  platform: Platform,
  database: Database,
  options: KeyringOptions = {},
): TestServer & { readonly identity: IdentityDeps } {
  const paging = createPaging(platform.secrets.derive('cursor'))
  const keyring = createKeyring({ platform, database }, options)
  const identity = { platform, database, paging, keyring }
  const server = aServer(
    (scope) => identityRoutes(scope, identity),
    {},
    { authenticateKey: keyring.authenticate },
  )
  return Object.assign(server, { identity })
}

/** The header that a client sends. */
export function withKey(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}
