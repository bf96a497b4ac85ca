import type { Language } from '#people'
import type { PublishedVersion } from '#policies'
import type { StatementSubject } from './statement-texts.ts'

/** What the statements of a version speak of, in one language; undefined when it has no such edition. */
export function statementSubject(
  organisationName: string,
  version: PublishedVersion,
  language: Language,
): StatementSubject | undefined {
  const edition = version.editions.find((each) => each.language === language)
  if (edition === undefined) return undefined
  return {
    title: edition.title,
    versionNumber: version.versionNumber,
    organisationName,
    effectiveFrom: version.effectiveFrom,
    legalNature: version.legalNature,
  }
}
