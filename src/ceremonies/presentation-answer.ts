import type { Language } from '#people'
import { fillContent } from '#policies/model'
import type { PolicyContent } from '#policies/model'
import { assuranceNote } from './evidence-limits.ts'
import { offeredChoices } from './presentation.ts'
import type { Presentation } from './presentation.ts'
import { statementSubject } from './statement-subject.ts'
import { choiceLabel } from './statement-texts.ts'

/** What the page gets: every text in one language with its placeholders filled in, as it stands in the document. */
export function presentationAnswer(presentation: Presentation) {
  const { language, view, version, state } = presentation
  const edition = version.editions.find((each) => each.language === language)!
  const subject = statementSubject(view.organisationName, version, language)!
  return {
    state,
    language,
    languages: version.editions.map((each) => each.language),
    organisationName: view.organisationName,
    personName: view.personName,
    dueDate: view.dueDate,
    expiresAt: view.expiresAt,
    policy: {
      name: version.policyName,
      versionNumber: version.versionNumber,
      effectiveFrom: version.effectiveFrom,
      legalNature: version.legalNature,
      ...shownTexts(fillContent(version.content), language),
    },
    document: { sha256: edition.sha256, title: edition.title, byteLength: edition.byteLength },
    choices: offeredChoices(subject, language).map((offer) => ({
      ...offer,
      label: choiceLabel(offer.choice, language),
    })),
    assuranceNote: assuranceNote(language),
    act:
      view.act === null
        ? null
        : { actId: view.act.actId, choice: view.act.choice, actedAt: view.act.actedAt },
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
