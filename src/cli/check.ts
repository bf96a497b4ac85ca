import { spawnSync } from 'node:child_process'

/** What `npm run check` runs, in order of how fast it tells. */
const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['types', 'tsc'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings', 'src', 'tests'],
  ['unused code', 'knip'],
  ['OpenAPI document', 'node', 'src/cli/openapi-write.ts', '--check'],
  ['tests', 'node', 'tests/support/run-tests.ts'],
]

const only = process.argv.slice(2)
const failed: string[] = []
for (const [name, command, ...args] of checks) {
  if (only.length > 0 && !only.includes(name)) continue
  process.stdout.write(`# ${name}\n`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) failed.push(name)
}
process.stdout.write(failed.length === 0 ? '# every check passed\n' : `# failed: ${failed.join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
