import { checkDossier } from './dossier.ts'
import { checkEntryProof } from './entry-proof.ts'
import { findEquivocations } from './equivocation.ts'
import { Findings } from './findings.ts'
import type { Level } from './long-term-level.ts'
import { reportLogLimits } from './act-facts.ts'
import { reasonOf } from './refusal.ts'
import type { Equivocation, FileKind, Report } from './report.ts'
import { checkSealedPdf } from './sealed-pdf.ts'
import type { Trust } from './trust.ts'

/** What somebody may ask of a file besides that it is right. */
export type Wishes = {
  /** The level that every sealed PDF must reach, also those in a dossier. */
  readonly atLeast?: Level
}

/**
 * Checks one file against pinned keys and says what each check came to. Pure: the same bytes, name and keys give the same
 * report. Never throws, whatever the bytes are. The kind of the file is told by its first bytes, not by its name.
 */
export function verifyFile(bytes: Uint8Array, name: string, trust: Trust, wishes: Wishes = {}): Report {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const findings = new Findings()
  const kind = kindOf(buffer)
  try {
    checkAs(kind, findings, { trust, ...wishes }, buffer)
    checkOneHistory(findings)
  } catch (error) {
    // Every check catches its own; this one only keeps the promise that nothing escapes.
    findings.failed('verifier', reasonOf(error))
  }
  findings.close()
  const { more: _, ...collected } = findings.collected
  return { file: name, kind, ...collected }
}

/** Finds proofs of equivocation across files that were checked together. */
export function compareReports(reports: readonly Report[]): Equivocation[] {
  return findEquivocations(
    reports.flatMap((report) => report.checkpoints.map((seen) => inFile(report, seen))),
    reports.flatMap((report) => report.leaves.map((seen) => inFile(report, seen))),
  )
}

function inFile<Seen extends { readonly source: string }>(report: Report, seen: Seen): Seen {
  return { ...seen, source: `${report.file} ${seen.source}`.trim() }
}

function kindOf(bytes: Buffer): FileKind {
  const start = bytes.toString('latin1', 0, 32)
  if (start.startsWith('%PDF-')) return 'sealed PDF'
  if (start.startsWith('PK\u0003\u0004')) return 'dossier'
  return start.startsWith('c2sp.org/tlog-proof@') ? 'tlog-proof' : 'unknown'
}

function checkAs(
  kind: FileKind,
  findings: Findings,
  { trust, atLeast }: Wishes & { readonly trust: Trust },
  bytes: Buffer,
): void {
  if (kind === 'sealed PDF') checkSealedPdf(findings, trust, bytes, { atLeast })
  else if (kind === 'dossier') checkDossier(findings, trust, bytes, atLeast)
  else if (kind === 'tlog-proof') checkProof(findings, trust, bytes)
  else findings.failed('kind of file', 'this is not a tlog-proof, a sealed PDF or a dossier')
}

function checkProof(findings: Findings, trust: Trust, bytes: Buffer): void {
  const proven = checkEntryProof(findings, trust, bytes)
  if (proven === undefined) return
  const { entry, index, checkpoint } = proven
  findings.fact('entry', `${entry.kind} of ${entry.at}, entry ${index} of ${checkpoint.origin}`)
  findings.limit('A proof holds commitments only. What the entry says stands in a receipt or a dossier.')
  reportLogLimits(findings)
}

function checkOneHistory(findings: Findings): void {
  const { checkpoints, leaves, equivocations } = findings.collected
  if (checkpoints.length === 0) return
  const unproven = equivocations.length
  equivocations.push(...findEquivocations(checkpoints, leaves))
  const conclusive = equivocations.filter((found) => found.conclusive)
  for (const { sentence } of conclusive) findings.failed('one history', `${sentence}; together they prove it`)
  if (conclusive.length > 0) return
  if (unproven > 0) {
    findings.indeterminate(
      'one history',
      `${unproven} pairs of signed checkpoints are not shown to continue each other`,
    )
  } else findings.passed('one history', 'the signed checkpoints here do not contradict each other')
}
