import type { Purpose } from '#assurance'
import type { Language } from '#people'
import type { PublishedVersion } from '#policies'
import type { ShownStatement } from './act-decisions.ts'
import { choicesFor } from './act-decisions.ts'
import type { FactValue } from './act-facts.ts'
import { mainStatementId } from './act.ts'
import type { Bundle } from './bundle.ts'
import { mainDocument } from './bundle.ts'
import { bundleStatementText, choicesForPurpose } from './bundle-texts.ts'
import { statementSubject } from './statement-subject.ts'
import { statementText } from './statement-texts.ts'

/** What a ceremony is about, as it was frozen. */
export type ActSubject =
  | { readonly kind: 'policy'; readonly version: PublishedVersion }
  | { readonly kind: 'bundle'; readonly bundle: Bundle }

/** What an act on this is for. A policy says by its legal nature what it asks of the people it is handed to. */
export function purposeOf(subject: ActSubject): Purpose {
  return subject.kind === 'policy' ? subject.version.legalNature : subject.bundle.manifest.purpose
}

/** The statements that are asked, the main one first. */
export function statementIdsOf(subject: ActSubject): readonly string[] {
  if (subject.kind === 'policy') return [mainStatementId]
  return subject.bundle.manifest.statements.map(({ statementId }) => statementId)
}

/** The languages in which it can be shown and answered. */
export function languagesOf(subject: ActSubject): readonly Language[] {
  if (subject.kind === 'bundle') return [subject.bundle.manifest.language]
  return subject.version.editions.map(({ language }) => language)
}

/** What is shown for a statement in a language; undefined where there is no such statement or edition. */
export function shownStatement(
  subject: ActSubject,
  organisationName: string,
  statementId: string,
  language: Language,
): ShownStatement | undefined {
  return subject.kind === 'policy'
    ? shownPolicy(subject.version, organisationName, statementId, language)
    : shownClause(subject.bundle, organisationName, statementId, language)
}

function shownPolicy(
  version: PublishedVersion,
  organisationName: string,
  statementId: string,
  language: Language,
): ShownStatement | undefined {
  const edition = version.editions.find((each) => each.language === language)
  const spoken = statementSubject(organisationName, version, language)
  if (statementId !== mainStatementId || edition === undefined || spoken === undefined) return undefined
  return {
    documentId: edition.documentId,
    documentSha256: edition.sha256,
    choices: choicesFor(spoken.legalNature),
    sentence: (choice) => statementText(choice, language, spoken),
  }
}

function shownClause(
  bundle: Bundle,
  organisationName: string,
  statementId: string,
  language: Language,
): ShownStatement | undefined {
  const { manifest } = bundle
  const statement = manifest.statements.find((each) => each.statementId === statementId)
  if (statement === undefined || language !== manifest.language) return undefined
  const { documentId, sha256 } = mainDocument(bundle)
  return {
    documentId,
    documentSha256: sha256,
    choices: choicesForPurpose(manifest.purpose),
    sentence: (choice) => bundleStatementText(choice, manifest, statement, organisationName),
  }
}

/** The facts of an act that tell what it is about. Facts of a policy are null for a bundle, and the other way round. */
export function subjectFacts(subject: ActSubject, language: Language): Readonly<Record<string, FactValue>> {
  if (subject.kind === 'bundle') {
    const { bundle } = subject
    return {
      policyId: null,
      policyName: null,
      versionNumber: null,
      effectiveFrom: null,
      bundleManifest: bundle.manifestText,
      documentTitle: mainDocument(bundle).title,
      otherEditionsSha256: [],
    }
  }
  const { version } = subject
  const shown = version.editions.find((edition) => edition.language === language)
  return {
    policyId: version.policyId,
    policyName: version.policyName,
    versionNumber: version.versionNumber,
    effectiveFrom: version.effectiveFrom,
    bundleManifest: null,
    documentTitle: shown?.title ?? '',
    otherEditionsSha256: version.editions
      .filter((edition) => edition.language !== language)
      .map((edition) => `${edition.language}:${edition.sha256}`),
  }
}

/**
 * What a signature is about: the hash of the manifest where there is a bundle, and the hashes of all documents in its
 * order; of a policy the one that is answered, which was held against what was shown.
 */
export function signedDocuments(
  subject: ActSubject,
  answeredSha256: string,
): { readonly bundleSha256: string | null; readonly documentSha256: readonly string[] } {
  if (subject.kind === 'policy') return { bundleSha256: null, documentSha256: [answeredSha256] }
  const { manifest, manifestSha256 } = subject.bundle
  return { bundleSha256: manifestSha256, documentSha256: manifest.documents.map(({ sha256 }) => sha256) }
}
