import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { addMilliseconds, der, sha256, toInstant } from '#core'
import { ConfigError, type TimestampSettings } from '#platform'
import {
  configuredAuthorities,
  createDevelopmentKeys,
  developmentAuthority,
  developmentTimestampsName,
  ensureDevelopmentTimestamps,
  listTimestampRoots,
  obtainTimestamp,
  openTimestampAuthorities,
  TimestampRefusal,
  validateTimestamp,
} from '#timestamps'
import { readTimestampRequest, timestampRequest } from '../../src/timestamps/timestamp-request.ts'
import { testDatabase } from '../support/database.ts'
import { testPlatform } from '../support/platform.ts'
import { tsaKeys } from '../support/timestamps-keys.ts'
import { oid } from '../support/verification-seal.ts'

const { database, adminQuery } = await testDatabase(t)
const hash = sha256('a checkpoint')
const year_ms = 365 * 86_400_000
const development: TimestampSettings = { kind: 'development' }

t.test('Z6: an installation has one development TSA, and its tokens pass every check', async (t) => {
  const platform = testPlatform()
  const made = await Promise.all([1, 2, 3].map(() => ensureDevelopmentTimestamps(platform, database)))
  for (const { roots } of made) t.same(roots, made[0]!.roots, 'those that start at once get the same one')
  const [authority] = made
  t.equal(authority!.development, true)
  t.match(authority!.name, /development.*do not trust/)
  platform.advanceClock(1_234)
  const { timestamp, attempts } = await obtainTimestamp(platform, [authority!], hash)
  t.same(attempts, [])
  t.match(timestamp, { authority: developmentTimestampsName, development: true, at: platform.clock() })
  t.equal(timestamp!.certificateEndsAt, '2036-11-18T08:00:00.000Z', 'ten years of 365 days')
  const later = await obtainTimestamp(platform, [authority!], hash)
  t.not(later.timestamp!.serial, timestamp!.serial)
})

t.test(
  'Z6: its certificates say that nobody should trust it, and its root can sign nothing more',
  async (t) => {
    const [row] = await adminQuery<{ root: Buffer; certificate: Buffer; private_key_sealed: Buffer }>(
      'select root, certificate, private_key_sealed from timestamp_authority',
    )
    const root = new X509Certificate(row!.root)
    const signer = new X509Certificate(row!.certificate)
    t.match(root.subject, /^CN=.*development.*do not trust/)
    t.match(signer.subject, /^CN=.*development.*do not trust/)
    t.ok(signer.checkIssued(root) && signer.verify(root.publicKey))
    const key = testPlatform().secrets.open('timestamp-authority', row!.private_key_sealed)
    const kept = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    t.ok(signer.checkPrivateKey(kept), 'the kept key is that of the signer')
    t.notOk(root.checkPrivateKey(kept))
    t.notOk(row!.private_key_sealed.includes(key.subarray(-32)), 'and lies sealed')
    await t.rejects(
      database.withClient((client) => client.query('delete from beding.timestamp_authority')),
      /permission denied/,
    )
  },
)

t.test(
  'Z7: before its certificate ends there is a new one, and the old tokens keep their root',
  async (t) => {
    const platform = testPlatform()
    const old = await ensureDevelopmentTimestamps(platform, database)
    const { timestamp } = await obtainTimestamp(platform, [old], hash)
    platform.advanceClock(9 * year_ms - 1)
    t.same((await ensureDevelopmentTimestamps(platform, database)).roots, old.roots)
    platform.advanceClock(1)
    const next = await ensureDevelopmentTimestamps(platform, database)
    t.equal(next.roots.length, 2)
    t.same(next.roots[1], old.roots[0])
    t.ok((await obtainTimestamp(platform, [next], hash)).timestamp)
    t.ok(validateTimestamp(timestamp!.response, { sha256: hash, roots: next.roots }))
    t.same(await listTimestampRoots(database, [next]), next.roots)
    const elsewhere = { ...next, roots: [tsaKeys().root.der] }
    t.same(await listTimestampRoots(database, [elsewhere]), [...elsewhere.roots, ...next.roots])
  },
)

t.test('Z6: a token under a development root is called that, whoever handed it over', async (t) => {
  const platform = testPlatform()
  const authority = developmentAuthority(platform, createDevelopmentKeys(platform))
  const posing = { ...authority, name: 'tsa.example.nl', development: false }
  t.match((await obtainTimestamp(platform, [posing], hash)).timestamp, {
    authority: 'tsa.example.nl',
    development: true,
  })
})

