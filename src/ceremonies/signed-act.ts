import { requirementOn } from '#assurance'
import type { OrganisationId } from '#core'
import { canonicalJson, civilDateIn, problem } from '#core'
import { getOrganisation } from '#organisations'
import type { BegunSigning, Declaration, Requester, SigningAnswer, SigningMethod } from '#signing'
import { decideAct } from './act-decisions.ts'
import type { ActCase } from './act-decisions.ts'
import { readContexts } from './act-reads.ts'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, shownStatement, signedDocuments } from './act-subject.ts'
import type { ActCommand, ActProof, LinkContext } from './act.ts'
import type { LinkCredential } from './link.ts'
import type { CeremonyDeps } from './presentation.ts'
import { readSubject } from './subject-reader.ts'

export type SignedActDeps = CeremonyDeps & { readonly signingMethods: readonly SigningMethod[] }

/** Who is about to act, and on what: the link of the ceremony, and how its person is known. */
export type Actor = { readonly credential: LinkCredential; readonly requester: Requester }

/**
 * Begins to sign an act. What would be refused when it is recorded is refused here, before the person signs it: the same
 * decision over the same facts. Throws its codes, `assurance-too-low` when no way of signing that is at hand suffices, and
 * those of `SigningMethod.begin`.
 */
export async function beginSignedAct(
  deps: SignedActDeps,
  { credential, requester }: Actor,
  methodName: string,
  command: ActCommand,
): Promise<BegunSigning> {
  const method = methodOf(deps, methodName)
  const { context, subject, ...act } = await caseOf(deps, credential, command)
  decide({ context, ...act, assurance: 'qualified' })
  const begun = await method.begin(requester, declarationOf(context, subject, command))
  decide({ context, ...act, assurance: begun.assurance })
  return begun
}

/**
 * The proof of an act that was signed. Throws `signing-declaration-changed` when the act is not word for word what was
 * signed, on this ceremony and this statement, and the codes of `SigningMethod.complete`.
 */
export async function signedProof(
  deps: SignedActDeps,
  { credential, requester }: Actor,
  methodName: string,
  command: ActCommand,
  answer: SigningAnswer,
): Promise<ActProof> {
  const { declaration, ...proof } = await methodOf(deps, methodName).complete(requester, answer)
  const { context, subject } = await caseOf(deps, credential, command)
  if (canonicalJson(declaration) !== canonicalJson(declarationOf(context, subject, command)))
    throw problem('signing-declaration-changed')
  return { ...proof, authentication: requester.authentication }
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
  { organisationId, tokenSha256 }: LinkCredential,
  command: ActCommand,
): Promise<Found> {
  const context = await contextOf(database, organisationId, tokenSha256, command)
  if (context === undefined) throw problem('credentials-missing')
  return database.readInOrganisation(organisationId, async (trx) => {
    const subject = await readSubject(trx, organisationId, context)
    const { name } = await getOrganisation(trx, organisationId)
    const now = platform.clock()
    const shown = shownStatement(subject, name, command.statementId, command.language)
    const today = civilDateIn(now)
    const requirement = requirementOn(purposeOf(subject), context.assuranceRules, today)
    return { context, subject, shown, command, requirement, now, today }
  })
}

async function contextOf(
  database: CeremonyDeps['database'],
  organisationId: OrganisationId,
  tokenSha256: Buffer,
  command: ActCommand,
): Promise<LinkContext | undefined> {
  return database.withClient(async (client) => {
    await client.query(`begin read only; set local beding.organisation = '${organisationId}'`)
    try {
      const contexts = await readContexts(client, organisationId, [{ tokenSha256, command }])
      return contexts.get(0)
    } finally {
      await client.query('rollback')
    }
  })
}

function declarationOf(context: LinkContext, subject: ActSubject, command: ActCommand): Declaration {
  const { statementId, choice, statement, reason, language } = command
  return {
    ceremonyId: context.assignmentId,
    statementId,
    purpose: purposeOf(subject),
    ...signedDocuments(subject, command.documentSha256),
    choice,
    statement,
    reason,
    language,
  }
}
