import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { sha256, sha256Hex, type OrganisationId } from '#core'
import {
  createSealKey,
  ensureDevelopmentAuthority,
  listDevelopmentSealResponders,
  loadSealKey,
} from '#documents'
import { insertOrganisation } from '#organisations'
import { obtainRevocation, openRevocationSources, type RevocationSources } from '#revocation'
import {
  createDevelopmentKeys,
  ensureDevelopmentTimestamps,
  listDevelopmentTimestampResponders,
  obtainTimestamp,
} from '#timestamps'
import { readCertificate, responderMarks } from '../../src/revocation/certificate.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'

const platform = testPlatform()
const { database, adminQuery } = await testDatabase(t)
const day_ms = 86_400_000

const open = (): Promise<RevocationSources> =>
  openRevocationSources(platform, database, {
    privateHosts: [],
    developmentResponders: [listDevelopmentSealResponders, listDevelopmentTimestampResponders],
  })

/** The chain of a new organisation's seal, with the root. */
async function sealChain(name: string): Promise<Buffer[]> {
  const organisationId = platform.newId() as OrganisationId
  return database.inOrganisation(organisationId, async (trx) => {
    await insertOrganisation(trx, { organisationId, name, createdAt: platform.clock() })
    await createSealKey(platform, trx, organisationId, name, platform.clock())
    const { signer } = await loadSealKey(platform, trx, organisationId)
    return [...signer.chain, (await ensureDevelopmentAuthority(platform, trx)).certificate]
  })
}

/** The chains of the development TSAs, the newest first. */
async function timestampChains(): Promise<Buffer[][]> {
  const rows = await adminQuery<{ root: Buffer; certificate: Buffer }>(
    'select root, certificate from timestamp_authority order by created_at desc, authority_id desc',
  )
  return rows.map(({ certificate, root }) => [certificate, root])
}

t.test(
  'R9: out of the box there is an answer for seals and timestamps, made by nobody to be trusted',
  async (t) => {
    // Opened before there is any authority: one that another process makes later is found.
    const sources = await open()
    await ensureDevelopmentTimestamps(platform, database)
    for (const chain of [await sealChain('Jansen & Zn.'), (await timestampChains())[0]!]) {
      const outcome = await obtainRevocation(platform, sources, chain, platform.clock())
      t.match(outcome, {
        kind: 'good',
        attempts: [],
        evidence: [
          {
            kind: 'ocsp',
            thisUpdate: '2026-11-21T08:00:00.000Z',
            nextUpdate: '2026-11-22T08:00:00.000Z',
            certificateSha256: sha256Hex(chain[0]!),
          },
        ],
      })
      if (outcome.kind !== 'good') continue
      const [evidence] = outcome.evidence
      t.equal(outcome.evidence.length, 1, 'the root needs none')
      const responder = new X509Certificate(evidence!.certificates[0]!)
      t.match(responder.subject, /^CN=.*development.*do not trust/i)
      const issuer = new X509Certificate(chain.at(-1)!)
      t.ok(responder.checkIssued(issuer) && responder.verify(issuer.publicKey))
      t.same(responderMarks(readCertificate(responder.raw)), { signs: true, noCheck: true })
      t.notOk(responder.ca)
    }
    t.match(
      platform.metrics.render(),
      /beding_revocation_requests_total\{source="development",outcome="good"\} 2/,
    )
  },
)

t.test('R7: a thousand seals are one question, and the answer is made anew before it ends', async (t) => {
  const sources = await open()
  const chain = await sealChain('Eén vraag B.V.')
  const ask = () => obtainRevocation(platform, sources, chain, platform.clock())
  const first = await ask()
  const others = await Promise.all(Array.from({ length: 20 }, ask))
  for (const other of others) t.same(other, first)
  platform.advanceClock(day_ms)
  const later = await ask()
  t.match(later, { kind: 'good', evidence: [{ thisUpdate: platform.clock() }] })
})

t.test('R9: a responder that ends is followed by another, years later too', async (t) => {
  const sources = await open()
  const chain = await sealChain('Jaren later B.V.')
  await obtainRevocation(platform, sources, chain, platform.clock())
  for (const days of [89, 2, 3 * 365]) {
    platform.advanceClock(days * day_ms)
    t.match(
      await obtainRevocation(platform, sources, chain, platform.clock()),
      { kind: 'good' },
      `${days} days on`,
    )
  }
})

t.test('R9: a TSA from before there were responders is followed by one that has a responder', async (t) => {
  const keys = createDevelopmentKeys(platform)
  platform.advanceClock(1_000)
  await adminQuery(
    `insert into timestamp_authority (authority_id, root, certificate, private_key_sealed, created_at)
     values ($1, $2, $3, $4, $5)`,
    [
      platform.newId(),
      keys.root,
      keys.certificate,
      platform.secrets.seal('timestamp-authority', keys.privateKey.export({ format: 'der', type: 'pkcs8' })),
      platform.clock(),
    ],
  )
  platform.advanceClock(1_000)
  const authority = await ensureDevelopmentTimestamps(platform, database)
  t.notSame(authority.roots[0], keys.root)
  t.same(authority.roots[1], keys.root, 'whose tokens keep their root')
  t.ok((await obtainTimestamp(platform, [authority], sha256('a file'))).timestamp)
  const sources = await open()
  const [newest, before, first] = await timestampChains()
  t.same(newest![1], authority.roots[0])
  t.match(await obtainRevocation(platform, sources, newest!, platform.clock()), { kind: 'good' })
  t.match(await obtainRevocation(platform, sources, before!, platform.clock()), {
    kind: 'unavailable',
    attempts: [
      { source: 'none', url: '', failure: 'no-source', certificateSha256: sha256Hex(keys.certificate) },
    ],
  })
  t.match(
    await obtainRevocation(platform, sources, first!, platform.clock()),
    { kind: 'good' },
    'and earlier ones are answered for',
  )
  t.same((await ensureDevelopmentTimestamps(platform, database)).roots, authority.roots)
})

t.test('R9: the key of a responder lies sealed, and half a responder cannot be kept', async (t) => {
  const [row] = await adminQuery<{ responder_key_sealed: Buffer }>(
    'select responder_key_sealed from timestamp_authority where responder_key_sealed is not null',
  )
  t.throws(() => platform.secrets.open('timestamp-authority', row!.responder_key_sealed))
  t.ok(platform.secrets.open('timestamp-authority/responder', row!.responder_key_sealed).length > 100)
  await t.rejects(
    adminQuery('update timestamp_authority set responder_key_sealed = null'),
    /timestamp_authority_responder_whole/,
  )
})