t.test('its keys can be made to end when a test wants it', async (t) => {
  const platform = testPlatform()
  const ends = addMilliseconds(platform.clock(), 60_000)
  const authority = developmentAuthority(platform, createDevelopmentKeys(platform, ends))
  t.equal((await obtainTimestamp(platform, [authority], hash)).timestamp?.certificateEndsAt, ends)
  platform.advanceClock(61_000)
  t.match((await obtainTimestamp(platform, [authority], hash)).attempts, [{ failure: 'expired' }])
  // Certificates have two-digit years through 2049 and four digits from 2050.
  platform.setClock(toInstant('2051-03-01T00:00:00.000Z'))
  const late = developmentAuthority(platform, createDevelopmentKeys(platform))
  t.equal((await obtainTimestamp(platform, [late], hash)).timestamp?.at, '2051-03-01T00:00:00.000Z')
})

t.test('it declines what it does not do, and says why', async (t) => {
  const platform = testPlatform()
  const authority = developmentAuthority(platform, createDevelopmentKeys(platform))
  const good = timestampRequest(hash, Buffer.alloc(8, 1))
  t.match(readTimestampRequest(good), { certificateWanted: true, value: hash })
  const requestOf = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
  const imprint = (name: string, value: Buffer): Buffer => der(0x30, der(0x30, oid(name)), der(0x04, value))
  const one = der(0x02, Buffer.of(1))
  const sha256Name = '2.16.840.1.101.3.4.2.1'
  for (const [title, request] of [
    ['rubbish', Buffer.from('rubbish')],
    ['cut off', good.subarray(0, 20)],
    ['SHA-1', requestOf(one, imprint('1.3.14.3.2.26', Buffer.alloc(20)))],
    ['a hash that is too short', requestOf(one, imprint(sha256Name, Buffer.alloc(20)))],
    ['a policy of others', requestOf(one, imprint(sha256Name, hash), oid('1.2.3'))],
    ['another version', requestOf(der(0x02, Buffer.of(2)), imprint(sha256Name, hash))],
    ['extensions', requestOf(one, imprint(sha256Name, hash), der(0xa0, der(0x30)))],
  ] as const) {
    const response = await authority.exchange(request, AbortSignal.timeout(1_000))
    const error = t.throws(
      () => validateTimestamp(response, { sha256: hash, roots: authority.roots }),
      TimestampRefusal,
      title,
    )
    t.match(error, { reason: 'status' })
  }
  const bare = await authority.exchange(requestOf(one, imprint(sha256Name, hash)), AbortSignal.timeout(1_000))
  const error = t.throws(
    () => validateTimestamp(bare, { sha256: hash, roots: authority.roots }),
    TimestampRefusal,
  )
  t.match(error, { reason: 'certificate' }, 'who does not ask for the certificate does not get it')
})

t.test('Z8: the settings say who is asked, in which order and under which roots', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'beding-roots-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const rootsFile = join(folder, 'roots.pem')
  const configured: TimestampSettings = {
    kind: 'configured',
    urls: ['https://tsa.example.nl/tsr', 'http://other.example:318'],
    rootsFile,
  }
  const refusal = /^TSA_ROOTS_FILE names a file/
  t.throws(() => configuredAuthorities(configured), { name: 'ConfigError', message: refusal }, 'no such file')
  writeFileSync(rootsFile, 'no certificate')
  t.throws(() => configuredAuthorities(configured), ConfigError)
  writeFileSync(rootsFile, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  t.throws(() => configuredAuthorities(configured), ConfigError)
  const roots = [tsaKeys().root.der, tsaKeys().root.der]
  writeFileSync(
    rootsFile,
    roots.map((root) => `# a root\n${new X509Certificate(root).toString()}`).join('\n'),
  )
  const authorities = configuredAuthorities(configured)
  t.match(authorities, [
    { name: 'tsa.example.nl', development: false, roots },
    { name: 'other.example:318', development: false, roots },
  ])
  t.same(configuredAuthorities(development), [])
  const platform = testPlatform()
  t.same((await openTimestampAuthorities(platform, database, configured)).length, 2)
  t.match(await openTimestampAuthorities(platform, database, development), [
    { name: developmentTimestampsName },
  ])
})
