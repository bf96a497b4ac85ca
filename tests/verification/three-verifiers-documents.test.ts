import t from 'tap'
import type { Browser } from 'playwright-core'
import { sealBytes } from '#documents'
import { startBrowser } from '../support/browser.ts'
import { aSeal } from '../support/documents-seal.ts'
import { anExecutedFile, sealedAt } from '../support/documents-sheet.ts'
import { aDossier, anOrganisation } from '../support/verification-dossier.ts'
import { placesIn, seededNumbers } from '../support/verification-flips.ts'
import { grownDossiers } from '../support/verification-grown-dossiers.ts'
import { aRenewedFile, honestCases, trustFiles } from '../support/verification-long-term-cases.ts'
import { pemOf } from '../support/verification-seal.ts'
import { formCases, tamperedCases } from '../support/verification-tampered-cases.ts'
import {
  demandAgreement,
  PageVerifier,
  pythonMissing,
  tableOf,
  temporaryFolder,
} from '../support/verification-three.ts'
import type { Row } from '../support/verification-three.ts'
import { evidenceCases, wrongCases } from '../support/verification-wrong-cases.ts'

// Documents with more than one signature, by the three verifiers. BEDING_FLIPS=300 for the long run.
const skip = pythonMissing()
const flips = Number(process.env['BEDING_FLIPS'] ?? 20)

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

t.test('sealed files that grew are judged alike', { skip }, async (t) => {
  const cases = [...honestCases, ...tamperedCases, ...wrongCases, ...evidenceCases, ...formCases]
  const files = cases.map((each) => ({ name: each.name, bytes: each.bytes(), accepted: 'level' in each }))
  const rows = await demandAgreement(t, tools, trustFiles, files)
  t.comment(tableOf(rows))
})

t.test('documents of a dossier that grew, or were cut off, are judged alike', { skip }, async (t) => {
  const rows: Row[] = []
  for (const { name, accepted, wishes } of grownDossiers) {
    const organisation = anOrganisation()
    const bytes = aDossier(organisation, wishes)
    rows.push(...(await demandAgreement(t, tools, organisation.trustFiles, [{ name, bytes, accepted }])))
  }
  t.comment(tableOf(rows))
})

t.test('a changed byte of a file that was renewed is found by all three', { skip }, async (t) => {
  const file = aRenewedFile()
  const { bytes } = file
  const random = seededNumbers(31)
  const tail = file.revisions.at(-2)?.length ?? 0
  const places = [
    ...placesIn(bytes.length, flips, random),
    ...Array.from({ length: flips }, () => tail + random(bytes.length - tail)),
  ]
  const changed = places.map((place) => {
    const copy = Buffer.from(bytes)
    copy[place] = (copy[place] as number) ^ (1 << random(8))
    return { name: `byte ${place}`, bytes: copy, accepted: false }
  })
  await demandAgreement(t, tools, trustFiles, [{ name: 'untouched', bytes, accepted: true }, ...changed])
})

t.test('executed copies are judged alike', { skip }, async (t) => {
  const file = await anExecutedFile()
  const foreign = aSeal('Kwaad B.V.', '01931f00-0000-7000-8000-0000000000ff')
  const at = { at: sealedAt, name: 'Kwaad B.V.' }
  const roots = [file.seal.root, foreign.root].map((der, position) => ({
    name: `${position}-root.pem`,
    bytes: Buffer.from(pemOf({ der })),
  }))
  const { bytes } = await sealBytes(file.grafted, foreign.signer, at)
  await demandAgreement(t, tools, roots, [
    { name: 'an executed copy', bytes: file.executed, accepted: true },
    { name: 'a sheet without a seal', bytes: file.grafted, accepted: false },
    { name: 'a sheet sealed by somebody else', bytes, accepted: false },
    { name: 'only the agreed document', bytes: file.frozen, accepted: true },
  ])
})
