import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  compareReports,
  isAccepted,
  levels,
  noTrust,
  printable,
  readTrust,
  Refusal,
  verifyFile,
} from '#verification'
import type { Equivocation, Fact, Report, Trust, Wishes } from '#verification'

const usage = `usage: npm run verify -- [--trust DIR] [--at-least LEVEL] FILE…

Checks receipts (*.tlog-proof, sealed PDF), policy editions (sealed PDF) and dossiers (ZIP) offline.
DIR holds what you rely on: log.vkey, dossier.pem, root.pem, tsa-roots.pem, policy.txt (several: *.vkey, *.dossier.pem,
*root.pem, *.tsa-roots.pem, *.policy.txt).
Exit status: 0 every check of every file passed, 1 otherwise, 2 wrong usage.
`

const fileSizeMax = 1024 * 1024 * 1024

/** Ends the program with status 2: how it was called is wrong, so nothing was checked. */
class UsageError extends Error {}

function main(): number {
  const { directory, paths, wishes } = readArguments()
  const trust = directory === undefined ? noTrust : readTrustDirectory(directory)
  if (directory === undefined) {
    process.stdout.write(
      'No --trust DIR was given: nothing pins the keys, so nobody’s identity is checked.\n',
    )
  } else if (trust === noTrust) {
    process.stdout.write(`${printable(directory)} holds no keys: nothing pins the keys.\n`)
  }
  let accepted = true
  const reports: Report[] = []
  for (const path of paths) {
    const report = reportOn(path, trust, wishes)
    print(report)
    reports.push(report)
    accepted &&= isAccepted(report)
  }
  const between = reports.length < 2 ? [] : compareReports(reports)
  const known = new Set(reports.flatMap((report) => report.equivocations.map(({ sentence }) => sentence)))
  for (const found of between.filter(({ sentence }) => !known.has(sentence))) {
    const files = `${found.first.source} and ${found.second.source}`
    process.stdout.write(
      `FAILED ${printable(files)}: one history: ${printable(found.sentence)}; together they prove it\n`,
    )
    printEquivocation(found)
    accepted = false
  }
  return accepted ? 0 : 1
}

function readArguments(): { directory: string | undefined; paths: string[]; wishes: Wishes } {
  const options = {
    trust: { type: 'string', multiple: true },
    'at-least': { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    if (values.help === true) {
      process.stdout.write(usage)
      process.exit(0)
    }
    if (positionals.length === 0) throw new UsageError('no file was given')
    if ((values.trust ?? []).length > 1) throw new UsageError('--trust was given more than once')
    return { directory: values.trust?.[0], paths: positionals, wishes: wishesOf(values['at-least'] ?? []) }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function wishesOf([asked, ...more]: readonly string[]): Wishes {
  if (asked === undefined) return {}
  const atLeast = levels.find((level) => level === asked)
  if (atLeast === undefined || more.length > 0)
    throw new UsageError(`--at-least takes one of ${levels.join(', ')}`)
  return { atLeast }
}

function readTrustDirectory(directory: string): Trust {
  try {
    const names = readdirSync(directory, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && /\.(vkey|pem)$|(^|\.)policy\.txt$/.test(entry.name))
      .map((entry) => entry.name)
      .toSorted()
    const trust = readTrust(names.map((name) => ({ name, bytes: readFileSync(join(directory, name)) })))
    const { logKeys, dossierKeys, roots, tsaRoots } = trust
    const count = logKeys.length + dossierKeys.length + roots.length + tsaRoots.length
    return count === 0 ? noTrust : trust
  } catch (error) {
    const reason = error instanceof Refusal ? error.message : `cannot be read (${codeOf(error)})`
    throw new UsageError(`the trust directory ${directory}: ${reason}`)
  }
}

function reportOn(path: string, trust: Trust, wishes: Wishes): Report {
  try {
    const { size, isFile } = aboutFile(path)
    if (!isFile) return unreadable(path, 'this is not a file')
    if (size > fileSizeMax) return unreadable(path, 'the file is larger than 1 GiB')
    return verifyFile(readFileSync(path), path, trust, wishes)
  } catch (error) {
    return unreadable(path, `the file cannot be read (${codeOf(error)})`)
  }
}

function aboutFile(path: string): { size: number; isFile: boolean } {
  const status = statSync(path)
  return { size: status.size, isFile: status.isFile() }
}

function unreadable(file: string, sentence: string): Report {
  const nothing = { facts: [], limits: [], checkpoints: [], leaves: [], equivocations: [], documents: [] }
  return { file, kind: 'unknown', checks: [{ name: 'file', outcome: 'FAILED', sentence }], ...nothing }
}

function print(report: Report): void {
  const file = printable(report.file)
  const lines = report.checks.map(
    (check) => `${check.outcome} ${file}: ${printable(check.name)}: ${printable(check.sentence)}`,
  )
  const accepted = isAccepted(report)
  if (report.facts.length > 0) {
    lines.push(accepted ? 'It says:' : 'It says (checks did not pass: rely on none of this):')
  }
  lines.push(...factLines(report.facts))
  if (accepted && report.limits.length > 0) lines.push('It does not prove:')
  if (accepted) lines.push(...report.limits.map((limit) => `  ${printable(limit)}`))
  process.stdout.write(`${lines.join('\n')}\n`)
  report.equivocations.forEach(printEquivocation)
  process.stdout.write(`${closingLine(report, file)}\n`)
}

/** What is said of the whole file, then of each part under its name, so that a page of facts can be read. */
function factLines(facts: readonly Fact[]): string[] {
  const parts = new Map<string, string[]>()
  const whole: string[] = []
  for (const { name, value } of facts) {
    const [, part, rest = name] = /^((?:anchors|documents|entries)\/\S+) (.+)$/.exec(name) ?? []
    const line = `${printable(rest)}: ${printable(value)}`
    if (part === undefined) whole.push(`  ${line}`)
    else if (parts.has(part)) parts.get(part)?.push(`    ${line}`)
    else parts.set(part, [`    ${line}`])
  }
  return [...whole, ...[...parts].flatMap(([part, lines]) => [`  ${printable(part)}`, ...lines])]
}

function closingLine(report: Report, file: string): string {
  const named = (outcome: string): string[] =>
    report.checks.filter((check) => check.outcome === outcome).map((check) => check.name)
  const count = report.checks.length
  if (isAccepted(report)) return `ACCEPTED ${file}: all ${count} checks of this ${report.kind} passed`
  const failed = named('FAILED')
  const open = named('INDETERMINATE')
  const parts = [
    ...(failed.length === 0 ? [] : [`${failed.length} of ${count} checks failed (${failed.join(', ')})`]),
    ...(open.length === 0 ? [] : [`${open.length} of ${count} could not be decided (${open.join(', ')})`]),
  ]
  return `NOT ACCEPTED ${file}: ${printable(parts.join('; '))}`
}

/** Prints the two signed notes one below the other: the pair is the proof. */
function printEquivocation({ conclusive, sentence, first, second }: Equivocation): void {
  if (!conclusive) process.stdout.write(`  ${printable(sentence)}:\n`)
  for (const { source, note } of [first, second]) {
    process.stdout.write(`  signed in ${printable(source)}:\n`)
    for (const line of note.trimEnd().split('\n')) process.stdout.write(`    | ${printable(line)}\n`)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}

try {
  process.exitCode = main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${printable(error.message)}\n${usage}`)
  process.exitCode = 2
}
