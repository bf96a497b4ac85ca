import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import t from 'tap'
import type { NamedBytes } from '#verification'
import { aDossier, anOrganisation, aReceipt } from '../support/verification-dossier.ts'
import { actFacts, anEntry, TestLog } from '../support/verification-log.ts'
import { pythonMissing, runPython, temporaryFolder } from '../support/verification-three.ts'
import { anAuthority } from '../support/verification-timestamp.ts'

const program = fileURLToPath(new URL('../../src/verification/independent/verify.py', import.meta.url))
const skip = pythonMissing()

type Run = { readonly status: number | null; readonly output: string }

/** Runs verify.py on files, with these keys in the trust directory; none at all without them. */
async function run(
  t: { teardown(work: () => unknown): void },
  files: readonly NamedBytes[],
  trustFiles?: readonly NamedBytes[],
): Promise<Run> {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'trust'))
  for (const { name, bytes } of trustFiles ?? []) writeFileSync(join(folder, 'trust', name), bytes)
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes)
  const trust = trustFiles === undefined ? [] : ['--trust', join(folder, 'trust')]
  return runPython([program, ...trust, ...files.map(({ name }) => join(folder, name))])
}

t.test('its exit status is 0 for accepted, 1 for not accepted, 2 for wrong usage', { skip }, async (t) => {
  const organisation = anOrganisation()
  const dossier = { name: 'dossier.zip', bytes: aDossier(organisation) }
  t.equal((await run(t, [dossier], organisation.trustFiles)).status, 0)
  const changed = { name: 'changed.zip', bytes: dossier.bytes.subarray(1) }
  t.equal((await run(t, [dossier, changed], organisation.trustFiles)).status, 1)
  t.equal((await run(t, [{ name: 'x', bytes: Buffer.from('x') }], [{ name: 'log.vkey', bytes: Buffer.from('x') }])).status, 2) // prettier-ignore
  t.equal((await runPython([program])).status, 2)
  t.equal((await runPython([program, '--trust', '/nowhere/at/all', 'x'])).status, 2)
  t.equal((await runPython([program, '/nowhere/at/all'])).status, 1)
})

t.test(
  'without pinned keys what would decide is INDETERMINATE, and nothing is accepted',
  { skip },
  async (t) => {
    const organisation = anOrganisation()
    const { status, output } = await run(t, [{ name: 'dossier.zip', bytes: aDossier(organisation) }])
    t.equal(status, 1)
    t.notMatch(output, /^FAILED/m)
    for (const check of [
      'log signature',
      'dossier signature',
      'keys/root.pem',
      'keys/tsa-roots.pem',
      '01.tsr',
      'seal certificate',
    ]) {
      t.match(output, new RegExp(`^INDETERMINATE .*${check}: `, 'm'), check)
    }
  },
)

t.test(
  'it says what was ERASED and what is WITHHELD, and when each entry was logged',
  { skip },
  async (t) => {
    const organisation = anOrganisation()
    const bytes = aDossier(organisation, {
      hidden: { 1: ['personName', 'address'] },
      erasures: [{ refs: [1], fields: ['personName'] }],
    })
    const { status, output } = await run(t, [{ name: 'dossier.zip', bytes }], organisation.trustFiles)
    t.equal(status, 0, output)
    t.match(output, 'entry 1: 1 facts ERASED')
    t.match(output, 'entry 1: 1 facts WITHHELD')
    t.match(output, 'entry 1: not before 2026-11-20 09:00:00 UTC, not after 2026-11-23 09:00:00 UTC')
  },
)

t.test(
  'a development authority is called one, and a manifest that hides it is refused',
  { skip },
  async (t) => {
    const organisation = anOrganisation(anAuthority({ name: 'Development time: do not trust' }))
    const files = [{ name: 'dossier.zip', bytes: aDossier(organisation) }]
    const { status, output } = await run(t, files, organisation.trustFiles)
    t.equal(status, 1)
    t.match(output, 'DEVELOPMENT time-stamping authority')
    t.match(output, /^FAILED .*kind of authority/m)
  },
)

t.test('two signed histories are printed one below the other, and no file stands', { skip }, async (t) => {
  const proofs = ['one', 'two'].map((name) => {
    const log = new TestLog()
    log.add(anEntry('act', { name }).entry)
    return { name: `${name}.tlog-proof`, bytes: Buffer.from(log.proof(0)) }
  })
  const trustFiles = [{ name: 'log.vkey', bytes: Buffer.from(new TestLog().vkey) }]
  const { status, output } = await run(t, proofs, trustFiles)
  t.equal(status, 1)
  t.match(output, /^FAILED one history: .* signed two histories/m)
  const roots = new Set(output.match(/^ {4}\| [A-Za-z0-9+/]{43}=$/gm))
  t.equal(roots.size, 2)
})

t.test('what a file says cannot draw a line of its own', { skip }, async (t) => {
  const organisation = anOrganisation()
  const facts = actFacts({ personName: 'x\nACCEPTED everything\u001b[2J\u202e' })
  const files = [{ name: 'receipt.pdf', bytes: aReceipt(organisation, { facts }) }]
  const { output } = await run(t, files, organisation.trustFiles)
  t.notMatch(output, /^ACCEPTED everything/m)
  t.match(output, 'x\\nACCEPTED everything\\x1b[2J\\u202e')
})
