import t from 'tap'
import { canonicalJson } from '#core'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { summarise } from '../../src/disputes/report-checks.ts'
import { attachmentOf, openPdf } from '../support/documents-pdf.ts'
import { testService } from '../support/service.ts'
import { assigned, imported, published, shown, somePeople } from '../support/story.ts'

const service = await testService(t)
const { own, other, send } = service
const people = somePeople(3)
await imported(service, own, people)
const version = await published(service, own)
const links = await assigned(service, own, version, people.length)
for (const person of people.slice(0, 2)) {
  const link = links.get(person.workEmail)!
  const answer = await send('POST', '/v1/acts', { as: link, body: await shown(service, link, 'agreed') })
  if (answer.status !== 201) throw new Error('an act was refused')
}
const dossier = await send('POST', '/v1/dossiers', { as: own.keys.lawyer, body: { subject: { policyId: version.policyId }, purpose: 'Zaak 17 – 王' } }) // prettier-ignore
const path = `/v1/dossiers/${dossier.body.dossierId}/report`
const lawyer = own.keys.lawyer

t.test('a report waits for its dossier, as the file does', async (t) => {
  const early = await send('GET', path, { as: lawyer })
  t.match([early.status, early.body.code], [409, 'dossier-not-ready'])
  await service.runJobs()
  t.equal((await send('GET', path, { as: lawyer })).status, 200)
})

t.test('a report is made once, the same bytes ever after, also when two ask at once', async (t) => {
  const [one, two] = await Promise.all([
    send('GET', `${path}?language=en`, { as: lawyer }),
    send('GET', `${path}?language=en`, { as: lawyer }),
  ])
  t.equal(one!.status, 200)
  t.ok(one!.bytes.equals(two!.bytes))
  t.ok((await send('GET', `${path}?language=en`, { as: lawyer })).bytes.equals(one!.bytes))
  t.match(openPdf(one!.bytes).text, /Dossier report/)
  t.equal((await send('GET', `${path}?language=fr`, { as: lawyer })).status, 400)
})

t.test(
  'a report says what the dossier holds, what that proves, and what a check of it came to',
  async (t) => {
    const { bytes } = await send('GET', path, { as: lawyer })
    const pdf = openPdf(bytes)
    const attached = attachmentOf(pdf, 'report.json').toString()
    const input = JSON.parse(attached)
    t.equal(attached, canonicalJson(input))
    t.equal(input.purpose, 'Zaak 17 – ‹U+738B›', 'an odd character is shown as its code point')
    const kinds = input.entries.map((each: { kind: string }) => each.kind)
    t.same(kinds, ['policy-version-published', 'assignments-created', 'act', 'act'])
    const act = input.entries[2]
    t.match(act, { level: 'E3', about: /Şükrü .*akkoord · Sociale media, versie 1/ })
    t.match(input.anchors[act.before - 1], { at: /Z$/, development: true })
    t.match(input.levels, [{ level: 'E3', acts: 2, doesNotProve: /Wie er klikte/ }])
    const file = await send('GET', path.replace('report', 'content'), { as: lawyer })
    const { createHash } = await import('node:crypto')
    t.equal(input.fileSha256, createHash('sha256').update(file.bytes).digest('hex'))
    t.ok(input.checks.length > 5)
    t.same(input.checks.filter((each: { outcome: string }) => each.outcome !== 'PASSED'), []) // prettier-ignore
    t.notMatch(pdf.text, /undefined|null|\[object/)
  },
)

t.test('the seal of a report verifies', async (t) => {
  const keys = await send('GET', `/v1/organisations/${own.organisationId}/verification-keys`)
  const trust = readTrust([{ name: 'root.pem', bytes: Buffer.from(keys.body.rootPem) }])
  const report = verifyFile((await send('GET', path, { as: lawyer })).bytes, 'report.pdf', trust)
  t.match(
    report.checks.filter((check) => check.name.startsWith('seal')).map((check) => check.outcome),
    ['PASSED'],
  )
  t.ok(
    report.checks.length > 3 &&
      (isAccepted(report) || report.checks.some((check) => check.name === 'policy content')),
  )
})

t.test('elsewhere it does not exist, and who may not read dossiers may not read it', async (t) => {
  t.match((await send('GET', path, { as: other.keys.lawyer })).body, { code: 'dossier-not-found' })
  t.equal((await send('GET', path, { as: own.keys['hr-publisher'] })).status, 403)
})

t.test('what did not pass comes first, and a long list says how much more there is', async (t) => {
  const passed = Array.from({ length: 310 }, (_, index) => ({ name: `p${index}`, outcome: 'PASSED' as const, sentence: '3 of 3' })) // prettier-ignore
  const failed = { name: 'bad', outcome: 'FAILED' as const, sentence: 'it is not' }
  const listed = summarise([...passed, failed])
  t.match(listed[0], { name: 'bad', outcome: 'FAILED', count: 1 })
  t.match(listed[1], { count: 3 })
  t.match(listed.at(-1), { name: '…', outcome: 'PASSED', count: 11 })
  t.equal(listed.length, 301)
})
