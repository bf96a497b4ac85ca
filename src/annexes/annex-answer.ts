import type { OrganisationId } from '#core'
import { getTemplate } from '#clauses'
import type { Transaction } from '#database'
import { mayGoOn, passSentence, type Evaluation, type Standing } from '#jurisdictions'
import { standingOnWire, type CheckView, type KeptReview } from '#legal-checks'
import type { Annex, AnnexContent, ComposedClause, CounselWord } from './annex.ts'
import { counselOn } from './clause-composition.ts'

/** What is said today of the text of a clause, which stays as it was composed. */
export type ClauseToday = {
  readonly clauseId: string
  readonly counsel: CounselWord
  readonly newestVersion: number
}

/** What counsel says today of the texts that clauses were made from, and which version is the newest. */
export async function clausesToday(
  trx: Transaction,
  organisationId: OrganisationId,
  clauses: readonly ComposedClause[],
): Promise<ClauseToday[]> {
  const today: ClauseToday[] = []
  for (const { clauseId, templateId, versionNumber } of clauses) {
    const template = await getTemplate(trx, organisationId, templateId)
    const newestVersion = template.versions.at(-1)?.versionNumber ?? versionNumber
    today.push({ clauseId, counsel: counselOn(template, versionNumber), newestVersion })
  }
  return today
}

/** A content on the wire. */
export function contentAnswer(content: AnnexContent) {
  const { title, clauses, policies, relations } = content
  return {
    title,
    clauses: clauses.map((clause) => ({
      clauseId: clause.clauseId,
      kind: clause.kind,
      clauseTemplateId: clause.templateId,
      versionNumber: clause.versionNumber,
      contentSha256: clause.contentSha256,
      counsel: clause.counsel,
      values: clause.values,
      heading: clause.heading,
      paragraphs: [...clause.paragraphs],
      motivation:
        clause.motivation === null
          ? null
          : {
              ...clause.motivation,
              interests: [...clause.motivation.interests],
              sameTextFor: [...clause.motivation.sameTextFor],
            },
      months: clause.facts.months ?? null,
      relationList: clause.relationList,
      exemptions: [...clause.exemptions],
    })),
    policies: policies.map(({ policyId, versionNumber, name, effectiveFrom, documentSha256 }) => ({
      policyId,
      versionNumber,
      name,
      effectiveFrom,
      documentSha256,
    })),
    relations: [...relations],
  }
}

/** An annex on the wire. Who made it stands in the ledger, and in no answer: the schema has no place for it. */
export function annexAnswer({ content, ...annex }: Annex) {
  return { ...annex, content: content === null ? null : contentAnswer(content) }
}

/** What the rules said of a draft that is kept, as it stands today. */
export function draftCheckAnswer({ check, standings, mayGoOn: may }: CheckView) {
  const { legalCheckId, ruleSetVersion, regime, asOf } = check
  return {
    legalCheckId,
    ruleSetVersion,
    regime,
    asOf,
    passMeans: passSentence,
    mayGoOn: may,
    findings: standings.map(standingOnWire),
  }
}

/** The same of a preview, of which nothing is kept. */
export function previewCheckAnswer(
  { ruleSetVersion, regime, asOf }: Evaluation,
  standings: readonly Standing<KeptReview>[],
) {
  return {
    legalCheckId: null,
    ruleSetVersion,
    regime,
    asOf,
    passMeans: passSentence,
    mayGoOn: mayGoOn(standings),
    findings: standings.map(standingOnWire),
  }
}
