import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { clusterVariable, startTestCluster } from './test-cluster.ts'
import { createCounter } from './test-counter.ts'
import { longestFirst } from './test-order.ts'
import { type FileResult, startTestProcesses, subtestOf } from './test-processes.ts'

/**
 * Runs the tests and ends with one line, `N passed, N failed`. Arguments choose test files: a path, or a part of one;
 * `--external` takes the tests that need tools from outside npm instead of the others. The exit code is 0 only when
 * every file ended well, at least one test passed and none failed: a file without any test is no success.
 */
const project = dirname(dirname(import.meta.dirname))

async function main(filters: readonly string[]): Promise<number> {
  const files = testFiles(filters)
  if (files.length === 0) {
    console.log(`No test file matches ${filters.join(' or ')}.\n0 passed, 0 failed`)
    return 1
  }
  const cluster = await startTestCluster()
  // What Node compiled for one file serves the next ones: half of what importing the service costs.
  const compiled = mkdtempSync(join(tmpdir(), 'beding-compiled-'))
  try {
    const environment = {
      ...process.env,
      [clusterVariable]: JSON.stringify(cluster.target),
      NODE_COMPILE_CACHE: compiled,
    }
    const { ok, passed, failed } = await runAll(files, environment)
    console.log(`${passed} passed, ${failed} failed`)
    return ok && passed > 0 && failed === 0 ? 0 : 1
  } finally {
    rmSync(compiled, { recursive: true, force: true })
    await cluster.stop()
  }
}

function testFiles(filters: readonly string[]): string[] {
  const external = filters.includes('--external')
  const chosen = filters.filter((filter) => filter !== '--external')
  const all = globSync('tests/**/*.test.ts', { cwd: project }).toSorted()
  const fitting = all.filter((file) => file.startsWith('tests/external/') === external)
  return chosen.length === 0
    ? fitting
    : fitting.filter((file) => chosen.some((filter) => matches(file, filter)))
}

function matches(file: string, filter: string): boolean {
  return file.includes(filter.replace(`${project}/`, '').replace(/^\.\//, ''))
}

type Outcome = { readonly ok: boolean; readonly passed: number; readonly failed: number }

async function runAll(files: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const counter = createCounter()
  const results: FileResult[] = []
  const write = (text: string) => {
    process.stdout.write(text)
    counter.parser.write(text)
  }
  write(`TAP version 14\n1..${files.length}\n`)
  const processes = startTestProcesses(longestFirst(files), {
    folder: project,
    jobs: availableParallelism(),
    environment,
    timeout_s: 240,
    report: (result, position) => {
      results.push(result)
      write(subtestOf(result, position))
    },
  })
  process.on('SIGINT', processes.stop).on('SIGTERM', processes.stop)
  await processes.done
  write(slowest(results))
  counter.parser.end()
  return { ok: results.length === files.length && results.every(({ ok }) => ok), ...counter.totals() }
}

/** Where the time went, for whoever wants the run to be shorter. */
function slowest(results: readonly FileResult[]): string {
  const sorted = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, 20)
  return sorted.map(({ file, seconds }) => `# ${seconds.toFixed(1)} s ${file}\n`).join('')
}

process.exitCode = await main(process.argv.slice(2))
