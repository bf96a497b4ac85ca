import type { OrganisationId } from '#core'
import type { PublishedVersion } from '#policies'
import { evidenceLevelOf } from './act-decisions.ts'
import type { ActCommand, LinkContext, RecordedAct } from './act.ts'

/** A fact of an entry. */
export type FactValue = string | number | boolean | null | readonly string[]

/**
 * The facts that the entry of an act commits to, each under its own salt so that a dispute can disclose only what it
 * needs. The names are part of the format `act` version 1: a verifier reads them, so they are never renamed.
 */
export function actFacts(
  organisation: { readonly organisationId: OrganisationId; readonly name: string },
  version: PublishedVersion,
  context: LinkContext,
  command: ActCommand,
  act: RecordedAct,
): Readonly<Record<string, FactValue>> {
  const shown = version.editions.find((edition) => edition.language === command.language)
  return {
    organisationId: organisation.organisationId,
    organisationName: organisation.name,
    personId: context.personId,
    personName: context.personName,
    personExternalId: context.personExternalId,
    address: context.address,
    policyId: version.policyId,
    policyName: version.policyName,
    versionNumber: version.versionNumber,
    effectiveFrom: version.effectiveFrom,
    documentSha256: command.documentSha256,
    documentTitle: shown?.title ?? '',
    language: command.language,
    otherEditionsSha256: version.editions
      .filter((edition) => edition.language !== command.language)
      .map((edition) => `${edition.language}:${edition.sha256}`),
    statement: command.statement,
    choice: command.choice,
    reason: command.reason,
    deliveredAt: context.deliveredAt,
    deliveryChannel: context.deliveryChannel,
    openedAt: context.openedAt,
    actedAt: act.actedAt,
    method: 'one-time-link',
    assurance: 'mailbox-employer',
    evidenceLevel: evidenceLevelOf('mailbox-employer'),
    userAgent: command.userAgent,
    networkClass: command.networkClass,
    assignmentId: context.assignmentId,
    actId: act.actId,
    personEntryNumber: act.personEntryNumber,
    previousPersonEntry: act.previousPersonEntry,
  }
}
