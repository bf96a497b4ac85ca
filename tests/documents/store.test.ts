import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { sha256, type DocumentId, type OrganisationId } from '#core'
import {
  createSealKey,
  developmentAuthorityName,
  documentTitle,
  ensureDevelopmentAuthority,
  findDocumentBySha256,
  loadDocument,
  loadSealKey,
  publicSealKeys,
  sealDocument,
  storeDocument,
} from '#documents'
import { insertOrganisation } from '#organisations'
import { noTrust, readTrust, verifyFile } from '#verification'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { testDatabase } from '../support/database.ts'
import { aPolicyEdition } from '../support/documents-samples.ts'
import { testPlatform } from '../support/platform.ts'

const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)

/** An organisation with a seal key. */
async function anEmployer(name = 'Jansen & Zn. <B.V.>'): Promise<OrganisationId> {
  const organisationId = platform.newId() as OrganisationId
  await database.inOrganisation(organisationId, async (trx) => {
    await insertOrganisation(trx, { organisationId, name, createdAt: platform.clock() })
    await createSealKey(platform, trx, organisationId, name, platform.clock())
  })
  return organisationId
}

/** Renders, seals and stores an edition. */
async function aStoredEdition(organisationId: OrganisationId) {
  const input = aPolicyEdition()
  const rendered = await renderDocument(input)
  const documentId = platform.newId() as DocumentId
  const key = await database.readInOrganisation(organisationId, (trx) =>
    loadSealKey(platform, trx, organisationId),
  )
  const sealed = await sealDocument(key, rendered, { at: platform.clock(), name: input.organisationName })
  await database.inOrganisation(organisationId, async (trx) => {
    const { kind, language } = input
    const record = { documentId, kind, language, title: documentTitle(input), createdAt: platform.clock() }
    await storeDocument(trx, organisationId, record, sealed)
  })
  return { documentId, rendered, sealed }
}

/** The parts of the subject of a certificate, unescaped. */
function subjectOf(pem: string): Record<string, string> {
  return new X509Certificate(pem).toLegacyObject().subject as unknown as Record<string, string>
}

t.test('D10: the authority is made once, also by two starts at once, and says what it is', async (t) => {
  const made = await Promise.all(
    Array.from({ length: 4 }, () =>
      database.installation((trx) => ensureDevelopmentAuthority(platform, trx)),
    ),
  )
  const [row, ...others] = await adminQuery<{ certificate: string; development: boolean }>(
    'select certificate, development from certificate_authority',
  )
  t.same(others, [])
  t.equal(row!.development, true)
  const root = new X509Certificate(row!.certificate)
  t.equal(subjectOf(row!.certificate)['CN'], developmentAuthorityName)
  for (const { certificate } of made) t.ok(certificate.equals(root.raw))
})

t.test('D9: what is loaded is, byte for byte, what was sealed, with what stood under the seal', async (t) => {
  const organisationId = await anEmployer()
  const { documentId, rendered, sealed } = await aStoredEdition(organisationId)
  const loaded = await database.readInOrganisation(organisationId, (trx) =>
    loadDocument(trx, organisationId, documentId),
  )
  t.ok(loaded.bytes.equals(sealed.bytes))
  t.ok(loaded.sha256.equals(sha256(loaded.bytes)))
  t.ok(loaded.renderedSha256.equals(sha256(loaded.bytes.subarray(0, loaded.renderedLength))))
  t.ok(loaded.renderedSha256.equals(rendered.sha256))
  t.match(loaded, {
    documentId,
    kind: 'policy-edition',
    mediaType: 'application/pdf',
    title: 'Gedragscode internet en sociale media',
    language: 'nl',
    sealLevel: 'B-B',
    createdAt: platform.clock(),
  })
  const found = await database.readInOrganisation(organisationId, (trx) =>
    findDocumentBySha256(trx, organisationId, sealed.sha256),
  )
  t.equal(found?.documentId, documentId)
})

