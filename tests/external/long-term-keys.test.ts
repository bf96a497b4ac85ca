// A16 of the acceptance list: A10 to A13d, at B-LTA and after a renewal, of files whose seal was made by another key than
// the P-256 key in the database (that one is in long-term.test.ts): RSA-3072, and both kinds in a PKCS #11 token.
import { X509Certificate, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { addMilliseconds, type ClientId, type DocumentId, type OrganisationId } from '#core'
import {
  createSealKey,
  ensureDevelopmentAuthority,
  loadDocumentFile,
  loadSealKey,
  publicSealKeys,
  registerSealKey,
  sealDocument,
  storeDocument,
} from '#documents'
import { tsaRootsPem } from '#anchors'
import { insertOrganisation } from '#organisations'
import { openTimestampAuthorities } from '#timestamps'
import { isAccepted, readTrust, verifyFile } from '#verification'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import { issueCertificate } from '../../src/documents/seal-certificate.ts'
import { requestRenewal } from '../../src/preservation/renewal-request.ts'
import { testDatabase } from '../support/database.ts'
import { aPolicyEdition } from '../support/documents-samples.ts'
import { checkLongTerm, outsidePrograms } from '../support/external-long-term.ts'
import { aToken, softHsmModule } from '../support/external-token.ts'
import { testPlatform } from '../support/platform.ts'
import { preservationOf } from '../support/preservation-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'beding-long-term-keys-'))
t.teardown(() => rmSync(folder, { recursive: true }))
const { database } = await testDatabase(t)
const platform = testPlatform()
const deps = { platform, database }
const preservation = await preservationOf(deps)
const rendered = await renderDocument(aPolicyEdition())
const organisationName = 'Jansen & Zn. Zorg B.V.'
const token = softHsmModule === undefined ? undefined : aToken(folder)

/** A certificate of the development authority for a key that lives elsewhere, with that authority behind it. */
function certificatesFor(organisationId: OrganisationId, publicKey: KeyObject): Promise<readonly Buffer[]> {
  return database.inOrganisation(organisationId, async (trx) => {
    const authority = await ensureDevelopmentAuthority(platform, trx)
    const notBefore = platform.clock()
    const leaf = issueCertificate({
      subject: [
        { type: 'organization', text: organisationName },
        { type: 'commonName', text: organisationName },
        { type: 'serialNumber', text: organisationId },
      ],
      publicKey,
      issuer: authority,
      signingKey: authority.privateKey,
      notBefore,
      notAfter: addMilliseconds(notBefore, 365 * 86_400_000),
      serialNumber: Buffer.concat([Buffer.of(1), platform.randomBytes(15)]),
    })
    return [leaf, authority.certificate]
  })
}

/** Puts the key of this name to use for an organisation. */
const keys: Readonly<Record<string, (organisationId: OrganisationId) => Promise<unknown>>> = {
  'rsa-3072': (organisationId) =>
    database.inOrganisation(organisationId, (trx) => createSealKey(platform, trx, organisationId, organisationName, platform.clock(), 'rsa-3072')), // prettier-ignore
  ...(token === undefined
    ? {}
    : {
        'token-p256': (organisationId) => inToken(organisationId, 'curve', 'EC:prime256v1'),
        'token-rsa-3072': (organisationId) => inToken(organisationId, 'rsa', 'rsa:3072'),
      }),
}

async function inToken(organisationId: OrganisationId, label: string, type: 'EC:prime256v1' | 'rsa:3072') {
  const certificates = await certificatesFor(organisationId, token!.makeKey(label, type))
  return registerSealKey(deps, organisationId, { kind: 'stays', location: token!.at(label), certificates })
}

/** Seals the document with the organisation's key, as the service does it, and keeps it. */
async function aSealedDocument(organisationId: OrganisationId): Promise<DocumentId> {
  const key = await database.readInOrganisation(organisationId, (trx) => loadSealKey(platform, trx, organisationId)) // prettier-ignore
  const createdAt = platform.clock()
  const sealed = await sealDocument(key, rendered, { at: createdAt, name: organisationName })
  const documentId = platform.newId() as DocumentId
  const record = { documentId, kind: 'policy-edition', language: 'nl', title: 'Code', createdAt } as const
  await database.inOrganisation(organisationId, (trx) => storeDocument(trx, organisationId, record, sealed))
  return documentId
}

t.test(
  'A16 softhsm2 is there',
  { skip: token === undefined ? 'no SoftHSM on this machine' : false },
  async (t) => {
    t.equal(Object.keys(keys).length, 3)
  },
)

for (const [name, putToUse] of Object.entries(keys))
  await t.test(name, async (t) => {
    const organisationId = platform.newId() as OrganisationId
    await database.inOrganisation(organisationId, (trx) => insertOrganisation(trx, { organisationId, name: organisationName, createdAt: platform.clock() })) // prettier-ignore
    await putToUse(organisationId)
    const documentId = await aSealedDocument(organisationId)
    const keep = async (state: string) => {
      const path = join(folder, `${name}.${state}.pdf`)
      const file = await database.readInOrganisation(organisationId, (trx) => loadDocumentFile(trx, organisationId, documentId)) // prettier-ignore
      writeFileSync(path, file.bytes)
      return path
    }
    const sealed = await keep('sealed')
    await preservation.run(organisationId)
    const preserved = await keep('preserved')
    platform.advanceClock(86_400_000)
    await database.inOrganisation(organisationId, (trx) => requestRenewal(platform, trx, { organisationId, clientId: platform.newId() as ClientId }, documentId, 'A16')) // prettier-ignore
    await preservation.run(organisationId)
    const renewed = await keep('renewed')
    writeFileSync(join(folder, `${name}.rendered.pdf`), rendered.bytes)

    const { rootPem } = await database.readInOrganisation(organisationId, (trx) => publicSealKeys(trx, organisationId)) // prettier-ignore
    const tsaRoots = tsaRootsPem(await openTimestampAuthorities(platform, database, { kind: 'development' }))
    const trust = { root: join(folder, `${name}.root.pem`), tsaRoots: join(folder, `${name}.tsa-roots.pem`) }
    writeFileSync(trust.root, rootPem)
    writeFileSync(trust.tsaRoots, tsaRoots)
    const programs = outsidePrograms(join(folder, name), trust)

    t.test(`${name}: A11b mutool calls the sealed file unchanged since signing`, async (t) => {
      t.match(programs.said('mutool', 'sign', '-v', sealed), 'The document is unchanged since signing')
      const { publicKey: key } = new X509Certificate((await database.readInOrganisation(organisationId, (trx) => publicSealKeys(trx, organisationId))).certificatePem) // prettier-ignore
      t.comment(`${name}: sealed by ${key.asymmetricKeyType} ${JSON.stringify(key.asymmetricKeyDetails, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each))}`) // prettier-ignore
      t.equal(key.asymmetricKeyType, name.endsWith('rsa-3072') ? 'rsa' : 'ec')
    })
    checkLongTerm(t, programs, { name, rendered: join(folder, `${name}.rendered.pdf`), preserved, renewed, seals: 1 }) // prettier-ignore
    t.test(`${name}: our verifier accepts both states at B-LTA`, async (t) => {
      const pinned = readTrust([{ name: 'root.pem', bytes: Buffer.from(rootPem) }, { name: 'tsa-roots.pem', bytes: Buffer.from(tsaRoots) }]) // prettier-ignore
      for (const path of [preserved, renewed]) {
        const report = verifyFile(readFileSync(path), path, pinned, { atLeast: 'B-LTA' })
        t.ok(isAccepted(report), JSON.stringify(report.checks.filter(({ outcome }) => outcome !== 'PASSED')))
      }
    })
  })
