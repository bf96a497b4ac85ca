import { canonicalJson, problem, sha256, sha256Hex, toCivilDate, toInstant, type ProblemDetail } from '#core'
import { annexTitle, renderAnnex } from './annex.ts'
import { checkCharacters } from './document-check.ts'
import type { DocumentInput, PolicyEditionInput, SignatureSheetInput } from './document-inputs.ts'
import { textsOf } from './document-texts.ts'
import { dossierReportTitle, renderDossierReport } from './dossier-report.ts'
import { checkExitLetter, exitLetterTitle, renderExitLetter } from './exit-letter.ts'
import type { AnnexInput, WarningInput } from './letter-inputs.ts'
import { fillText } from './placeholder-segments.ts'
import { renderPolicyEdition, type Rendering } from './policy-edition.ts'
import { receiptTitle, renderReceipt } from './receipt.ts'
import { executedCopyTitle, renderSignatureSheet } from './signature-sheet.ts'
import { renderWarning, warningTitle } from './warning.ts'

/** The bytes of a document before it is sealed. */
export type RenderedDocument = { readonly bytes: Buffer; readonly sha256: Buffer }

/** What there is to know of a kind of document: its check, the file inside it, its layout and its title. */
type KindOfDocument<Input extends DocumentInput> = {
  /** Throws for an input that is not what it says. */
  readonly check: (input: Input) => void
  /** The text of the attached file; the canonical JSON of the input unless a kind has another. */
  readonly attachment?: (input: Input) => string
  readonly render: (input: Input, rendering: Rendering) => Promise<Buffer>
  readonly title: (input: Input) => string
}

const kinds: {
  readonly [Kind in DocumentInput['kind']]: KindOfDocument<Extract<DocumentInput, { kind: Kind }>>
} = {
  'policy-edition': {
    check: checkEdition,
    attachment: (input) => canonicalJson(input.content),
    render: renderPolicyEdition,
    title: ({ content, language }) =>
      fillText(content.title[language] ?? '', content.placeholders, textsOf(language)),
  },
  receipt: {
    check: (input) => void toInstant(input.facts.actedAt),
    attachment: (input) => input.evidenceJson,
    render: renderReceipt,
    title: receiptTitle,
  },
  annex: { check: checkAnnex, render: renderAnnex, title: annexTitle },
  warning: { check: checkWarning, render: renderWarning, title: warningTitle },
  'exit-letter': { check: checkExitLetter, render: renderExitLetter, title: exitLetterTitle },
  'dossier-report': {
    check: (input) => void toInstant(input.frozenAt),
    render: renderDossierReport,
    title: dossierReportTitle,
  },
  'signature-sheet': {
    check: checkSheet,
    render: (input, { identity }) => renderSignatureSheet(input, identity),
    title: executedCopyTitle,
  },
}

function kindOf(input: DocumentInput): KindOfDocument<DocumentInput> {
  if (!Object.hasOwn(kinds, input.kind)) throw new TypeError('no such kind of document')
  return kinds[input.kind] as KindOfDocument<DocumentInput>
}

/**
 * Makes a document. The same input gives the same bytes in any thread or process of the same Node and package versions,
 * whatever was rendered before (D1). Throws `character-without-glyph` with the places that cannot be shown, and a
 * TypeError for an input that no room should send. One call at a time per thread.
 */
export async function renderDocument(input: DocumentInput): Promise<RenderedDocument> {
  const refused = checkDocument(input)
  if (refused.length > 0) throw characterProblem(refused)
  const { attachment, render } = kindOf(input)
  const canonical = canonicalJson(input)
  const bytes = await render(input, {
    identity: `beding:${sha256Hex(canonical)}`,
    attachment: Buffer.from(attachment?.(input) ?? canonical),
  })
  return { bytes, sha256: sha256(bytes) }
}

/** The refusal for characters that cannot be shown; its detail names the first. */
export function characterProblem(errors: readonly ProblemDetail[]): Error {
  const first = errors[0]
  return problem('character-without-glyph', {
    ...(first === undefined ? {} : { detail: `${first.pointer ?? ''}: ${first.message}` }),
    errors,
  })
}

/** The title of a document as a reader sees it. */
export function documentTitle(input: DocumentInput): string {
  return kindOf(input).title(input)
}

/** Throws a TypeError or RangeError for an input that is not what it says; gives the characters that cannot be shown. */
export function checkDocument(input: DocumentInput): ProblemDetail[] {
  kindOf(input).check(input)
  return checkCharacters(input)
}

function checkEdition(input: PolicyEditionInput): void {
  toInstant(input.publishedAt)
  toCivilDate(input.effectiveFrom)
  if (!input.content.languages.includes(input.language))
    throw new TypeError('the content has no edition in this language')
  if (sha256Hex(canonicalJson(input.content)) !== input.contentSha256)
    throw new TypeError('contentSha256 is not the hash of the canonical JSON of the content')
}

function checkSheet(input: SignatureSheetInput): void {
  for (const party of input.parties) toInstant(party.actedAt)
  if (input.parties.length < 2) throw new TypeError('a sheet is of at least two parties')
}

function checkAnnex(input: AnnexInput): void {
  toInstant(input.createdAt)
  toCivilDate(input.effectiveFrom)
  for (const day of [input.contract.signedOn, input.effectiveUntil, input.replaces?.effectiveFrom])
    if (day !== null && day !== undefined) toCivilDate(day)
  for (const { motivation } of input.clauses) if (motivation !== undefined) toInstant(motivation.writtenAt)
  if (input.clauses.some((clause) => clause.paragraphs.length === 0))
    throw new TypeError('a clause without a paragraph')
  for (const { columns, rows } of input.tables)
    if (columns.length === 0 || rows.some((row) => row.length !== columns.length))
      throw new TypeError('a row without a cell for every column')
}

function checkWarning(input: WarningInput): void {
  toInstant(input.createdAt)
  toCivilDate(input.givenOn)
  const { events, earlierWarnings, hearing, response, countsUntil } = input
  const days = [...events.map((each) => each.happenedOn), ...earlierWarnings.map((each) => each.givenOn)]
  for (const day of [...days, hearing?.heardOn ?? null, response.until, countsUntil])
    if (day !== null) toCivilDate(day)
}
