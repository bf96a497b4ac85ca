import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { isAccepted, verifyFile } from '#verification'
import { call, download } from '../../src/cli/demo/api-client.ts'
import type { Stage } from '../../src/cli/demo/story.ts'
import { aCrowd, pinnedTrust, tryAct } from '../support/service-crowd.ts'
import { exampleKeys, startProcess } from '../support/service-process.ts'

/** Two hundred in a long run: BEDING_RACES=200. */
const rounds = Number(process.env['BEDING_RACES'] ?? 60)

t.test(
  `two processes on one database: of ${rounds} races on one assignment each gives one act and one entry`,
  async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'beding-two-'))
    t.teardown(() => rmSync(home, { recursive: true, force: true }))
    const first = await startProcess(home)
    t.teardown(() => first.stop())
    const second = await startProcess(home)
    t.teardown(() => second.stop())
    const { organisationId, keys } = exampleKeys(home)
    const stage: Stage = { base: first.url, keys: keys as Stage['keys'], organisationId, outbox: join(home, 'outbox'), tell: () => undefined } // prettier-ignore
    const { people, policyId } = await aCrowd(stage, rounds)

    const outcomes = new Map<string, number>()
    for (const [round, person] of people.entries()) {
      const [one, other] = round % 2 === 0 ? [first, second] : [second, first]
      const answers = await Promise.all([
        tryAct(one.url, person.link, person.acts.get('agreed')!, `race-${round}-agreed-key`),
        tryAct(other.url, person.link, person.acts.get('not-agreed')!, `race-${round}-refused-key`),
      ])
      const [won, lost] = answers.toSorted((a, b) => a!.status - b!.status)
      const outcome = `${won!.status} ${lost!.status} ${(JSON.parse(lost!.text) as { code: string }).code}`
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    t.same([...outcomes], [['201 409 already-acted', rounds]], 'the loser is told plainly')

    const made = await call<{ dossierId: string }>(second.url, 'POST', '/v1/dossiers', {
      bearer: keys['lawyer']!,
      body: { subject: { policyId }, purpose: 'races' },
    })
    const dossier = await download(second.url, `/v1/dossiers/${made.body.dossierId}/content`, keys['lawyer']!)
    const acts = dossier.toString('latin1').match(/"kind":"act"/g) ?? []
    // Each kind stands in an entry and in the manifest.
    t.equal(acts.length, rounds * 2)
    t.ok(isAccepted(verifyFile(dossier, 'dossier.zip', await pinnedTrust(first.url, organisationId))))
  },
)
