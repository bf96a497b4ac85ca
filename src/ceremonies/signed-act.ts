import { requirementOn } from '#assurance'
import type { OrganisationId } from '#core'
import { civilDateIn, problem, ProblemError } from '#core'
import type { Database, Gathering } from '#database'
import { gathering } from '#database'
import type { BegunSigning, Requester, SigningAnswer, SigningMethod, SigningSession } from '#signing'
import { contextStatement } from './act-batch-statements.ts'
import { declarationOf } from './act-declaration.ts'
import { decideAct } from './act-decisions.ts'
import type { ActCase } from './act-decisions.ts'
import { contextsIn } from './act-reads.ts'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, shownStatement } from './act-subject.ts'
import type { ActCommand, ActProof, LinkContext } from './act.ts'
import { subjectIdOf } from './act.ts'
import type { LinkCredential } from './link.ts'
import { organisationName } from './organisation-name.ts'
import type { CeremonyDeps } from './presentation.ts'
import { readSubjects } from './subject-reader.ts'

export type SignedActDeps = CeremonyDeps & { readonly signingMethods: readonly SigningMethod[] }

/** Who is about to act, and on what: the link of the ceremony, and how its person is known. */
export type Actor = {
  readonly credential: LinkCredential
  readonly session: SigningSession
  /** The record of how they are known, in canonical JSON; null where a link is all there is. */
  readonly authentication: string | null
  /**
   * Who they are. What is known of the holder of a link is in its context, where that has been read. Throws as
   * `requesterOf` does.
   */
  readonly requester: (context?: LinkContext) => Promise<Requester>
}

/** Somebody in a session of their own who is about to act on a ceremony. */
export function knownActor(credential: LinkCredential, requester: Requester): Actor {
  const { organisationId, session, authentication } = requester
  return {
    credential,
    session: { organisationId, session },
    authentication,
    requester: async () => requester,
  }
}

/**
 * Begins to sign an act. What would be refused when it is recorded is refused here, before the person signs it: the same
 * decision over the same facts. Throws its codes, `assurance-too-low` when no way of signing that is at hand suffices, and
 * those of `SigningMethod.begin`.
 */
export async function beginSignedAct(
  deps: SignedActDeps,
  actor: Actor,
  methodName: string,
  command: ActCommand,
): Promise<BegunSigning> {
  const method = methodOf(deps, methodName)
  const { context, subject, ...act } = await caseOf(deps, actor, command)
  decide({ context, ...act, assurance: 'qualified' })
  const begun = await method.begin(await actor.requester(context), declarationOf(context, subject, command))
  decide({ context, ...act, assurance: begun.assurance })
  return begun
}

/**
 * The proof of an act that was signed. That the act is word for word what was signed, by its own person, is decided where it
 * is recorded. Throws the codes of `SigningMethod.complete`.
 */
export async function signedProof(
  deps: SignedActDeps,
  actor: Actor,
  methodName: string,
  answer: SigningAnswer,
): Promise<ActProof> {
  try {
    const { signer, declaration, ...proof } = await methodOf(deps, methodName).complete(actor.session, answer)
    return { ...proof, authentication: actor.authentication, signed: { signer, declaration } }
  } catch (error) {
    // Nothing was asked of a link that does not exist; then that is what is wrong.
    if (error instanceof ProblemError && error.code === 'signing-challenge-unknown') await actor.requester()
    throw error
  }
}

function methodOf({ signingMethods }: SignedActDeps, name: string): SigningMethod {
  const method = signingMethods.find((each) => each.name === name)
  if (method === undefined) throw problem('signing-unavailable')
  return method
}

function decide(act: ActCase): void {
  const outcome = decideAct(act)
  if (outcome.kind === 'accepted') return
  const { code, kind: _kind, ...options } = outcome
  throw problem(code, options)
}

type Found = Omit<ActCase, 'assurance'> & { readonly subject: ActSubject }

/** Everything that the decision about an act rests on, as it is now and without the lock of the ledger. */
async function caseOf(
  { platform, database }: CeremonyDeps,
  actor: Actor,
  command: ActCommand,
): Promise<Found> {
  const { organisationId, tokenSha256 } = actor.credential
  const context = await contextsOf(database)(organisationId, { tokenSha256, command })
  if (context === undefined) {
    await actor.requester()
    throw problem('credentials-missing')
  }
  const subject = (await readSubjects(database, organisationId, [context])).get(subjectIdOf(context)) ?? null
  if (subject === null) throw problem('content-erased')
  const name = await organisationName(database, organisationId)
  const now = platform.clock()
  const shown = shownStatement(subject, name, command.statementId, command.language)
  const today = civilDateIn(now)
  const requirement = requirementOn(purposeOf(subject), context.assuranceRules, today)
  return { context, subject, shown, command, requirement, now, today }
}

type Asked = { readonly tokenSha256: Buffer; readonly command: ActCommand }

const gatherings = new WeakMap<Database, Gathering<Asked, LinkContext | undefined>>()

/** Looks up what stands behind a link, together with all who ask at the same time (decision 0177). */
function contextsOf(database: Database): Gathering<Asked, LinkContext | undefined> {
  const made =
    gatherings.get(database) ??
    gathering(async (organisationId: OrganisationId, asked: readonly Asked[]) => {
      const [answer] = await database.batchInOrganisation(organisationId, [contextStatement(organisationId, asked)], { readOnly: true, keepPlans: true }) // prettier-ignore
      const contexts = contextsIn(answer!.rows)
      return asked.map((_, position) => ({ status: 'fulfilled', value: contexts.get(position) }) as const)
    })
  gatherings.set(database, made)
  return made
}
