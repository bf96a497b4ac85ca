import type { Static } from 'typebox'
import type { PersonId, PolicyId } from '#core'
import { problem, toCivilDate } from '#core'
import { branded } from '#legal-checks'
import type { AnnexText, ComposeCommand, Hypothesis, PreviewCommand, Subject } from './annex-command.ts'
import type { ComposeRequest, PreviewRequest } from './annex-request-schemas.ts'

type Body = Static<typeof ComposeRequest>
type PreviewBody = Static<typeof PreviewRequest>
type TextBody = Omit<Body, 'employmentId' | 'contractId'>

/** The command that a body stands for. */
export function toComposeCommand(body: Body): ComposeCommand {
  const { employmentId, contractId } = body
  return { text: toText(body), subject: { employmentId, contractId } }
}

/** The same for a preview. Throws `annex-unfit` unless it is about one employment, known or thought of. */
export function toPreviewCommand(body: PreviewBody): PreviewCommand {
  return { text: toText(body), subject: toSubject(body) }
}

function toSubject({ employmentId, contractId, employment }: PreviewBody): Subject {
  if (employment === undefined && employmentId !== undefined && contractId !== undefined)
    return { employmentId, contractId }
  if (employment === undefined || employmentId !== undefined || contractId !== undefined)
    throw problem('annex-unfit', {
      errors: [
        {
          code: 'subject-unclear',
          message: 'Give employmentId and contractId, or an employment that is only thought of.',
          pointer: '/employment',
        },
      ],
    })
  const { personName = 'N.N.', jobTitle = null, ...facts } = employment
  return { personName, jobTitle, facts: branded<Hypothesis['facts']>(facts) }
}

function toText(body: TextBody): AnnexText {
  const { representedBy } = body
  return {
    kind: body.kind,
    jurisdiction: body.jurisdiction ?? 'nl',
    mark: body.mark,
    title: body.title,
    language: body.language,
    effectiveFrom: toCivilDate(body.effectiveFrom),
    effectiveUntil: body.effectiveUntil === undefined ? null : toCivilDate(body.effectiveUntil),
    replaces: body.replaces ?? null,
    reference: { place: body.reference?.place ?? null, quote: body.reference?.quote ?? null },
    employer: {
      seat: body.seat ?? null,
      registration: body.registration ?? null,
      representedBy:
        representedBy === undefined
          ? null
          : 'name' in representedBy
            ? representedBy
            : { ...representedBy, personId: representedBy.personId as PersonId },
    },
    introduction: body.introduction ?? [],
    clauses: (body.clauses ?? []).map((clause) => ({
      templateId: clause.clauseTemplateId,
      versionNumber: clause.versionNumber,
      values: clause.values,
      motivation: clause.motivation ?? null,
      exemptions: (clause.exemptions ?? []).map(({ name, ...days }) => ({ name, ...toDays(days) })),
    })),
    policies: (body.policies ?? []).map(({ policyId, versionNumber }) => ({
      policyId: policyId as PolicyId,
      versionNumber,
    })),
    relations: (body.relations ?? []).map(({ name, kind, reason, ...days }) => ({
      name,
      kind,
      reason,
      ...toDays(days),
    })),
  }
}

function toDays({ from, until }: { readonly from: string; readonly until?: string }) {
  return { from: toCivilDate(from), until: until === undefined ? null : toCivilDate(until) }
}
