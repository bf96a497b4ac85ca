import { problem } from '#core'
import type { AnyRequest, Caller, StaffAuthority } from '#http'
import { readCookie, requireSameOrigin } from '#http'
import { effectiveRights, lawyerSessionRights, type RightName, type RoleName } from '#identity'
import { decideRead } from './matter-decisions.ts'
import { insertRead, listHeldAccess } from './matter-store.ts'
import { thingOf } from './route-things.ts'
import { isAlive, needsStepUp, seenAt } from './session-decisions.ts'
import { findSession, touchSession } from './session-store.ts'
import { readToken, type TokenPlace } from './session-token.ts'
import type { StaffDeps } from './sign-in-actions.ts'
import { staffCookie, type StaffSession } from './staff.ts'
import { findBelongings } from './thing-view.ts'

/** A session that is alive, and where it belongs. */
export type PresentSession = StaffSession & Pick<TokenPlace, 'organisationId'>

/** What a human may do in a role: that of a program with it, and of a lawyer only what reads. */
export function staffRights(role: RoleName): ReadonlySet<RightName> {
  const rights = effectiveRights(role, null)
  return role === 'lawyer' ? new Set([...rights].filter((right) => lawyerSessionRights.has(right))) : rights
}

/** The session of a request's cookie while it is alive; a request moves the end of its idleness. */
export async function presentSession(
  deps: StaffDeps,
  request: AnyRequest,
): Promise<PresentSession | undefined> {
  const cookie = readCookie(request, staffCookie)
  const place = cookie === undefined ? undefined : readToken(cookie)
  if (place === undefined) return undefined
  const { organisationId, tokenSha256 } = place
  const moment = deps.platform.clock()
  const session = await deps.database.readInOrganisation(organisationId, (trx) =>
    findSession(trx, organisationId, tokenSha256),
  )
  if (session === undefined || !isAlive(session, moment)) return undefined
  const seen = seenAt(session, moment)
  if (seen !== undefined)
    await deps.database.inOrganisation(organisationId, (trx) =>
      touchSession(trx, organisationId, session.sessionId, seen),
    )
  return { ...session, organisationId }
}

/**
 * Lets people of the employer and its lawyers call what programs with keys call. Unsafe methods must come from a page of
 * this address; what binds the organisation or leaves it needs a second factor of the last five minutes; and a lawyer reads
 * only what belongs to a matter that was opened to them, with every read written down before it is answered.
 */
export function createStaffAuthority(deps: StaffDeps): StaffAuthority {
  return {
    authenticate: async (request) => {
      const session = await presentSession(deps, request)
      if (session === undefined) return undefined
      requireSameOrigin(request)
      return callerOf(session)
    },
    admit: (request, caller) => {
      const { access } = request.routeOptions.config
      const right = typeof access === 'object' ? access.right : 'any'
      if (needsStepUp(right, caller.staff!.secondFactorAt, deps.platform.clock()))
        throw problem('step-up-required')
    },
    admitRead: async (request, caller) => {
      if (caller.role === 'lawyer') await admitLawyer(deps, request, caller)
    },
  }
}

function callerOf(session: PresentSession): Caller {
  const { organisationId, clientId, role, sessionId, name, issuer, subject, secondFactorAt } = session
  const staff = { sessionId, name, issuer, subject, secondFactorAt }
  return { organisationId, clientId, role, rights: staffRights(role), staff }
}

async function admitLawyer(deps: StaffDeps, request: AnyRequest, caller: Caller): Promise<void> {
  const operation = `${request.method === 'HEAD' ? 'GET' : request.method} ${request.routeOptions.url}`
  const thing = thingOf(operation, request)
  if (thing === 'open') return
  if (thing === undefined) throw problem('outside-matter')
  const { organisationId, clientId } = caller
  const moment = deps.platform.clock()
  await deps.database.inOrganisation(organisationId, async (trx) => {
    const all = await listHeldAccess(trx, organisationId, clientId)
    const held = thing.kind === 'matter' ? all.filter(({ matterId }) => matterId === thing.id) : all
    const candidates = held.flatMap(({ subject }) => (subject.kind === 'person' ? [subject.personId] : []))
    const belongings = await findBelongings(trx, organisationId, thing, candidates)
    const access = decideRead(belongings, held, moment)
    if (access === undefined) throw problem('outside-matter')
    await insertRead(trx, organisationId, {
      readId: deps.platform.newId(),
      matterId: access.matterId,
      accessId: access.accessId,
      clientId,
      sessionId: caller.staff!.sessionId,
      operation,
      thing: thing.kind,
      thingId: thing.id,
      requestId: request.id,
      readAt: moment,
    })
  })
}
