import type { ClientId, PersonId, PolicyId } from '#core'
import { instantFromDate, problem, type Instant } from '#core'
import type { AnyRequest, HttpServer, Paging } from '#http'
import { cutPage, emptyResponse, pageOf, pageQuery, problemResponses, runOnce } from '#http'
import { endAccess, grantAccess, openMatter } from './matter-actions.ts'
import { getMatter, listAccess, listMatters, listReads } from './matter-store.ts'
import type { StaffDeps } from './sign-in-actions.ts'
import type { Matter, MatterAccess } from './staff.ts'
import {
  AccessParams,
  AccessRequest,
  AccessShape,
  MatterParams,
  MatterRequest,
  MatterShape,
  MatterWithAccess,
  ReadShape,
} from './staff-schemas.ts'

export type StaffRouteDeps = StaffDeps & { readonly paging: Paging }

const manage = { right: 'matter.manage' } as const
const read = { right: 'matter.read' } as const
const tags = ['staff']

/** Adds the routes about matters: open, give access, take it back, see, and see what was read. */
export function matterRoutes(server: HttpServer, deps: StaffRouteDeps): void {
  openRoute(server, deps)
  grantRoute(server, deps)
  endRoute(server, deps)
  readRoutes(server, deps)
  readsRoute(server, deps)
}

function openRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.post(
    '/v1/matters',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'openMatter',
        summary: 'Open a matter about a person or a policy',
        description:
          'Nobody reads anything by that: access is given for each lawyer. An entry in the ledger.',
        tags,
        body: MatterRequest,
        response: { 201: MatterShape, ...problemResponses('person-not-found', 'policy-not-found') },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { title, subject } = request.body
        const matter = await openMatter(deps.platform, trx, request.caller, {
          title,
          subject:
            'personId' in subject
              ? { kind: 'person', personId: subject.personId as PersonId }
              : { kind: 'policy', policyId: subject.policyId as PolicyId },
        })
        return { status: 201, location: `/v1/matters/${matter.matterId}`, body: toMatter(matter) }
      }),
  )
}

function grantRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.post(
    '/v1/matters/:matterId/access',
    {
      config: { access: manage, idempotent: true },
      schema: {
        operationId: 'grantMatterAccess',
        summary: 'Let a lawyer read what belongs to a matter, for a time',
        description:
          'Read-only, and every read is written down. Not to oneself. For a lawyer who signed in before. An entry in the ledger.',
        tags,
        params: MatterParams,
        body: AccessRequest,
        response: {
          201: AccessShape,
          ...problemResponses('matter-not-found', 'staff-not-found', 'staff-not-lawyer', 'matter-access-to-self', 'matter-access-unfit'), // prettier-ignore
        },
      },
    },
    async (request, reply) =>
      runOnce(deps, request, reply, async (trx) => {
        const { staffId, readableFrom, readableUntil } = request.body
        const access = await grantAccess(deps.platform, trx, request.caller, {
          matterId: request.params.matterId,
          clientId: staffId as ClientId,
          readableFrom: momentOf(readableFrom),
          readableUntil: momentOf(readableUntil),
        })
        return { status: 201, body: toAccess(access) }
      }),
  )
}

function endRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.delete(
    '/v1/matters/:matterId/access/:accessId',
    {
      config: { access: manage },
      schema: {
        operationId: 'endMatterAccess',
        summary: 'Take access to a matter back, from now',
        tags,
        params: AccessParams,
        response: { 204: emptyResponse('It has ended.'), ...problemResponses('matter-access-not-found', 'ledger-stopped') }, // prettier-ignore
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      await deps.database.inOrganisation(organisationId, (trx) =>
        endAccess(deps.platform, trx, request.caller, request.params),
      )
      return reply.code(204).send(null)
    },
  )
}

function readRoutes(server: HttpServer, deps: StaffRouteDeps): void {
  server.get(
    '/v1/matters',
    {
      config: { access: read },
      schema: {
        operationId: 'listMatters',
        summary: 'List matters, oldest first',
        description: 'A lawyer who signed in sees those that are open to them now.',
        tags,
        querystring: pageQuery({}),
        response: { 200: pageOf(MatterShape, 'MatterPage'), ...problemResponses() },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { size, after } = deps.paging.read(request)
      const rows = await deps.database.readInOrganisation(organisationId, (trx) =>
        listMatters(trx, organisationId, {
          ...ownOnly(deps, request),
          ...(after === undefined ? {} : { after: String(after[0]) }),
          limit: size + 1,
        }),
      )
      const page = cutPage(rows, size, (matter) => [matter.matterId])
      return deps.paging.answer(request, reply, { ...page, items: page.items.map(toMatter) })
    },
  )
  server.get(
    '/v1/matters/:matterId',
    {
      config: { access: read },
      schema: {
        operationId: 'getMatter',
        summary: 'Read a matter, and who may read what belongs to it',
        tags,
        params: MatterParams,
        response: { 200: MatterWithAccess, ...problemResponses('matter-not-found') },
      },
    },
    async (request) => {
      const { organisationId } = request.caller
      const { matterId } = request.params
      return deps.database.readInOrganisation(organisationId, async (trx) => {
        const matter = await getMatter(trx, organisationId, matterId)
        const access = await listAccess(trx, organisationId, matterId)
        return { ...toMatter(matter), access: access.map(toAccess) }
      })
    },
  )
}

function readsRoute(server: HttpServer, deps: StaffRouteDeps): void {
  server.get(
    '/v1/matters/:matterId/reads',
    {
      config: { access: read },
      schema: {
        operationId: 'listMatterReads',
        summary: 'List what lawyers read for a matter, in order',
        tags,
        params: MatterParams,
        querystring: pageQuery({}),
        response: { 200: pageOf(ReadShape, 'StaffReadPage'), ...problemResponses('matter-not-found') },
      },
    },
    async (request, reply) => {
      const { organisationId } = request.caller
      const { matterId } = request.params
      const { size, after } = deps.paging.read(request)
      const from = after === undefined ? undefined : String(after[0])
      const rows = await deps.database.readInOrganisation(organisationId, async (trx) => {
        await getMatter(trx, organisationId, matterId)
        return listReads(trx, organisationId, matterId, from, size + 1)
      })
      const page = cutPage(rows, size, (each) => [each.readId])
      const items = page.items.map(({ clientId, ...each }) => ({ ...each, staffId: clientId as string, thing: each.thing as 'person' })) // prettier-ignore
      return deps.paging.answer(request, reply, { ...page, items })
    },
  )
}

/** A moment with any offset, as an instant; RFC 3339 allows a leap second, which has none. */
function momentOf(text: string): Instant {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw problem('matter-access-unfit')
  return instantFromDate(date)
}

/** What a lawyer who signed in sees of a list: their own, now. */
function ownOnly({ platform }: StaffRouteDeps, request: AnyRequest) {
  const { role, staff, clientId } = request.caller
  if (role !== 'lawyer' || staff === undefined) return {}
  return { openTo: { clientId, moment: platform.clock() } }
}

function toMatter(matter: Matter) {
  const { subject, ...rest } = matter
  return {
    ...rest,
    subject: { kind: subject.kind, id: subject.kind === 'person' ? subject.personId : subject.policyId },
  }
}

function toAccess({ clientId, ...access }: MatterAccess) {
  return { ...access, staffId: clientId as string }
}
