import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Test } from 'tap'
import { isAccepted, readTrust, verifyFile } from '#verification'
import type { NamedBytes } from '#verification'
import { buildVerifierPage } from '#verification/page'

const pythonFolder = fileURLToPath(new URL('../../src/verification/independent', import.meta.url))
const driver = fileURLToPath(new URL('verification-driver.py', import.meta.url))

/** Why the Python verifier cannot run here, or false. */
export function pythonMissing(): string | false {
  const version = 'import sys; sys.exit(sys.version_info < (3, 9))'
  if (spawnSync('python3', ['-c', version]).status !== 0) return 'no python3 from 3.9 on here'
  return spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl here'
}

/** A folder that is gone when the test is. */
export function temporaryFolder(t: { teardown(work: () => unknown): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'beding-three-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What `npm run verify` says of each file. */
export function byService(trustFiles: readonly NamedBytes[], files: readonly NamedBytes[]): boolean[] {
  const trust = readTrust(trustFiles)
  return files.map(({ name, bytes }) => isAccepted(verifyFile(bytes, name, trust)))
}

/** What verify.py says of each file; one process for all of them. */
export async function byPython(
  folder: string,
  trustFiles: readonly NamedBytes[],
  files: readonly NamedBytes[],
): Promise<boolean[]> {
  const trust = mkdtempSync(join(folder, 'trust-'))
  for (const { name, bytes } of trustFiles) writeFileSync(join(trust, name), bytes)
  const places = mkdtempSync(join(folder, 'files-'))
  const names = files.map(({ bytes }, position) => {
    mkdirSync(join(places, String(position)))
    writeFileSync(join(places, String(position), 'file'), bytes)
    return join(places, String(position), 'file')
  })
  const { output } = await runPython([join(pythonFolder, 'verify.py'), '--trust', trust, ...names])
  return names.map((name) => {
    if (output.includes(`\nACCEPTED ${name}: `)) return true
    if (output.includes(`\nNOT ACCEPTED ${name}: `)) return false
    throw new Error(`verify.py says nothing of ${name}: ${output.slice(-2000)}`)
  })
}

/** Runs python3 and returns its exit status and everything it wrote to standard output. */
export async function runPython(
  args: readonly string[],
  input = '',
): Promise<{ status: number | null; output: string }> {
  const child = spawn('python3', args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stdin.end(input)
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { status, output }
}

/** What the functions of verify.py say of cases. */
export async function casesByPython(cases: readonly unknown[]): Promise<boolean[]> {
  const { output } = await runPython([driver, pythonFolder], JSON.stringify(cases))
  return JSON.parse(output) as boolean[]
}

/** The HTML verifier in a real browser without any network. */
export class PageVerifier {
  readonly page: Page
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
  }

  /** Opens the page from a file, on a phone. */
  static async open(browser: Browser, folder: string, locale = 'nl-NL'): Promise<PageVerifier> {
    const file = join(folder, 'verify.html')
    writeFileSync(file, (await buildVerifierPage()).html)
    const context = await browser.newContext({
      locale,
      viewport: { width: 360, height: 740 },
      offline: true,
    })
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    await page.goto(pathToFileURL(file).href)
    return new PageVerifier(context, page)
  }

  /** Chooses files in one of the fields and waits until everything was checked. */
  async choose(field: '#keys' | '#files', files: readonly NamedBytes[]): Promise<void> {
    const chosen = files.map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    }))
    await this.afterRun(() => this.page.setInputFiles(field, chosen))
  }

  /** Does something that makes the page check its files, and waits until it has. */
  async afterRun(work: () => Promise<unknown>): Promise<void> {
    const before = await this.page.evaluate(() => document.body.dataset['run'] ?? '')
    await work()
    await this.page.waitForFunction((run) => {
      const { dataset } = document.body
      return dataset['state'] === 'done' && dataset['run'] !== run
    }, before)
  }

  /**
   * What the page says of each file: the verdict that stands in its report. Files that tell different histories of one log
   * are shown to it one by one, `together` 1.
   */
  async verdicts(files: readonly NamedBytes[], together = 20): Promise<boolean[]> {
    const found: boolean[] = []
    for (let start = 0; start < files.length; start += together) {
      await this.afterRun(() => this.page.click('#clear'))
      const batch = files.slice(start, start + together)
      await this.choose('#files', batch)
      const verdicts = await this.page.$$eval('.report', (reports) =>
        reports.map((report) => report.getAttribute('data-verdict')),
      )
      if (verdicts.length !== batch.length) throw new Error(`${verdicts.length} reports for ${batch.length}`)
      found.push(...verdicts.map((verdict) => verdict === 'accepted'))
    }
    return found
  }

  async close(): Promise<void> {
    await this.#context.close()
  }
}

/** One row a case: what each verifier came to. */
export type Row = {
  readonly name: string
  readonly service: boolean
  readonly python: boolean
  readonly page: boolean
}

/** What all three say of each file. */
export async function byAllThree(
  tools: { readonly folder: string; readonly page: PageVerifier },
  trustFiles: readonly NamedBytes[],
  files: readonly NamedBytes[],
  together?: number,
): Promise<Row[]> {
  const service = byService(trustFiles, files)
  const python = await byPython(tools.folder, trustFiles, files)
  const page = await tools.page.verdicts(files, together)
  return files.map(({ name }, at) => ({
    name,
    service: service[at] as boolean,
    python: python[at] as boolean,
    page: page[at] as boolean,
  }))
}

/** The rows as a table for people. */
export function tableOf(rows: readonly Row[]): string {
  const word = (accepted: boolean): string => (accepted ? 'accepted' : 'not accepted')
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, service, python, page }) =>
    [name.padEnd(width), ...[service, python, page].map((each) => word(each).padEnd(12))].join(' | '),
  )
  return [
    '',
    ['part'.padEnd(width), 'npm verify  ', 'verify.py   ', 'verify.html'].join(' | '),
    ...lines,
  ].join('\n')
}

/** Verifies with all three and demands that each says of each file what is expected. */
export async function demandAgreement(
  t: Test,
  tools: { readonly folder: string; readonly page: PageVerifier },
  trustFiles: readonly NamedBytes[],
  files: readonly (NamedBytes & { readonly accepted: boolean })[],
  together?: number,
): Promise<Row[]> {
  await tools.page.choose('#keys', trustFiles)
  const rows = await byAllThree(tools, trustFiles, files, together)
  const expected = files.map(({ name, accepted }) => ({
    name,
    service: accepted,
    python: accepted,
    page: accepted,
  }))
  t.same(rows, expected)
  return rows
}
