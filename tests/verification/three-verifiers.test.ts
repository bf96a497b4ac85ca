import t from 'tap'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import {
  aDossier,
  anOrganisation,
  aPolicyEdition,
  aReceipt,
  storedZip,
  works,
} from '../support/verification-dossier.ts'
import type { DossierWishes } from '../support/verification-dossier.ts'
import { placesIn, seededNumbers } from '../support/verification-flips.ts'
import { honestFiles, signedDossier, spoilings } from '../support/verification-parts.ts'
import {
  byAllThree,
  demandAgreement,
  PageVerifier,
  pythonMissing,
  tableOf,
  temporaryFolder,
} from '../support/verification-three.ts'
import type { Row } from '../support/verification-three.ts'
import { anAuthority } from '../support/verification-timestamp.ts'

// The service's verifier, the one in Python and the HTML page, each on the same files. BEDING_FLIPS=300 for the long run.
const skip = pythonMissing()
const flips = Number(process.env['BEDING_FLIPS'] ?? 40)

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

t.test('honest files are accepted by all three', { skip }, async (t) => {
  const organisation = anOrganisation()
  const files = [
    { name: 'dossier', bytes: aDossier(organisation), accepted: true },
    { name: 'receipt', bytes: aReceipt(organisation), accepted: true },
    { name: 'policy edition', bytes: aPolicyEdition(organisation), accepted: true },
    { name: 'proof', bytes: Buffer.from(organisation.log.proof(1)), accepted: true },
    { name: 'another kind of file', bytes: Buffer.from('hello'), accepted: false },
    { name: 'an empty file', bytes: Buffer.alloc(0), accepted: false },
  ]
  const rows = await demandAgreement(t, tools, organisation.trustFiles, files)
  t.comment(tableOf(rows))
})

t.test('swapped, truncated, replayed and re-ordered parts are accepted by none', { skip }, async (t) => {
  const organisation = anOrganisation()
  const honest = honestFiles(organisation)
  const whole = signedDossier(organisation, honest)
  const parts = spoilings.map(([name, spoil]) => {
    const files = new Map(honest)
    spoil(files)
    return { name, bytes: signedDossier(organisation, files), accepted: false }
  })
  const names = [...honest.keys()].toSorted()
  const rows = await demandAgreement(t, tools, organisation.trustFiles, [
    { name: 'untouched', bytes: whole, accepted: true },
    ...parts,
    { name: 'truncated: the archive by a byte', bytes: whole.subarray(0, -1), accepted: false },
    { name: 'truncated: the archive by half', bytes: whole.subarray(0, whole.length / 2), accepted: false },
    { name: 'replayed: the archive twice', bytes: Buffer.concat([whole, whole]), accepted: false },
    {
      name: 're-ordered: the files of the archive',
      bytes: storedZip(honest, names.toReversed()),
      accepted: false,
    },
  ])
  t.comment(tableOf(rows))
})

const stories: readonly (readonly [name: string, accepted: boolean, wishes: DossierWishes])[] = [
  ['an act erased whole, on record', true, { hidden: { 1: [] }, erasures: [{ refs: [1], fields: [] }] }],
  ['a name erased, on record', true, { hidden: { 1: ['personName'] }, erasures: [{ refs: [1], fields: ['personName'] }] }], // prettier-ignore
  ['a name withheld', true, { hidden: { 1: ['personName'] } }],
  ['the number of an act withheld', false, { hidden: { 1: ['personEntryNumber'] } }],
  ['an act withheld', false, { leftOut: [1] }],
  ['an act before its bracket', false, { times: ['2026-01-01T08:00:00.000Z'] }],
  ['one witness where the policy asks for two', false, { anchors: [{ size: 0, times: ['20261123090000Z'], witnesses: [works] }] }], // prettier-ignore
  ['no anchor at all', false, { anchors: [], unanchored: 'no authority answered' }],
  ['an act of another person', false, { acts: [{ personId: '0190a000-0000-7000-8000-0000000000b0' }] }],
  ['content that was not published', false, { publishedContent: '{"title":"y"}' }],
  ['a time-stamp by an authority nobody pinned', false, { anchors: [{ size: 0, times: ['20261123090000Z'], authority: anAuthority() }] }], // prettier-ignore
]

