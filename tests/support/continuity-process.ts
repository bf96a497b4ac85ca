import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '#database'
import type { AppendedEntry } from '#evidence'
import { appendEntries } from '#evidence'
import { createOutsideHeads } from '#platform'
import type { TestLog } from './evidence-log.ts'
import { someDrafts } from './evidence-samples.ts'
import type { TestPlatform } from './platform.ts'
import { testPlatform } from './platform.ts'

/** A process of its own: it knows of heads what lies in its folder, once it has read it. */
export type TestProcess = {
  readonly platform: TestPlatform
  readonly database: Database
  readonly folder: string
  readonly append: (log: Pick<TestLog, 'organisationId'>, count: number) => Promise<AppendedEntry[]>
}

/** A process that keeps heads in a folder of its own, or in that of another process. */
export function aProcess(
  t: { teardown(work: () => void): void },
  database: Database,
  folder = mkdtempSync(join(tmpdir(), 'beding-process-')),
): TestProcess {
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const platform = { ...testPlatform(), outsideHeads: createOutsideHeads(folder) }
  const append: TestProcess['append'] = ({ organisationId }, count) =>
    database.inOrganisation(organisationId, (trx) =>
      appendEntries(platform, trx, organisationId, someDrafts(count)),
    )
  return { platform, database, folder, append }
}
