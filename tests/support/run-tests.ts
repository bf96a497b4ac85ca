import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clusterVariable, startTestCluster } from './test-cluster.ts'
import { createCounter } from './test-counter.ts'

/**
 * Runs the tests with tap and ends with one line, `N passed, N failed`. Arguments choose test files: a path, or a part
 * of one; `--external` takes the tests that need tools from outside npm instead of the others. The exit code is 0 only when tap says so, at least one test passed and none failed: tap itself takes a file
 * without any test for a success.
 */
const project = dirname(dirname(import.meta.dirname))
const tapProgram = join(project, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs')

async function main(filters: readonly string[]): Promise<number> {
  const files = testFiles(filters)
  if (files.length === 0) {
    console.log(`No test file matches ${filters.join(' or ')}.\n0 passed, 0 failed`)
    return 1
  }
  const cluster = await startTestCluster()
  try {
    const { code, passed, failed } = await runTap(files, JSON.stringify(cluster.target))
    console.log(`${passed} passed, ${failed} failed`)
    return code === 0 && passed > 0 && failed === 0 ? 0 : 1
  } finally {
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

type Outcome = { readonly code: number | null; readonly passed: number; readonly failed: number }

function runTap(files: readonly string[], cluster: string): Promise<Outcome> {
  const counter = createCounter()
  const child = spawn(
    process.execPath,
    [tapProgram, '--reporter=tap', '--jobs=2', '--timeout=240', ...files],
    {
      cwd: project,
      env: { ...process.env, [clusterVariable]: cluster },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const forward = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  child.stdout.on('data', (chunk: Buffer) => process.stdout.write(chunk))
  child.stdout.pipe(counter.parser)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...counter.totals() }))
  })
}

process.exitCode = await main(process.argv.slice(2))
