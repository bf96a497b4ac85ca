import type { AnnexClause, AnnexInput } from '#documents'
import type { ComposeMoment } from './annex-composition.ts'
import type { ComposeSubject } from './annex-subject.ts'
import { contractTitle, exemptionTables, listIntroduction, relationTables } from './annex-words.ts'
import type { Annex, AnnexContent, ComposedClause } from './annex.ts'
import type { AnnexText } from './annex-command.ts'

type Parts = {
  readonly text: AnnexText
  readonly content: AnnexContent
  readonly subject: ComposeSubject
  readonly replaced: Annex | null
  readonly moment: ComposeMoment
  readonly organisationName: string
  readonly representative: { readonly name: string; readonly role: string } | null
}

/** What the file of an annex is made from. Everything in it follows from what the annex is composed of. */
export function annexInput(parts: Parts): AnnexInput {
  const { text, content, subject, replaced, moment, organisationName, representative } = parts
  const { language, clauses, relations, policies } = content
  return {
    kind: 'annex',
    language,
    organisationName,
    reference: moment.documentId,
    person: subject.person,
    createdAt: moment.at,
    annexMark: content.mark,
    title: content.title,
    employer: {
      name: organisationName,
      seat: text.employer.seat,
      registration: text.employer.registration,
      representedBy: representative,
    },
    contract: {
      title: contractTitle(subject.contract, language),
      signedOn: null,
      place: text.reference.place,
      quote: text.reference.quote,
    },
    effectiveFrom: content.effectiveFrom,
    ...(content.effectiveUntil === null ? {} : { effectiveUntil: content.effectiveUntil }),
    ...(replaced === null
      ? {}
      : {
          replaces: {
            effectiveFrom: replaced.effectiveFrom,
            documentSha256: replaced.documentSha256,
          },
        }),
    introduction:
      content.kind === 'relation-list'
        ? [...listIntroduction(language), ...text.introduction]
        : text.introduction,
    definitions: [],
    clauses: clauses.map(toClause),
    ...(policies.length === 0
      ? {}
      : {
          policies: policies.map(({ name, versionNumber, effectiveFrom, documentSha256 }) => ({
            name,
            versionNumber,
            effectiveFrom,
            documentSha256,
          })),
        }),
    tables: [...relationTables(relations, language), ...exemptionTables(clauses, language)],
  }
}

/** The motivation stands below the clause: whole, or only who wrote it and when, where the clause holds its words. */
function toClause({ clauseId, heading, paragraphs, motivation }: ComposedClause): AnnexClause {
  return {
    heading,
    number: clauseId,
    paragraphs: paragraphs.map((paragraph) => ({ text: paragraph, items: [] })),
    ...(motivation === null
      ? {}
      : {
          motivation: {
            text: motivation.inText ? null : motivation.text,
            functionRef: motivation.functionRef,
            interests: motivation.interests,
            author: motivation.author,
            writtenAt: motivation.writtenAt,
          },
        }),
  }
}
