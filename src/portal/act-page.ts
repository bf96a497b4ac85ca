import type { Instant } from '#core'
import type { Language } from '#people'
import { momentInWords } from './format.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** Why the page is shown: the act was recorded now, stands from before, or stood in the way of a second one. */
export type ActMoment = 'now' | 'earlier' | 'refused-second'

/** An act of the person, with what its record is worth. */
export type ShownAct = {
  readonly actId: string
  readonly ceremonyId: string
  readonly title: string
  readonly personName: string
  readonly choice: string
  /** null where the content was erased. */
  readonly statement: string | null
  readonly reason: string | null
  readonly language: Language
  readonly actedAt: Instant
  readonly entryIndex: number
  readonly treeSize: number
  readonly evidence: {
    readonly assurance: string
    readonly evidenceLevel: string
    readonly proves: string
    readonly doesNotProve: string
    readonly wouldLift: string
  }
  readonly code: { readonly text: string; readonly rows: readonly string[] } | null
  readonly documents: readonly { readonly documentId: string; readonly title: string }[]
  readonly copies: readonly { readonly executedCopyId: string; readonly madeAt: Instant }[]
  /** How many parts of the same ceremony wait for an answer. */
  readonly partsLeft: number
  /** What became of a denial; null when the act was never disputed. */
  readonly denial: {
    readonly status: string
    readonly steps: readonly { readonly status: string; readonly at: Instant }[]
  } | null
}

/** The page with the receipt of an act: what was recorded, what to keep, what it proves and does not, and a way to dispute it. */
export function actPage(act: ShownAct, moment: ActMoment, w: Words): Page {
  const a = w.answering
  const path = `/my/acts/${act.actId}`
  return {
    template: 'act',
    title: `${a.actedTitle[moment]} – ${act.title}`,
    model: {
      moment,
      step: moment === 'now' ? w.reading.step(3, w.reading.steps) : null,
      statement: act.statement,
      lang: act.language === w.language ? null : act.language,
      conditional: act.choice === 'agreed-conditionally',
      more:
        act.partsLeft === 0
          ? null
          : { text: a.more(act.partsLeft), href: `/my/ceremonies/${act.ceremonyId}#answer` },
      rows: rowsOf(act, w),
      files: filesOf(act, path, w),
      code: act.code === null ? null : drawing(act.code),
      worth: {
        rows: [
          { term: a.proves, text: act.evidence.proves },
          { term: a.doesNotProve, text: act.evidence.doesNotProve },
          { term: a.wouldLift, text: act.evidence.wouldLift },
        ],
        level: a.level(act.evidence.evidenceLevel),
      },
      denied: deniedOf(act, w),
      dispute: act.denial === null && act.statement !== null ? `${path}/dispute` : null,
    },
  }
}

function rowsOf(act: ShownAct, w: Words) {
  const a = w.answering
  const how = w.assurance[act.evidence.assurance] ?? act.evidence.assurance
  return [
    { term: a.choiceIs, text: w.choice[act.choice] ?? act.choice },
    ...(act.reason === null ? [] : [{ term: a.reasonIs, text: act.reason, typed: true }]),
    { term: a.recordedAt, text: `${momentInWords(act.actedAt, w.language)} ${w.dutchTime}` },
    { term: a.by, text: act.personName },
    { term: a.howKnown, text: how },
    { term: a.entry, text: a.entryNumber(act.entryIndex, act.treeSize) },
  ]
}

function filesOf(act: ShownAct, path: string, w: Words) {
  const a = w.answering
  const kept = act.statement !== null
  return [
    ...(kept ? [{ name: a.fileReceipt, explanation: a.fileReceiptIs, href: `${path}/receipt.pdf` }] : []),
    { name: a.fileProof, explanation: a.fileProofIs, href: `${path}/proof.tlog-proof` },
    ...act.documents.map((document) => ({
      name: act.documents.length === 1 ? a.fileDocument : `${document.title} (PDF)`,
      explanation: a.fileDocumentIs,
      href: `/my/ceremonies/${act.ceremonyId}/documents/${document.documentId}`,
    })),
    ...act.copies.map((copy) => ({
      name: a.fileSignedCopy,
      explanation: a.fileSignedCopyIs(momentInWords(copy.madeAt, w.language)),
      href: `${path}/copies/${copy.executedCopyId}`,
    })),
    ...(kept ? [{ name: a.fileBundle, explanation: a.fileBundleIs, href: `${path}/evidence.zip` }] : []),
  ]
}

function deniedOf({ denial }: ShownAct, w: Words) {
  if (denial === null) return null
  const { status, already, stepOn } = w.own.dispute
  return {
    text: status[denial.status] ?? already,
    steps: denial.steps.map(
      (step) => `${status[step.status] ?? step.status}, ${stepOn(momentInWords(step.at, w.language))}`,
    ),
  }
}

/** Light modules around the code, without which readers do not find it (ISO/IEC 18004). */
const quietZone = 4

/** The modules of a code as one path. */
export function drawing(code: { readonly text: string; readonly rows: readonly string[] }) {
  const side = code.rows.length + 2 * quietZone
  return {
    box: `${-quietZone} ${-quietZone} ${side} ${side}`,
    path: code.rows
      .flatMap((row, y) => [...row].map((module, x) => (module === '1' ? `M${x} ${y}h1v1h-1z` : '')))
      .join(''),
    text: code.text.trimEnd(),
  }
}
