import { problem, type ClientId, type EntryId } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Caller, HttpServer } from '#http'
import { cutPage, emptyResponse, pageOf, pageQuery, problemResponses } from '#http'
import type { Platform } from '#platform'
import { getAccount, listAccounts, setBlocked } from './account-store.ts'
import type { StaffRouteDeps } from './matter-routes.ts'
import { endSessions } from './session-store.ts'
import type { StaffAccount } from './staff.ts'
import { StaffChange, StaffParams, StaffShape } from './staff-schemas.ts'

const manage = { right: 'organisation.manage-sign-on' } as const
const tags = ['staff']

/** Adds the routes about the accounts of staff: see them, block one, end its sessions. */
export function accountRoutes(server: HttpServer, deps: StaffRouteDeps): void {
  listRoute(server, deps)
  changeRoute(server, deps)
  endRoute(server, deps)
}

function listRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.get(
    '/v1/staff-accounts',
    {
      config: { access: manage },
      schema: {
        operationId: 'listStaffAccounts',
        summary: 'List the people who signed in as staff, oldest first',
        tags,
        querystring: pageQuery({}),
        response: { 200: pageOf(StaffShape, 'StaffAccountPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const from = after === undefined ? undefined : String(after[0])
      const rows = await deps.database.readInOrganisation(organisationId, (trx) =>
        listAccounts(trx, organisationId, from, size + 1),
      )
      const page = cutPage(rows, size, (account) => [account.clientId])
      return deps.paging.answer(request, reply, { ...page, items: page.items.map(toShape) })
    },
  )
}

function changeRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.patch(
    '/v1/staff-accounts/:staffId',
    {
      config: { access: manage },
      schema: {
        operationId: 'changeStaffAccount',
        summary: 'Block an account, or let it in again',
        description:
          'Blocking ends every session at once, whatever the provider says. An entry in the ledger.',
        tags,
        params: StaffParams,
        body: StaffChange,
        response: { 200: StaffShape, ...problemResponses('staff-not-found', 'ledger-stopped') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const staffId = request.params.staffId as ClientId
      return deps.database.inOrganisation(organisationId, async (trx) =>
        toShape(await blockAccount(deps.platform, trx, request.caller, staffId, request.body.blocked)),
      )
    },
  )
}

function endRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.delete(
    '/v1/staff-accounts/:staffId/sessions',
    {
      config: { access: manage },
      schema: {
        operationId: 'endStaffSessions',
        summary: 'End every session of an account',
        description: 'They stop at once. The account may sign in again. An entry in the ledger.',
        tags,
        params: StaffParams,
        response: { 204: emptyResponse('Nobody is signed in with it.'), ...problemResponses('staff-not-found', 'ledger-stopped') }, // prettier-ignore
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const staffId = request.params.staffId as ClientId
      await deps.database.inOrganisation(organisationId, async (trx) => {
        await getAccount(trx, organisationId, staffId)
        await endAll(deps.platform, trx, request.caller, staffId, 'staff-sessions-ended')
      })
      return reply.code(204).send(null)
    },
  )
}

/** Blocks an account or lets it in again; nobody blocks themselves out. */
async function blockAccount(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  staffId: ClientId,
  blocked: boolean,
): Promise<StaffAccount> {
  const account = await getAccount(trx, caller.organisationId, staffId)
  if ((account.blockedAt !== null) === blocked) return account
  if (staffId === caller.clientId)
    throw problem('access-denied', { detail: 'Let somebody else block your own account.' })
  const blockedAt = blocked ? platform.clock() : null
  await setBlocked(trx, caller.organisationId, staffId, blockedAt)
  await endAll(platform, trx, caller, staffId, blocked ? 'staff-blocked' : 'staff-unblocked')
  return { ...account, blockedAt }
}

async function endAll(
  platform: Platform,
  trx: Transaction,
  caller: Caller,
  staffId: ClientId,
  kind: string,
): Promise<void> {
  const at = platform.clock()
  const { organisationId } = caller
  await endSessions(trx, organisationId, { clientId: staffId }, { at, because: 'ended-by-organisation' })
  const entryId = platform.newId() as EntryId
  await appendEntries(platform, trx, organisationId, [
    { entryId, kind, at, facts: { clientId: staffId, by: caller.clientId } },
  ])
}

function toShape(account: StaffAccount) {
  const { clientId, subject: _subject, ...shown } = account
  return { ...shown, staffId: clientId as string }
}
