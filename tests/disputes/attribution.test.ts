import t from 'tap'
import { sha256Hex } from '#core'
import { parseDisclosure } from '#evidence'
import { anAgreement } from '../support/annexes.ts'
import { fileNames, filesOf } from '../support/archive.ts'
import { testService } from '../support/service.ts'
import { attributionStatements } from '../../src/disputes/attribution-decisions.ts'
import { attributionText } from '../../src/disputes/attribution-text.ts'
import type { Attribution } from '../../src/disputes/attribution.ts'

const service = await testService(t)
const { own, other, send } = service
const { lawyer } = own.keys
const { agreed } = await anAgreement(service)
const { link, actId } = agreed[0]!
await send('POST', '/v1/acts/current/denials', { as: link, body: { ground: 'not-me', words: 'Niet van mij.', language: 'nl' } }) // prettier-ignore
const path = `/v1/acts/${actId}/attribution-packs`
const made = await send('POST', path, { as: lawyer, body: { purpose: 'Betwisting' } })

t.test(
  'A1: a pack says of each subject what is recorded and what is not, and concludes nothing',
  async (t) => {
    t.equal(made.status, 201, JSON.stringify(made.body))
    const outcomes = Object.fromEntries(made.body.statements.map((each: { subject: string; outcome: string }) => [each.subject, each.outcome])) // prettier-ignore
    t.match(outcomes, {
      'identity-proofing': 'missing',
      'credential-enrolment': 'missing',
      authentications: 'missing',
      deliveries: 'shown',
      'openings-and-devices': 'lawyer',
      'content-and-choice': 'shown',
      'purpose-matrix': 'lawyer',
      denials: 'lawyer',
      custodian: 'lawyer',
      'criterion-a': 'lawyer',
      'criterion-b': 'lawyer',
      'criterion-c': 'lawyer',
      'criterion-d': 'shown',
    })
    t.equal(made.body.status, 'denied')
    t.ok(made.body.missing.includes('identity-proofing'))
  },
)

t.test(
  'A2: the file is the same each time, its sums are right, and every pointer leads to an entry of the dossier that says so',
  async (t) => {
    await service.runJobs()
    const content = `/v1/attribution-packs/${made.body.packId}/content`
    const file = await send('GET', content, { as: lawyer })
    t.equal(file.status, 200, JSON.stringify(file.body).slice(0, 200))
    t.ok((await send('GET', content, { as: lawyer })).bytes.equals(file.bytes))
    t.same(fileNames(file.bytes), ['SHA256SUMS', 'SHA256SUMS.sig', 'attribution.en.txt', 'attribution.json', 'attribution.nl.txt', 'dossier.zip']) // prettier-ignore
    const files = filesOf(file.bytes)
    for (const line of files.get('SHA256SUMS')!.toString().trimEnd().split('\n')) {
      const [sum, name] = line.split('  ')
      t.equal(sha256Hex(files.get(name!)!), sum, name!)
    }
    t.equal(sha256Hex(files.get('attribution.json')!), made.body.attributionSha256)
    const attribution = JSON.parse(files.get('attribution.json')!.toString()) as Attribution
    const dossier = filesOf(files.get('dossier.zip')!)
    const pointers = attribution.statements.flatMap(({ evidence }) => evidence)
    t.ok(pointers.filter(({ inDossier }) => inDossier).length > 10)
    for (const { entryIndex, fact, inDossier } of pointers) {
      const folder = `entries/${String(entryIndex).padStart(12, '0')}`
      t.equal(dossier.has(`${folder}/entry.json`), inDossier, `entry ${entryIndex}`)
      if (!inDossier || fact === null) continue
      const names = dossier.get(`${folder}/disclosures.txt`)!.toString().trimEnd().split('\n').map((line) => parseDisclosure(line).name) // prettier-ignore
      t.ok(names.includes(fact), `entry ${entryIndex} says ${fact}`)
    }
    t.match(
      files.get('attribution.nl.txt')!.toString(),
      /VOOR EEN JURIST[^]*NIET VASTGELEGD|NIET VASTGELEGD[^]*VOOR EEN JURIST/,
    )
    t.match(files.get('attribution.en.txt')!.toString(), /concludes nothing/)
  },
)

