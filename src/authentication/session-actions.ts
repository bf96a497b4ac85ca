import type { AssignmentId, EntryId, Instant, OrganisationId, PersonId } from '#core'
import { addMilliseconds, sha256Hex } from '#core'
import type { Transaction } from '#database'
import { appendEntries } from '#evidence'
import type { Platform } from '#platform'
import type { Authentication, RecordParts } from './authentication.ts'
import { authenticationRecord } from './authentication.ts'
import { freshness_ms, sessionLife_ms } from './session-decisions.ts'
import { insertAuthentication, insertSession } from './session-store.ts'
import type { PersonSession, Session } from './session.ts'
import { makeSessionToken } from './session.ts'

/** A session that was just opened. `cookie` is the value for the browser; it exists nowhere else and is not told again. */
export type OpenedSession<Kind extends Session = Session> = {
  readonly cookie: string
  readonly session: Kind
}

/**
 * A proof of now, or of the moment that is named, with its record. How long it stands follows from the method.
 */
export function makeAuthentication(
  platform: Pick<Platform, 'clock' | 'newId'>,
  parts: Omit<RecordParts, 'authenticationId' | 'at'> & { readonly at?: Instant },
): Authentication {
  const at = parts.at ?? platform.clock()
  const authenticationId = platform.newId()
  return {
    authenticationId,
    method: parts.method,
    assurance: parts.assurance,
    at,
    freshUntil: addMilliseconds(at, freshness_ms[parts.method]),
    record: authenticationRecord({ ...parts, authenticationId, at }),
  }
}

export type VisitRequest = {
  readonly organisationId: OrganisationId
  readonly personId: PersonId
  readonly assignmentId: AssignmentId
  readonly linkTokenSha256: Buffer
  readonly userAgent: string
}

/**
 * Opens a visit: this browser may deal with the one ceremony of a link for two hours. It proves a mailbox that the employer
 * manages, and nothing more. No entry in the ledger: that the link was opened is recorded where it is shown.
 */
export async function openVisitSession(
  platform: Platform,
  trx: Transaction,
  request: VisitRequest,
): Promise<OpenedSession> {
  const { organisationId, personId, assignmentId, linkTokenSha256, userAgent } = request
  const authentication = makeAuthentication(platform, {
    organisationId,
    personId,
    method: 'link',
    assurance: 'mailbox-employer',
  })
  const { cookie, tokenSha256, common } = draw(platform, request, authentication, 'visit')
  const visit = { linkTokenSha256, assignmentId }
  await insertSession(trx, organisationId, { ...common, tokenSha256, userAgent, visit }, { ...authentication, entryId: null }) // prettier-ignore
  return { cookie, session: { ...common, organisationId, userAgent, authentications: [authentication], kind: 'visit', ...visit } } // prettier-ignore
}

/**
 * Opens a session of the person on a proof that was just given. The token is always new, whatever session the browser had
 * before. An entry `person-authenticated`; it locks the ledger, so call it last in the transaction.
 */
export async function openPersonSession(
  platform: Platform,
  trx: Transaction,
  request: Omit<VisitRequest, 'assignmentId' | 'linkTokenSha256'> & {
    readonly authentication: Authentication
  },
): Promise<OpenedSession<PersonSession>> {
  const { organisationId, personId, userAgent, authentication } = request
  const { cookie, tokenSha256, common } = draw(platform, request, authentication, 'person')
  const entryId = await recordAuthentication(platform, trx, { organisationId, personId, sessionId: common.sessionId }, authentication) // prettier-ignore
  await insertSession(trx, organisationId, { ...common, tokenSha256, userAgent, visit: null }, { ...authentication, entryId }) // prettier-ignore
  return { cookie, session: { ...common, personId, organisationId, userAgent, authentications: [authentication], kind: 'person', linkTokenSha256: null, assignmentId: null } } // prettier-ignore
}

/**
 * Adds a further proof to a session: a step up. Answers the session with it. An entry `person-authenticated`; it locks the
 * ledger, so call it last in the transaction. What the person may see does not grow: a visit stays a visit.
 */
export async function addAuthentication<Kind extends Session>(
  platform: Platform,
  trx: Transaction,
  session: Kind,
  authentication: Authentication,
): Promise<Kind> {
  const entryId = await recordAuthentication(platform, trx, session, authentication)
  await insertAuthentication(trx, session.organisationId, session, { ...authentication, entryId })
  return { ...session, authentications: [...session.authentications, authentication] }
}

function draw(
  platform: Platform,
  { organisationId, personId }: Pick<VisitRequest, 'organisationId' | 'personId'>,
  { at }: Authentication,
  kind: Session['kind'],
) {
  const { text, tokenSha256 } = makeSessionToken(organisationId, platform.randomBytes)
  const expiresAt: Instant = addMilliseconds(at, sessionLife_ms[kind])
  return { cookie: text, tokenSha256, common: { sessionId: platform.newId(), personId, createdAt: at, expiresAt } } // prettier-ignore
}

async function recordAuthentication(
  platform: Platform,
  trx: Transaction,
  session: {
    readonly organisationId: OrganisationId
    readonly personId: PersonId
    readonly sessionId: string
  },
  authentication: Authentication,
): Promise<EntryId> {
  const { authenticationId, method, assurance, at, record } = authentication
  const entryId = platform.newId() as EntryId
  const { personId, sessionId } = session
  const facts = { authenticationId, personId, sessionId, method, assurance, recordSha256: sha256Hex(record) }
  await appendEntries(platform, trx, session.organisationId, [
    { entryId, kind: 'person-authenticated', at, facts },
  ])
  return entryId
}
