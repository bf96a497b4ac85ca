import { dayInWords } from '#core'
import type {
  ShownCeremony,
  ShownChange,
  ShownDocument,
  ShownRule,
  ShownStatement,
} from './ceremony-values.ts'
import { fingerprintGroups, kilobytes, minutesToRead, momentDayInWords, timeInWords } from './format.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** What is wrong with what somebody sent, and the field it is about. */
export type Mistake = { readonly text: string; readonly field: string | null }

const modalities = ['must', 'must-not', 'may', 'advised'] as const

/**
 * The page on which a person reads and chooses. It asks everything that has to be known before an answer: who asks what, by
 * when, what is at stake, the text, what changed, the documents with their hashes, and each statement with its choices.
 */
export function ceremonyPage(ceremony: ShownCeremony, w: Words, mistakes: readonly Mistake[] = []): Page {
  const { reading } = w
  const textLang = ceremony.language === w.language ? null : ceremony.language
  return {
    template: 'ceremony',
    title: `${mistakes.length > 0 ? w.attention : reading.place} – ${ceremony.title}`,
    scripts: ['document-check.js'],
    model: {
      ceremony,
      mistakes,
      textLang,
      step: reading.step(1, reading.steps),
      facts: factsOf(ceremony, w),
      onlyIn: textLang === null ? null : w.onlyIn[textLang],
      asked: reading.askedOf[ceremony.purpose],
      stake: reading.stakeOf[ceremony.purpose],
      changes: changesOf(ceremony, w),
      rules: rulesOf(ceremony.text?.rules ?? [], ceremony.purpose, w),
      legend: modalities
        .filter((modality) => ceremony.text?.rules.some((rule) => rule.modality === modality))
        .map((modality) => badgeOf(modality, w))
        .map((badge) => ({ ...badge, means: reading.modalityMeans[badge.modality] })),
      documents: ceremony.documents.map((document) => documentOf(ceremony, document, w)),
      outline: outlineOf(ceremony, w),
      known: knownOf(ceremony, w),
      waiting: ceremony.answerFrom === null ? null : w.answering.answerFrom(timeInWords(ceremony.answerFrom)),
      statements: ceremony.statements.map((one, index) => statementOf(ceremony, one, index, w)),
    },
  }
}

function factsOf(ceremony: ShownCeremony, w: Words) {
  const { reading } = w
  const texts = ceremony.text
  return [
    ...(ceremony.versionNumber === null
      ? []
      : [{ term: reading.version, text: String(ceremony.versionNumber) }]),
    ...(ceremony.effectiveFrom === null
      ? []
      : [{ term: reading.validFrom, text: dayInWords(ceremony.effectiveFrom, w.language) }]),
    { term: reading.answerBy, text: dayInWords(ceremony.dueDate, w.language) },
    ...(texts === null ? [] : [{ term: reading.readingTime, text: reading.minutes(minutesToRead([
      ...texts.introduction,
      texts.changeSummary,
      ...texts.rules.flatMap((rule) => [rule.heading, rule.text]),
      ...texts.sections.flatMap((section) => [section.heading, ...section.paragraphs]),
    ])) }]),
  ] // prettier-ignore
}

function badgeOf(modality: string, w: Words) {
  return { modality, text: w.reading.modality[modality] ?? modality }
}

function rulesOf(rules: readonly ShownRule[], purpose: string, w: Words) {
  const { reading } = w
  return rules.map((rule) => ({
    ...rule,
    badge: badgeOf(rule.modality, w),
    applies: reading.applies(
      reading.scope[rule.scope.time] ?? rule.scope.time,
      reading.scope[rule.scope.place] ?? rule.scope.place,
      reading.scope[rule.scope.account] ?? rule.scope.account,
    ),
    nature: rule.legalNature === purpose ? null : reading.ruleNature[rule.legalNature],
  }))
}

