import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { toInstant, type DocumentId, type OrganisationId } from '#core'
import type { SealKeyOffer } from '#documents'
import {
  createSealKey,
  documentTitle,
  loadSealKey,
  publicSealKeys,
  registerSealKey,
  sealChain,
  sealDocument,
  storeDocument,
} from '#documents'
import { insertOrganisation } from '#organisations'
import { readTrust, verifyFile } from '#verification'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { testDatabase } from '../support/database.ts'
import { aSealChain, pemText, type SealTestChain } from '../support/documents-chains.ts'
import { aPolicyEdition } from '../support/documents-samples.ts'
import { testPlatform } from '../support/platform.ts'

const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)
const folder = mkdtempSync(join(tmpdir(), 'beding-keys-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const deps = { platform, database }
const input = aPolicyEdition()
const rendered = await renderDocument(input)

async function anEmployer(): Promise<OrganisationId> {
  const organisationId = platform.newId() as OrganisationId
  await database.inOrganisation(organisationId, async (trx) => {
    await insertOrganisation(trx, { organisationId, name: 'Jansen', createdAt: platform.clock() })
    await createSealKey(platform, trx, organisationId, 'Jansen', platform.clock())
  })
  return organisationId
}

/** What a publisher does: the key in one transaction, the seal outside, the document in another. */
async function aSealedEdition(organisationId: OrganisationId) {
  const key = await database.readInOrganisation(organisationId, (trx) => loadSealKey(platform, trx, organisationId)) // prettier-ignore
  const sealed = await sealDocument(key, rendered, { at: platform.clock(), name: input.organisationName })
  const { kind, language } = input
  const record = { documentId: platform.newId() as DocumentId, kind, language, title: documentTitle(input), createdAt: platform.clock() } // prettier-ignore
  await database.inOrganisation(organisationId, (trx) => storeDocument(trx, organisationId, record, sealed))
  return sealed
}

const publicKeysOf = (organisationId: OrganisationId) =>
  database.readInOrganisation(organisationId, (trx) => publicSealKeys(trx, organisationId))

function keyFileOf(chain: SealTestChain, name: string): string {
  const file = join(folder, `${name}.pem`)
  writeFileSync(file, chain.leaf.key.export({ format: 'pem', type: 'pkcs8' }))
  return file
}

const inFile = (chain: SealTestChain, keyFile: string): SealKeyOffer => ({ kind: 'stays', location: { kind: 'file', keyFile }, certificates: chain.certificates }) // prettier-ignore

/** The outcome of every check of a seal under these roots. */
function verdict(bytes: Buffer, rootPems: readonly string[]): string[] {
  const trust = readTrust(
    rootPems.map((pem, index) => ({ name: `${index}-root.pem`, bytes: Buffer.from(pem) })),
  )
  return verifyFile(bytes, 'policy.pdf', trust).checks.filter((check) => check.name.includes('seal')).map((check) => check.outcome) // prettier-ignore
}

t.test('a registered key seals from then on; older seals stay valid under the roots that are handed out', async (t) => {
  const organisationId = await anEmployer()
  const first = await aSealedEdition(organisationId)
  const chain = aSealChain()
  const { keyId, notAfter } = await registerSealKey(deps, organisationId, inFile(chain, keyFileOf(chain, 'first')))
  t.equal(notAfter, '2040-01-01T00:00:00.000Z')
  const second = await aSealedEdition(organisationId)
  t.equal(second.sealKeyId, keyId)
  t.not(first.sealKeyId, keyId)
  t.ok(second.bytes.includes(chain.middle.der.toString('hex')), 'the authority between travels in the seal')
  t.notOk(second.bytes.includes(chain.root.der.toString('hex')), 'the root does not')
  const keys = await publicKeysOf(organisationId)
  t.equal(keys.certificatePem, pemText(chain.leaf.der))
  t.equal(keys.rootPem, pemText(chain.root.der))
  t.equal(keys.earlierRootPems.length, 1)
  for (const sealed of [first, second])
    t.same(new Set(verdict(sealed.bytes, [keys.rootPem, ...keys.earlierRootPems])), new Set(['PASSED']))
  const chains = await database.readInOrganisation(organisationId, (trx) =>
    Promise.all([first, second].map((sealed) => sealChain(trx, organisationId, sealed.sealKeyId))),
  )
  t.same(chains.map((each) => each.length), [2, 3])
  t.equal(pemText(chains[0]!.at(-1)!), keys.earlierRootPems[0])
}) // prettier-ignore

t.test('a key of before this table, of which only the leaf was stored, still seals', async (t) => {
  const organisationId = await anEmployer()
  await adminQuery('alter table seal_key_use disable trigger user')
  await adminQuery('alter table signing_key disable trigger user')
  await adminQuery('delete from seal_key_use where organisation_id = $1', [organisationId])
  await adminQuery(
    `update signing_key set certificate_chain = substring(certificate_chain from '^.*?-----END CERTIFICATE-----\n')
      where organisation_id = $1 and purpose = 'seal'`,
    [organisationId],
  )
  await adminQuery('alter table seal_key_use enable trigger user')
  await adminQuery('alter table signing_key enable trigger user')
  const { bytes, sealKeyId } = await aSealedEdition(organisationId)
  const { rootPem, earlierRootPems } = await publicKeysOf(organisationId)
  t.same(earlierRootPems, [])
  t.same(new Set(verdict(bytes, [rootPem])), new Set(['PASSED']))
  const chain = await database.readInOrganisation(organisationId, (trx) => sealChain(trx, organisationId, sealKeyId)) // prettier-ignore
  t.equal(pemText(chain[1]!), rootPem)
})

t.test('a key that is taken in is sealed under the master key; one that stays leaves nothing secret', async (t) => {
  const organisationId = await anEmployer()
  const chain = aSealChain({ kind: 'rsa-3072' })
  const taken = { kind: 'taken-in', privateKey: chain.leaf.key, certificates: chain.certificates } as const
  const { keyId } = await registerSealKey(deps, organisationId, taken)
  t.equal((await aSealedEdition(organisationId)).sealKeyId, keyId)
  const other = aSealChain()
  const keyFile = keyFileOf(other, 'outside')
  await registerSealKey(deps, organisationId, inFile(other, keyFile))
  const rows = await adminQuery<Record<string, Buffer | string | null>>(
    `select algorithm, private_key_sealed, location, settings from signing_key natural join seal_key_use
      where organisation_id = $1 order by use_number`,
    [organisationId],
  )
  t.match(rows, [
    { algorithm: 'ecdsa-p256', location: 'database', settings: '{}' },
    { algorithm: 'rsa-3072', location: 'database', settings: '{}' },
    { algorithm: 'ecdsa-p256', location: 'file', private_key_sealed: null, settings: JSON.stringify({ keyFile }) },
  ])
  const pkcs8 = chain.leaf.key.export({ format: 'der', type: 'pkcs8' })
  t.notOk((rows[1]!['private_key_sealed'] as Buffer).includes(pkcs8.subarray(0, 64)))
  const opened = platform.secrets.open(`signing-key/seal/${organisationId}`, rows[1]!['private_key_sealed'] as Buffer)
  t.ok(createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' }).equals(chain.leaf.key))
}) // prettier-ignore

t.test('what may not seal is not registered, and the key before it stays in use', async (t) => {
  const organisationId = await anEmployer()
  const before = await aSealedEdition(organisationId)
  const chain = aSealChain()
  const keyFile = keyFileOf(chain, 'refused')
  const other = aSealChain()
  writeFileSync(join(folder, 'rubbish.pem'), '-----BEGIN PRIVATE KEY-----\nc2VjcmV0IHdvcmRz\n-----END PRIVATE KEY-----\n')
  writeFileSync(join(folder, 'encrypted.pem'), chain.leaf.key.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' })) // prettier-ignore
  const refused: [string, SealKeyOffer, string, RegExp][] = [
    ['expired', inFile(aSealChain({ until: '261120235959Z' }), keyFile), 'SealChainRefusal', /was valid until 2026-11-20/],
    ['of tomorrow', inFile(aSealChain({ from: '261122000000Z' }), keyFile), 'SealChainRefusal', /not valid before 2026-11-22/],
    ['an expired root', inFile(aSealChain({}, {}, { until: '261120235959Z' }), keyFile), 'SealChainRefusal', /was valid until/],
    ['without its root', inFile({ ...chain, certificates: chain.certificates.slice(0, 2) }, keyFile), 'SealChainRefusal', /is missing/],
    ['of another key', inFile(other, keyFile), 'SealKeyFailure', /do not belong together/],
    ['of no file', inFile(chain, join(folder, 'none.pem')), 'SealKeyFailure', /none\.pem cannot be read \(ENOENT\)/],
    ['of rubbish', inFile(chain, join(folder, 'rubbish.pem')), 'SealKeyFailure', /holds no private key/],
    ['encrypted', inFile(chain, join(folder, 'encrypted.pem')), 'SealKeyFailure', /is encrypted/],
    ['taken in with another key', { kind: 'taken-in', privateKey: other.leaf.key, certificates: chain.certificates }, 'SealKeyFailure', /belong together/],
  ] // prettier-ignore
  for (const [what, offer, name, message] of refused)
    await t.rejects(registerSealKey(deps, organisationId, offer), { name, message }, what)
  t.equal((await aSealedEdition(organisationId)).sealKeyId, before.sealKeyId)
}) // prettier-ignore

t.test('the same certificates again say where the key is now; a key that was before can come back', async (t) => {
  const organisationId = await anEmployer()
  const [one, two] = [aSealChain(), aSealChain()]
  const old = keyFileOf(one, 'moved')
  const { keyId } = await registerSealKey(deps, organisationId, inFile(one, old))
  await registerSealKey(deps, organisationId, inFile(two, keyFileOf(two, 'two')))
  const moved = keyFileOf(one, 'moved-here')
  unlinkSync(old)
  t.same((await registerSealKey(deps, organisationId, inFile(one, moved))).keyId, keyId)
  t.equal((await aSealedEdition(organisationId)).sealKeyId, keyId)
  const taken = { kind: 'taken-in', privateKey: one.leaf.key, certificates: one.certificates } as const
  await t.rejects(registerSealKey(deps, organisationId, taken), /needs a new one/)
  unlinkSync(moved)
  await t.rejects(aSealedEdition(organisationId), { code: 'seal-key-unavailable', status: 503, retryAfter_s: 30 })
  const { earlierRootPems } = await publicKeysOf(organisationId)
  t.equal(earlierRootPems.length, 2)
}) // prettier-ignore

t.test('a chain that ends while it is in use seals no more, and says since when', async (t) => {
  const organisationId = await anEmployer()
  const chain = aSealChain({ until: '261121080000Z' })
  await registerSealKey(deps, organisationId, inFile(chain, keyFileOf(chain, 'ending')))
  await aSealedEdition(organisationId)
  platform.advanceClock(1)
  await t.rejects(aSealedEdition(organisationId), {
    code: 'seal-certificate-invalid',
    status: 503,
    detail: 'a certificate of the seal was valid until 2026-11-21T08:00:00.000Z.',
  })
  platform.setClock(toInstant('2026-11-21T08:00:00.000Z'))
})

t.test('another organisation sees none of it', async (t) => {
  const [owner, stranger] = [await anEmployer(), await anEmployer()]
  const chain = aSealChain()
  const { keyId } = await registerSealKey(deps, owner, inFile(chain, keyFileOf(chain, 'owner')))
  await t.rejects(database.readInOrganisation(stranger, (trx) => sealChain(trx, owner, keyId)), /no such seal key/)
  t.not((await publicKeysOf(stranger)).rootPem, pemText(chain.root.der))
  const seen = await database.readInOrganisation(stranger, (trx) => trx.selectFrom('seal_key_use').select('seal_key_use.key_id').execute()) // prettier-ignore
  t.notOk(seen.some((row) => row.key_id === keyId))
  for (const statement of ["update seal_key_use set settings = '{}'", 'delete from seal_key_use'])
    await t.rejects(database.withClient(async (client) => client.query(statement)), { code: '42501' }, statement)
}) // prettier-ignore

t.test('two registrations at once: one is refused, and one key is in use', async (t) => {
  const organisationId = await anEmployer()
  const chains = [aSealChain(), aSealChain()]
  const outcomes = await Promise.allSettled(
    chains.map((chain, index) => registerSealKey(deps, organisationId, inFile(chain, keyFileOf(chain, `race-${index}`)))),
  )
  const done = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  t.ok(done.length >= 1)
  const { sealKeyId } = await aSealedEdition(organisationId)
  t.ok(done.some((outcome) => outcome.value.keyId === sealKeyId))
}) // prettier-ignore