t.test(
  'A3: an administrator who did something near the act, and another address, are for a lawyer',
  async (t) => {
    await send('POST', '/v1/api-clients', { as: own.keys['organisation-admin'], body: { name: 'C', role: 'auditor' } }) // prettier-ignore
    const again = await send('POST', path, { as: lawyer, body: { purpose: 'Opnieuw', custodian: { text: 'Wij beheren dit zelf.', by: 'C. Beheerder' } } }) // prettier-ignore
    const of = (subject: string) => again.body.statements.find((each: { subject: string }) => each.subject === subject) // prettier-ignore
    t.match(of('privileged-actions'), { outcome: 'lawyer', reason: 'privileged-near', details: [{ kind: 'api-client-created' }] }) // prettier-ignore
    t.match(of('custodian'), { outcome: 'shown', details: [{ by: 'C. Beheerder' }] })
    const surroundings = {
      deliveries: [],
      openings: [],
      entries: [],
      earlierAddresses: ['eerder@voorbeeld.example'],
    }
    const material = { actEntry: { index: 3, kind: 'act', at: '2026-11-21T08:00:00.000Z' as never, facts: { address: 'nieuw@voorbeeld.example' } }, publication: null, denials: [], surroundings, fitness: null, custodian: { text: 'T', by: 'B', on: '2026-11-21', ownDescription: true }, inDossier: new Set<number>() } // prettier-ignore
    const touched = attributionStatements(material)
    t.match(touched.find(({ subject }) => subject === 'privileged-actions'), { outcome: 'lawyer', reason: 'other-address' }) // prettier-ignore
  },
)

t.test(
  'A4: a key of one device, a synced one and a link are told apart, and none is called advanced',
  async (t) => {
    const signing = (backupEligible: boolean) => JSON.stringify({ flags: { backupEligible }, enrolment: { entryIndex: 1 } }) // prettier-ignore
    const reasonFor = (text: string | null) => {
      const surroundings = { deliveries: [], openings: [], entries: [], earlierAddresses: [] }
      const material = { actEntry: { index: 3, kind: 'act', at: '2026-11-21T08:00:00.000Z' as never, facts: { signing: text } }, publication: null, denials: [], surroundings, fitness: 'pass', custodian: { text: 'T', by: 'B', on: '2026-11-21', ownDescription: false }, inDossier: new Set([1, 3]) } // prettier-ignore
      const statements = attributionStatements(material)
      t.equal(statements.filter(({ subject, outcome }) => subject.startsWith('criterion') && outcome === 'lawyer').length, 3) // prettier-ignore
      return statements.find(({ subject }) => subject === 'criterion-c')!.reason
    }
    t.same([signing(false), signing(true), null].map(reasonFor), ['c-device', 'c-synced', 'c-link'])
  },
)

t.test('every word that a pack can use is explained in both languages', async (t) => {
  const file = await send('GET', `/v1/attribution-packs/${made.body.packId}`, { as: lawyer })
  t.same(file.body, made.body)
  const attribution = { ...file.body, act: { actId, status: 'denied' }, dossier: {}, organisation: {} } as Attribution // prettier-ignore
  for (const language of ['nl', 'en'] as const)
    for (const { reason } of attribution.statements)
      t.notOk(attributionText(attribution, language).includes(`  ${reason}\n`), `${reason} in ${language}`)
})

t.test('nobody elsewhere, and no act that is not there', async (t) => {
  t.equal((await send('POST', path, { as: other.keys.lawyer, body: { purpose: 'P' } })).status, 404)
  t.equal((await send('POST', path, { as: own.keys['hr-publisher'], body: { purpose: 'P' } })).status, 403)
  t.equal(
    (await send('GET', `/v1/attribution-packs/${made.body.packId}`, { as: other.keys.lawyer })).status,
    404,
  )
})