function changesOf({ since, text }: ShownCeremony, w: Words) {
  if (text === null) return null
  const summary = text.changeSummary === '' ? null : text.changeSummary
  if (since === null) return summary === null ? null : { lead: null, summary, parts: [], none: null }
  const day = momentDayInWords(since.actedAt, w.language)
  const lead = since.choice === 'agreed' ? w.reading.changesSince : w.reading.changesSinceSeen
  return {
    lead: lead(since.versionNumber, day),
    summary,
    none: since.parts.length === 0 ? w.reading.noneChanged : null,
    parts: since.parts.map((part) => changeOf(part, w)),
  }
}

function changeOf(part: ShownChange, w: Words) {
  const shown = (value: string | null): string | null =>
    value === null ? null : (w.reading.modality[value] ?? w.reading.scope[value] ?? value)
  return {
    status: part.status,
    label: w.reading.change[part.status],
    heading: part.heading,
    lines: part.changes.map((change) => ({ before: shown(change.before), after: shown(change.after) })),
  }
}

function documentOf(ceremony: ShownCeremony, document: ShownDocument, w: Words) {
  const { reading } = w
  const isMain = document.role === 'main'
  const single = ceremony.documents.length === 1
  const references = isMain
    ? []
    : document.references.length === 0
      ? [reading.notReferredTo]
      : document.references.map(({ text, page }) => reading.referredTo(text, page))
  return {
    ...document,
    role: single ? null : isMain ? reading.mainDocument : reading.annex(document.mark),
    lang: document.language === w.language ? null : document.language,
    size: [w.size(kilobytes(document.byteLength)), ...(document.pages === null ? [] : [w.pages(document.pages)])].join(', '), // prettier-ignore
    references,
    groups: fingerprintGroups(document.sha256),
    href: `/my/ceremonies/${ceremony.ceremonyId}/documents/${document.documentId}`,
  }
}

function statementOf(ceremony: ShownCeremony, statement: ShownStatement, index: number, w: Words) {
  const count = ceremony.statements.length
  return {
    ...statement,
    number: index + 1,
    part: count === 1 ? null : w.answering.part(index + 1, count),
    legend: count === 1 ? w.answering.choose : w.answering.chooseFor(statement.subject),
    acted: statement.act === null ? null : (w.choice[statement.act.choice] ?? statement.act.choice),
    action: `/my/ceremonies/${ceremony.ceremonyId}/confirm`,
  }
}

/** How the person is known, and when that is too little, every way to more. */
function knownOf({ assurance }: ShownCeremony, w: Words) {
  const how = w.assurance[assurance.actual] ?? assurance.actual
  return {
    met: assurance.met,
    now: w.answering.knownNow(how),
    weak: assurance.met && assurance.actual === 'mailbox-employer' ? w.answering.weak : null,
    stronger: assurance.met && assurance.canStrengthen ? w.answering.stronger : null,
    needed: w.answering.needed(w.assurance[assurance.required] ?? assurance.required),
    ways: assurance.ways.map((way) => ({ text: w.answering.way[way.kind], href: way.href })),
  }
}

function outlineOf(ceremony: ShownCeremony, w: Words) {
  const { reading, answering } = w
  const { text } = ceremony
  return [
    ...(text !== null && text.introduction.length > 0
      ? [{ id: 'introduction', text: reading.introduction }]
      : []),
    ...(changesOf(ceremony, w) === null ? [] : [{ id: 'changes', text: reading.changes }]),
    ...(text === null ? [] : [{ id: 'rules', text: reading.rules }]),
    ...(text?.sections.map((section) => ({ id: `section-${section.id}`, text: section.heading })) ?? []),
    {
      id: 'document',
      text: ceremony.documents.length === 1 ? reading.exactDocument : reading.exactDocuments,
    },
    { id: 'known', text: answering.knownTitle },
    { id: 'answer', text: ceremony.statements.length === 1 ? answering.yourAnswer : answering.yourAnswers },
  ]
}
