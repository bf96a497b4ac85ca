import { canonicalJson, problem, sha256, sha256Hex, toCivilDate, toInstant, type ProblemDetail } from '#core'
import { checkCharacters } from './document-check.ts'
import type { DocumentInput, PolicyEditionInput, SignatureSheetInput } from './document-inputs.ts'
import { textsOf } from './document-texts.ts'
import { fillText } from './placeholder-segments.ts'
import { renderPolicyEdition } from './policy-edition.ts'
import { receiptTitle, renderReceipt } from './receipt.ts'
import { executedCopyTitle, renderSignatureSheet } from './signature-sheet.ts'

/** The bytes of a document before it is sealed. */
export type RenderedDocument = { readonly bytes: Buffer; readonly sha256: Buffer }

/**
 * Makes a document. The same input gives the same bytes in any thread or process of the same Node and package versions,
 * whatever was rendered before (D1). Throws `character-without-glyph` with the places that cannot be shown, and a
 * TypeError for an input that no room should send. One call at a time per thread.
 */
export async function renderDocument(input: DocumentInput): Promise<RenderedDocument> {
  const refused = checkDocument(input)
  if (refused.length > 0) throw characterProblem(refused)
  const identity = `beding:${sha256Hex(canonicalJson(input))}`
  const bytes = await renderKind(input, identity)
  return { bytes, sha256: sha256(bytes) }
}

async function renderKind(input: DocumentInput, identity: string): Promise<Buffer> {
  switch (input.kind) {
    case 'policy-edition':
      return renderPolicyEdition(input, { identity, attachment: Buffer.from(canonicalJson(input.content)) })
    case 'receipt':
      return renderReceipt(input, { identity, attachment: Buffer.from(input.evidenceJson) })
    case 'signature-sheet':
      return renderSignatureSheet(input, identity)
  }
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
  if (input.kind === 'receipt') return receiptTitle(input)
  if (input.kind === 'signature-sheet') return executedCopyTitle(input)
  const { content, language } = input
  return fillText(content.title[language] ?? '', content.placeholders, textsOf(language))
}

/** Throws a TypeError for an input that is not what it says; gives the characters that cannot be shown. */
export function checkDocument(input: DocumentInput): ProblemDetail[] {
  if (input.kind === 'policy-edition') checkEdition(input)
  else if (input.kind === 'receipt') toInstant(input.facts.actedAt)
  else if (input.kind === 'signature-sheet') checkSheet(input)
  else throw new TypeError('no such kind of document')
  return checkCharacters(input)
}

function checkSheet(input: SignatureSheetInput): void {
  for (const party of input.parties) toInstant(party.actedAt)
  if (input.parties.length < 2) throw new TypeError('a sheet is of at least two parties')
}

function checkEdition(input: PolicyEditionInput): void {
  toInstant(input.publishedAt)
  toCivilDate(input.effectiveFrom)
  if (!input.content.languages.includes(input.language))
    throw new TypeError('the content has no edition in this language')
  if (sha256Hex(canonicalJson(input.content)) !== input.contentSha256)
    throw new TypeError('contentSha256 is not the hash of the canonical JSON of the content')
}
