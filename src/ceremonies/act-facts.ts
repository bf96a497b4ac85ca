import { evidenceLevelOf } from '#assurance'
import type { OrganisationId } from '#core'
import type { Requirement } from './act-decisions.ts'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, subjectFacts } from './act-subject.ts'
import type { ActCommand, ActProof, LinkContext, RecordedAct } from './act.ts'

/** A fact of an entry. */
export type FactValue = string | number | boolean | null | readonly string[]

/** What an entry commits to beside the act itself. */
export type ActGround = {
  readonly organisation: { readonly organisationId: OrganisationId; readonly name: string }
  readonly subject: ActSubject
  readonly context: LinkContext
  readonly command: ActCommand
  readonly proof: ActProof
  readonly requirement: Requirement
}

/**
 * The facts that the entry of an act commits to, each under its own salt so that a dispute can disclose only what it
 * needs. The names are part of the format `act`: a verifier reads them, so they are never renamed, and every act has all
 * of them; what does not apply is null.
 */
export function actFacts(ground: ActGround, act: RecordedAct): Readonly<Record<string, FactValue>> {
  const { organisation, subject, context, command, proof, requirement } = ground
  return {
    organisationId: organisation.organisationId,
    organisationName: organisation.name,
    personId: context.personId,
    personName: context.personName,
    personExternalId: context.personExternalId,
    address: context.address,
    ...subjectFacts(subject, command.language),
    documentSha256: command.documentSha256,
    language: command.language,
    purpose: purposeOf(subject),
    statementId: command.statementId,
    statement: command.statement,
    choice: command.choice,
    reason: command.reason,
    deliveredAt: context.deliveredAt,
    deliveryChannel: context.deliveryChannel,
    openedAt: context.openedAt,
    actedAt: act.actedAt,
    method: proof.method,
    assurance: proof.assurance,
    evidenceLevel: evidenceLevelOf(proof.assurance),
    requiredAssurance: requirement.level,
    authentication: proof.authentication,
    signing: proof.signing,
    pageRelease: proof.pageRelease,
    userAgent: command.userAgent,
    networkClass: command.networkClass,
    assignmentId: context.assignmentId,
    actId: act.actId,
    personEntryNumber: act.personEntryNumber,
    previousPersonEntry: act.previousPersonEntry,
  }
}
