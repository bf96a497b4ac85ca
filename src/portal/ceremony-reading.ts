import { findLastAccepted, openLink, presentationAnswer, sessionLink } from '#ceremonies'
import type { LinkCredential, Presentation } from '#ceremonies'
import type { Session } from '#authentication'
import type { AssignmentId, Instant } from '#core'
import { getVersionById } from '#policies'
import type { AnyRequest } from '#http'
import { changesBetween } from './changes.ts'
import type { CeremonyState, ChangesSince, ShownCeremony, ShownText } from './ceremony-values.ts'
import { knownTo } from './known.ts'
import type { Known, KnownDeps } from './known.ts'
import type { Visitor } from './visitor.ts'
import { userAgentOf } from '#authentication'
import { networkClassOf } from '#ceremonies'

/** A ceremony that somebody opened, with the link by which it is acted on. */
export type OpenedCeremony = {
  readonly credential: LinkCredential
  readonly presentation: Presentation
  readonly shown: ShownCeremony
  readonly known: Known
}

/**
 * Opens a ceremony for the session of a request: the first time in a language this is recorded as its opening. Throws
 * `assignment-not-found` for one that is not this session's, and `content-erased`.
 */
export async function openCeremony(
  deps: KnownDeps,
  request: AnyRequest,
  visitor: Visitor & { readonly session: Session },
  assignmentId: AssignmentId,
): Promise<OpenedCeremony> {
  const { session, language } = visitor
  const { organisationId } = session
  const known = await knownTo(deps, session)
  const credential = await deps.database.inOrganisation(organisationId, (trx) =>
    sessionLink(deps.platform, trx, session, assignmentId),
  )
  const presentation = await openLink(deps, credential, {
    language,
    userAgent: userAgentOf(request),
    networkClass: networkClassOf(request.ip),
    assurance: known.assurance,
  })
  const since = await changesSince(deps, session, presentation)
  const shown = toShown(presentationAnswer(presentation), since, known, deps.platform.clock())
  return { credential, presentation, shown, known }
}

async function changesSince(
  { database }: Pick<KnownDeps, 'database'>,
  { organisationId, personId }: Session,
  { subject, language }: Presentation,
): Promise<ChangesSince | null> {
  if (subject.kind !== 'policy') return null
  const newer = subject.version
  return database.readInOrganisation(organisationId, async (trx) => {
    const last = await findLastAccepted(trx, organisationId, personId, newer.versionId)
    if (last === null) return null
    const older = await getVersionById(trx, organisationId, last.versionId)
    return changesBetween(older, newer, last.actedAt, language)
  })
}

type Answer = ReturnType<typeof presentationAnswer>

/** Everything about a ceremony as its pages show it. */
function toShown(answer: Answer, since: ChangesSince | null, known: Known, now: Instant): ShownCeremony {
  const { policy, requirement } = answer
  const { answerFrom } = requirement
  const sign = !known.canSign(requirement.assurance) ? null : requirement.met ? 'optional' : 'required'
  return {
    ceremonyId: answer.assignmentId,
    state: answer.state as CeremonyState,
    language: answer.language,
    organisationName: answer.organisationName,
    personName: answer.personName,
    purpose: answer.purpose,
    title: policy?.title ?? answer.document.title,
    versionNumber: policy?.versionNumber ?? null,
    effectiveFrom: policy?.effectiveFrom ?? null,
    dueDate: answer.dueDate,
    expiresAt: answer.expiresAt,
    text: policy === null ? null : toText(policy),
    since,
    documents: answer.documents.map((document) => ({
      ...document,
      mark: document.mark ?? '',
      references: answer.references.filter((one) => one.to === document.sha256),
    })),
    statements: answer.statements as ShownCeremony['statements'],
    answerFrom: answerFrom === null || answerFrom <= now ? null : answerFrom,
    assurance: {
      required: requirement.assurance,
      actual: requirement.known,
      met: requirement.met || sign === 'required',
      sign,
      ways: known.waysTo(requirement.assurance, answer.assignmentId),
      canStrengthen: known.canStrengthen,
    },
    successorId: answer.supersededBy,
  }
}

function toText({ introduction, changeSummary, rules, sections }: ShownText): ShownText {
  return { introduction, changeSummary, rules, sections }
}