t.test('an unknown document is not found, and another organisation cannot see this one', async (t) => {
  const [owner, stranger] = [await anEmployer(), await anEmployer('Een ander')]
  const { documentId, sealed } = await aStoredEdition(owner)
  const load = (as: OrganisationId, of: OrganisationId, id: DocumentId) =>
    database.readInOrganisation(as, (trx) => loadDocument(trx, of, id))
  await t.rejects(load(owner, owner, platform.newId() as DocumentId), { code: 'document-not-found' })
  await t.rejects(load(stranger, stranger, documentId), { code: 'document-not-found' })
  await t.rejects(load(stranger, owner, documentId), { code: 'document-not-found' })
  const bySha = await database.readInOrganisation(stranger, (trx) =>
    findDocumentBySha256(trx, owner, sealed.sha256),
  )
  t.equal(bySha, undefined)
})

t.test('D9: a stored document can be neither changed nor deleted by the service', async (t) => {
  const organisationId = await anEmployer()
  await aStoredEdition(organisationId)
  for (const statement of ['update document set title = title', 'delete from document', 'truncate document'])
    await t.rejects(
      database.withClient(async (client) => client.query(statement)),
      { code: '42501' },
      statement,
    )
})

t.test('the verifier accepts a stored document under the published root, and no other', async (t) => {
  const organisationId = await anEmployer()
  const { sealed } = await aStoredEdition(organisationId)
  const keys = await database.readInOrganisation(organisationId, (trx) => publicSealKeys(trx, organisationId))
  const trust = readTrust([{ name: 'root.pem', bytes: Buffer.from(keys.rootPem) }])
  t.same(
    verifyFile(sealed.bytes, 'policy.pdf', trust).checks.filter((check) => check.outcome !== 'PASSED'),
    [],
  )
  const leaf = new X509Certificate(keys.certificatePem)
  t.ok(leaf.verify(new X509Certificate(keys.rootPem).publicKey))
  t.ok(verifyFile(sealed.bytes, 'policy.pdf', noTrust).checks.some((check) => check.outcome !== 'PASSED'))
})

t.test('the seal key names its organisation, and its private key opens for no other', async (t) => {
  const [one, other] = [await anEmployer('Café Ĳ & <Zonen>'), await anEmployer('Een ander')]
  const { certificatePem } = await database.readInOrganisation(one, (trx) => publicSealKeys(trx, one))
  const subject = subjectOf(certificatePem)
  t.equal(subject['O'], 'Café Ĳ & <Zonen>')
  t.equal(subject['serialNumber'], one)
  // Row level security aside, a row that was copied into another organisation is of no use there.
  await adminQuery(
    `insert into signing_key select $2::uuid, 'copied', purpose, algorithm, public_key, private_key_sealed,
       certificate_chain, created_at + interval '1 day' from signing_key where organisation_id = $1 and purpose = 'seal'`,
    [one, other],
  )
  await adminQuery(
    `insert into seal_key_use select $2::uuid, 2, 'copied', location, settings, registered_at from seal_key_use
      where organisation_id = $1`,
    [one, other],
  )
  await t.rejects(
    database.readInOrganisation(other, (trx) => loadSealKey(platform, trx, other)),
    { name: 'UnsealError' },
  )
})

t.test('a new seal key is the one in use from then on; old documents keep theirs', async (t) => {
  const organisationId = await anEmployer()
  const before = await aStoredEdition(organisationId)
  const { keyId } = await database.inOrganisation(organisationId, (trx) =>
    createSealKey(platform, trx, organisationId, 'Nieuwe naam', platform.clock()),
  )
  const after = await aStoredEdition(organisationId)
  t.equal(after.sealed.sealKeyId, keyId)
  t.not(before.sealed.sealKeyId, keyId)
})

t.test('an organisation without a seal key gets an internal problem and no file', async (t) => {
  const organisationId = platform.newId() as OrganisationId
  await t.rejects(
    database.readInOrganisation(organisationId, (trx) => loadSealKey(platform, trx, organisationId)),
    { code: 'internal-error' },
  )
})
