import { assurances, meets } from '#assurance'
import type { Language } from '#people'
import { fillContent } from '#policies/model'
import type { PolicyContent } from '#policies/model'
import type { PublishedVersion } from '#policies'
import { answerFrom, needsReason } from './act-decisions.ts'
import { languagesOf, purposeOf, shownStatement } from './act-subject.ts'
import { mainStatementId } from './act.ts'
import { documentsOf } from './ceremony-documents.ts'
import type { CeremonyAct } from './ceremony-view.ts'
import { assuranceNote } from './evidence-limits.ts'
import type { Presentation } from './presentation.ts'
import { choiceLabel } from './statement-texts.ts'

/** What the page gets: every text in one language with its placeholders filled in, as it stands in the document. */
export function presentationAnswer(presentation: Presentation) {
  const { language, view, subject, state, expiresAt } = presentation
  const [document] = documentsOf(subject, language)
  const statements = statementAnswers(presentation)
  const main = statements.find(({ statementId }) => statementId === mainStatementId)!
  return {
    state,
    assignmentId: view.assignmentId,
    language,
    languages: [...languagesOf(subject)],
    organisationName: view.organisationName,
    personName: view.personName,
    dueDate: view.dueDate,
    expiresAt,
    purpose: purposeOf(subject),
    policy: subject.kind === 'policy' ? policyAnswer(subject.version, language) : null,
    document: { sha256: document!.sha256, title: document!.title, byteLength: document!.byteLength },
    documents: documentsOf(subject, language).map((each) => ({ ...each })),
    references:
      subject.kind === 'bundle' ? subject.bundle.manifest.references.map((each) => ({ ...each })) : [],
    statements,
    choices: main.choices,
    requirement: requirementAnswer(presentation),
    assuranceNote: assuranceNote(language),
    supersededBy: view.end?.supersededBy ?? null,
    act: main.act,
  }
}

function statementAnswers({ subject, view, language }: Presentation) {
  const asked =
    subject.kind === 'bundle'
      ? subject.bundle.manifest.statements
      : [{ statementId: mainStatementId, kind: 'main' as const, subject: subject.version.policyName }]
  return asked.map((each) => {
    const shown = shownStatement(subject, view.organisationName, each.statementId, language)!
    return {
      statementId: each.statementId,
      kind: each.kind,
      subject: each.subject,
      choices: shown.choices.map((choice) => ({
        choice,
        label: choiceLabel(choice, language),
        statement: shown.sentence(choice),
        reasonRequired: needsReason(choice),
      })),
      act: actOn(view.acts, each.statementId),
    }
  })
}

function actOn(acts: readonly CeremonyAct[], statementId: string) {
  const act = acts.find((each) => each.statementId === statementId)
  return act === undefined ? null : { actId: act.actId, choice: act.choice, actedAt: act.actedAt }
}

/** What it takes to answer: how well the person must be known, whether they are, what else would do, and from when. */
function requirementAnswer({ requirement, assurance, openedAt }: Presentation) {
  const { level, minReadingSeconds } = requirement
  return {
    assurance: level,
    known: assurance,
    met: meets(assurance, level),
    suffices: assurances.filter((each) => meets(each, level)),
    minReadingSeconds: minReadingSeconds,
    answerFrom: openedAt === null ? null : answerFrom(openedAt, requirement),
  }
}

function policyAnswer(version: PublishedVersion, language: Language) {
  return {
    name: version.policyName,
    versionNumber: version.versionNumber,
    effectiveFrom: version.effectiveFrom,
    legalNature: version.legalNature,
    ...shownTexts(fillContent(version.content), language),
  }
}

function shownTexts(content: PolicyContent, language: Language) {
  const inLanguage = (text: { nl?: string; en?: string }): string => text[language] ?? ''
  return {
    title: inLanguage(content.title),
    introduction: content.introduction.map(inLanguage),
    changeSummary: inLanguage(content.changeSummary),
    rules: content.rules.map((rule, index) => ({
      number: index + 1,
      id: rule.id,
      heading: inLanguage(rule.heading),
      text: inLanguage(rule.text),
      modality: rule.modality,
      scope: rule.scope,
      legalNature: rule.legalNature,
      sanctionReference: rule.sanctionReference ?? null,
    })),
    sections: content.sections.map((section) => ({
      id: section.id,
      heading: inLanguage(section.heading),
      paragraphs: section.paragraphs.map(inLanguage),
    })),
  }
}
