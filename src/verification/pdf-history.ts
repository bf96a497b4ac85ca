import type { Findings } from './findings.ts'
import type { PdfRevision } from './pdf-revision.ts'
import { validationKeyOf } from './pdf-signature.ts'
import type { PdfSeal, PdfSignature } from './pdf-signature.ts'
import { readSignatureSheet } from './pdf-signature-sheet.ts'
import { readFirstSeal, readFurtherSeal, readTimestamp } from './pdf-signature-update.ts'
import { demandObjects, PdfState } from './pdf-state.ts'
import { readValidationData, touchesValidationData } from './pdf-validation-data.ts'
import type { AddedData } from './pdf-validation-data.ts'
import { isName, isReference } from './pdf-value.ts'
import { demand, refuse } from './refusal.ts'

/** What one revision after the rendered one does; `end` is where it ends in the file. Numbers start at 1. */
export type Step = { readonly number: number; readonly end: number } & StepContent

type StepContent =
  | { readonly kind: 'seal'; readonly signature: PdfSeal }
  | { readonly kind: 'timestamp'; readonly signature: PdfSignature }
  | { readonly kind: 'validation-data'; readonly data: AddedData }
  | { readonly kind: 'signature-sheet'; readonly pages: number }

export type SealStep = Extract<Step, { kind: 'seal' }>
export type TimestampStep = Extract<Step, { kind: 'timestamp' }>

/**
 * Reads what each revision does (decision 0083): the first seals; then may follow a signature sheet and a second seal; then
 * time-stamps and validation data in any order. Whatever else an update does, the file is refused there, and what stands
 * behind it is not looked at. Returns the steps up to there.
 */
export function readHistory(
  findings: Findings,
  bytes: Buffer,
  [base, ...updates]: readonly [PdfRevision, ...PdfRevision[]],
): { readonly steps: readonly Step[]; readonly whole: boolean } {
  const steps: Step[] = []
  let state: PdfState | undefined
  for (const [position, update] of updates.entries()) {
    const number = position + 1
    const step = findings.attempt(
      number === 1 ? 'seal grammar' : `revision ${number} grammar`,
      () => {
        state ??= new PdfState(base)
        const content = readStep(bytes, state, update, steps)
        state.apply(update)
        return { ...content, number, end: update.end }
      },
      (read) => sentences[read.kind],
    )
    if (step === undefined) return { steps, whole: false }
    steps.push(step)
  }
  const last = steps.at(-1)
  if (last?.kind !== 'signature-sheet') return { steps, whole: true }
  findings.failed(
    `revision ${last.number} coverage`,
    'no seal covers the signature sheet: anybody could have put it there',
  )
  return { steps, whole: false }
}

const sentences: Readonly<Record<Step['kind'], string>> = {
  seal: 'the update adds a seal and nothing else',
  timestamp: 'the update adds a time-stamp and nothing else',
  'validation-data': 'the update adds validation data, takes nothing away and does nothing else',
  'signature-sheet': 'the update adds pages at the end and changes nothing that was there',
}

function readStep(bytes: Buffer, state: PdfState, update: PdfRevision, steps: readonly Step[]): StepContent {
  const last = steps.at(-1)
  if (last === undefined) return { kind: 'seal', signature: readFirstSeal(state, update) }
  const signs = signatureTypeOf(state, update)
  if (last.kind === 'signature-sheet') {
    demand(signs === 'Sig', 'no seal follows the signature sheet')
    return { kind: 'seal', signature: readFurtherSeal(state, update, 'Seal2') }
  }
  demand(signs !== 'Sig', 'the update adds a seal without a signature sheet before it')
  if (signs === 'DocTimeStamp') {
    const count = steps.filter(({ kind }) => kind === 'timestamp').length
    return { kind: 'timestamp', signature: readTimestamp(state, update, `Timestamp${count + 1}`) }
  }
  if (touchesValidationData(state, update)) {
    return { kind: 'validation-data', data: readValidationData(bytes, state, update, keysOf(steps)) }
  }
  const pages = state.catalog.entries.get('Pages')
  if (steps.length === 1 && isReference(pages) && update.objects.has(pages.id)) {
    return { kind: 'signature-sheet', pages: readSignatureSheet(state, update) }
  }
  demandObjects(state, update, [], [])
  return refuse('the update does nothing')
}

/** The kind of signature that the update adds, or undefined if it adds none. */
function signatureTypeOf(state: PdfState, update: PdfRevision): 'Sig' | 'DocTimeStamp' | undefined {
  const { size } = state
  const added = [...update.objects.values()].filter(({ id }) => id >= size)
  return (['Sig', 'DocTimeStamp'] as const).find((type) =>
    added.some(({ value }) => value.kind === 'dictionary' && isName(value.entries.get('Type'), type)),
  )
}

function keysOf(steps: readonly Step[]): Set<string> {
  return new Set(steps.flatMap((step) => ('signature' in step ? [validationKeyOf(step.signature)] : [])))
}
