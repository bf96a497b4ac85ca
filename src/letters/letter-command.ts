import type { Static } from 'typebox'
import type { DocumentId, PersonId, PolicyId } from '#core'
import { problem, toCivilDate, type ProblemDetail } from '#core'
import type { DocumentRequest } from './letter-schemas.ts'
import type { Actor, AnnexCommand, Command, WarningCommand } from './letter.ts'

type Body = Static<typeof DocumentRequest>
type AnnexBody = Extract<Body, { kind: 'annex' }>
type WarningBody = Extract<Body, { kind: 'warning' }>

/** The command that a body stands for. Throws `letter-unfit` for a table whose rows do not fit its columns. */
export function toCommand(body: Body): Command {
  return body.kind === 'annex' ? toAnnex(body) : toWarning(body)
}

function toActor(actor: WarningBody['givenBy']): Actor {
  return 'personId' in actor
    ? { kind: 'person', personId: actor.personId as PersonId, role: actor.role }
    : { kind: 'named', name: actor.name, role: actor.role }
}

function toAnnex(body: AnnexBody): AnnexCommand {
  const { contract, annexMark, title, clauses } = body
  const tables = body.tables ?? []
  const errors = tables.flatMap(unfitRows)
  if (errors.length > 0) throw problem('letter-unfit', { errors: errors.slice(0, 20) })
  return {
    kind: 'annex',
    language: body.language,
    personId: body.personId as PersonId,
    effectiveFrom: toCivilDate(body.effectiveFrom),
    representedBy: body.representedBy === undefined ? null : toActor(body.representedBy),
    text: {
      annexMark,
      title,
      contract: {
        title: contract.title,
        signedOn: contract.signedOn ?? null,
        place: contract.place,
        quote: contract.quote ?? null,
      },
      introduction: body.introduction ?? [],
      definitions: body.definitions ?? [],
      clauses: clauses.map(({ heading, paragraphs }) => ({
        heading,
        paragraphs: paragraphs.map(({ text, items }) => ({ text, items: items ?? [] })),
      })),
      tables,
      seat: body.seat ?? null,
      registration: body.registration ?? null,
    },
  }
}

function unfitRows(table: NonNullable<AnnexBody['tables']>[number], index: number): ProblemDetail[] {
  return table.rows.flatMap((row, place) =>
    row.length === table.columns.length
      ? []
      : [
          {
            code: 'row-unfit',
            message: 'A row has a cell for every column.',
            pointer: `/tables/${index}/rows/${place}`,
          },
        ],
  )
}

function toWarning(body: WarningBody): WarningCommand {
  const { subject, events, expectations, response } = body
  return {
    kind: 'warning',
    language: body.language,
    personId: body.personId as PersonId,
    givenOn: toCivilDate(body.givenOn),
    givenBy: toActor(body.givenBy),
    rules: body.rules.map((rule) => ({ ...rule, policyId: rule.policyId as PolicyId })),
    earlierWarnings: (body.earlierWarnings ?? []).map((earlier) =>
      'documentId' in earlier
        ? { kind: 'kept', documentId: earlier.documentId as DocumentId }
        : { kind: 'named', givenOn: toCivilDate(earlier.givenOn), subject: earlier.subject },
    ),
    text: {
      subject,
      events,
      hearing: body.hearing ?? null,
      expectations,
      consequences: body.consequences ?? [],
      response: { contact: response.contact, until: response.until ?? null, how: response.how },
      countsUntil: body.countsUntil ?? null,
    },
  }
}