t.test('what a dossier tells is judged alike', { skip }, async (t) => {
  const rows: Row[] = []
  for (const [name, accepted, wishes] of stories) {
    const organisation = anOrganisation()
    const bytes = aDossier(organisation, wishes)
    rows.push(...(await demandAgreement(t, tools, organisation.trustFiles, [{ name, bytes, accepted }])))
  }
  t.comment(tableOf(rows))
})

t.test('authorities may have keys of every kind that is known', { skip }, async (t) => {
  for (const keyKind of ['P-256', 'P-384', 'RSA'] as const) {
    const organisation = anOrganisation(anAuthority({ keyKind }))
    const honest = honestFiles(organisation)
    const files = new Map(honest)
    const token = honest.get('anchors/0000000000000001/01.tsr') as Buffer
    // The last bytes of a token are its signature; this one has no renewal that would notice.
    const forged = Buffer.from(token)
    forged[token.length - 5] = (token[token.length - 5] as number) ^ 1
    files.set('anchors/0000000000000001/01.tsr', forged)
    await demandAgreement(t, tools, organisation.trustFiles, [
      { name: keyKind, bytes: signedDossier(organisation, honest), accepted: true },
      { name: `${keyKind}, forged`, bytes: signedDossier(organisation, files), accepted: false },
    ])
  }
})

t.test('without pinned keys, and with those of others, nothing is accepted', { skip }, async (t) => {
  const organisation = anOrganisation()
  const bytes = aDossier(organisation)
  const unrelated = anOrganisation().trustFiles
  await demandAgreement(t, tools, unrelated, [
    { name: 'keys of seals and times of others', bytes, accepted: false },
  ])
  for (const missing of organisation.trustFiles.map(({ name }) => name)) {
    const page = await PageVerifier.open(browser, tools.folder)
    const trustFiles = organisation.trustFiles.filter(({ name }) => name !== missing)
    await page.choose('#keys', trustFiles)
    const [row] = await byAllThree({ ...tools, page }, trustFiles, [{ name: `no ${missing} pinned`, bytes }])
    await page.close()
    // Only a policy may be missing: then nobody asked for witnesses; the log's key may stand in the policy.
    const accepted = missing === 'policy.txt' || missing === 'log.vkey'
    t.same(row, { name: `no ${missing} pinned`, service: accepted, python: accepted, page: accepted })
  }
})

t.test(`${flips} random one-byte changes are accepted by none`, { skip, timeout: 1_800_000 }, async (t) => {
  const organisation = anOrganisation()
  const random = seededNumbers(58)
  const dossier = aDossier(organisation)
  const receipt = aReceipt(organisation)
  const proof = Buffer.from(organisation.log.proof(1))
  const few = Math.ceil(flips / 4)
  const changed = [
    ...somePlaces(dossier, flips, random).map((place) => ({ kind: 'dossier', bytes: dossier, place })),
    ...somePlaces(receipt, few, random).map((place) => ({ kind: 'receipt', bytes: receipt, place })),
    ...somePlaces(proof, few, random).map((place) => ({ kind: 'proof', bytes: proof, place })),
  ].map(({ kind, bytes, place }) => {
    const difference = random(2) === 0 ? 1 << random(8) : 1 + random(255)
    const copy = Buffer.from(bytes)
    copy[place] = (bytes[place] as number) ^ difference
    return { name: `${kind}, byte ${place} xor ${difference}`, bytes: copy, accepted: false }
  })
  const rows = await demandAgreement(t, tools, organisation.trustFiles, changed)
  const counted = (of: keyof Omit<Row, 'name'>): number => rows.filter((row) => !row[of]).length
  t.comment(`not accepted of ${rows.length}: service ${counted('service')}, python ${counted('python')}, page ${counted('page')}`) // prettier-ignore
})

function somePlaces(bytes: Buffer, count: number, random: (below: number) => number): number[] {
  return placesIn(bytes.length, count, random).slice(-count)
}
