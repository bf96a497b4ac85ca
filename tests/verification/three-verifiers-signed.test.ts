import t from 'tap'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { aDossier, anOrganisation, union, works } from '../support/verification-dossier.ts'
import type { StoryLog } from '../support/verification-dossier.ts'
import { signedCases, signOnCases } from '../support/verification-signed-cases.ts'
import { signedAnchors, tellSigned } from '../support/verification-signed.ts'
import { demandAgreement, PageVerifier, pythonMissing, tableOf, temporaryFolder } from '../support/verification-three.ts' // prettier-ignore

// What signed acts bring, judged by the service's verifier, the one in Python and the HTML page. What is wrong in them was
// committed to and signed by the log itself, so that only the checks of signed acts can find it.
const skip = pythonMissing()
let browser: Browser
let tools: { folder: string; page: PageVerifier }

t.before(async () => {
  if (skip !== false) return
  browser = await startBrowser()
  const folder = temporaryFolder(t)
  tools = { folder, page: await PageVerifier.open(browser, folder) }
})
t.teardown(async () => {
  await tools?.page.close()
  await browser?.close()
})

t.test('all three say the same of every signed act', { skip, timeout: 600_000 }, async (t) => {
  const organisation = anOrganisation()
  const last = { size: 0, times: ['20261123090000Z'], witnesses: [works, union] }
  const files = [...signedCases(), ...signOnCases()].map(([name, refusedBy, wishes, more = {}]) => {
    const own = { ...organisation, log: organisation.log.fresh() }
    const anchors = [...(more.anchors ?? signedAnchors!), last]
    const story = (log: StoryLog): void => void tellSigned(log, wishes)
    return { name, bytes: aDossier(own, { ...more, anchors, story }), accepted: refusedBy === undefined }
  })
  const rows = await demandAgreement(t, tools, organisation.trustFiles, files, 1)
  t.comment(tableOf(rows))
})
