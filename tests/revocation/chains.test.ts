import t from 'tap'
import { addMilliseconds, sha256, sha256Hex, toInstant } from '#core'
import { obtainRevocation } from '#revocation'
import { httpAuthority, obtainTimestamp } from '#timestamps'
import { testPlatform } from '../support/platform.ts'
import { startRevocationServer } from '../support/revocation-server.ts'
import { revocationSources } from '../support/revocation-sources.ts'
import { startTimestampServer } from '../support/timestamps-server.ts'

const platform = testPlatform()
const day_ms = 86_400_000

t.test(
  'R2: a chain is good when every certificate below the root is, told in the order of the chain',
  async (t) => {
    const { pki } = await startRevocationServer(t, platform.clock)
    const outcome = await obtainRevocation(
      platform,
      await revocationSources(platform),
      pki.sealChain,
      platform.clock(),
    )
    if (outcome.kind !== 'good') return void t.fail(outcome.kind)
    t.same(
      outcome.evidence.map(({ certificateSha256 }) => certificateSha256),
      pki.sealChain.slice(0, 2).map(sha256Hex),
    )
    t.same(
      outcome.evidence.map(({ certificates }) => certificates),
      [[pki.responder.der], [pki.rootResponder.der]],
    )
  },
)

t.test(
  'R2: one revoked certificate decides, also above the leaf and when the leaf has no answer',
  async (t) => {
    const server = await startRevocationServer(t, platform.clock)
    const { pki } = server
    const at = toInstant('2026-11-01T12:00:00.000Z')
    server.revoke(pki.intermediate, { at, reason: 2 })
    const revoked = {
      kind: 'revoked',
      certificateSha256: sha256Hex(pki.intermediate.der),
      revokedAt: at,
      reason: 'cACompromise',
    }
    t.match(
      await obtainRevocation(platform, await revocationSources(platform), pki.sealChain, platform.clock()),
      revoked,
    )
    const bare = pki.issue({ ocspUrls: [], crlUrls: [] })
    t.match(
      await obtainRevocation(
        platform,
        await revocationSources(platform),
        pki.chainOf(bare),
        platform.clock(),
      ),
      {
        ...revoked,
        attempts: [{ source: 'none', failure: 'no-source' }],
      },
    )
  },
)

t.test(
  'R2: a revoked leaf is told by OCSP and by the list alike, without a reason where none is given',
  async (t) => {
    for (const places of ['ocsp', 'crl'] as const) {
      const server = await startRevocationServer(t, platform.clock, { places })
      const at = toInstant('2026-11-20T10:00:00.000Z')
      server.revoke(server.pki.seal, { at })
      t.match(
        await obtainRevocation(
          platform,
          await revocationSources(platform),
          server.pki.sealChain,
          platform.clock(),
        ),
        {
          kind: 'revoked',
          certificateSha256: sha256Hex(server.pki.seal.der),
          revokedAt: at,
          reason: null,
          evidence: { kind: places },
        },
      )
      const other = server.pki.chainOf(server.pki.issue())
      t.match(await obtainRevocation(platform, await revocationSources(platform), other, platform.clock()), {
        kind: 'good',
      })
    }
  },
)

t.test(
  'R2: RSA keys of 3072 bits and P-384 count, by OCSP and by the list; RSA of 1024 bits does not',
  async (t) => {
    for (const kind of ['rsa', 'p384'] as const)
      for (const places of ['ocsp', 'crl'] as const) {
        const { pki } = await startRevocationServer(t, platform.clock, { kind, places, name: `Test ${kind}` })
        const outcome = await obtainRevocation(
          platform,
          await revocationSources(platform),
          pki.tsaChain,
          platform.clock(),
        )
        t.match(outcome, { kind: 'good', attempts: [] }, `${kind}, ${places}`)
      }
    const { pki } = await startRevocationServer(t, platform.clock, {
      responder: { kind: 'short-rsa' },
      places: 'ocsp',
    })
    t.match(
      await obtainRevocation(platform, await revocationSources(platform), pki.sealChain, platform.clock()),
      {
        kind: 'unavailable',
        attempts: [{ failure: 'signature' }, { failure: 'signature' }],
      },
    )
  },
)

t.test('a certificate that has ended is not asked about', async (t) => {
  const until = addMilliseconds(platform.clock(), day_ms)
  const server = await startRevocationServer(t, platform.clock, { seal: { until } })
  const sources = await revocationSources(platform)
  const later = addMilliseconds(until, 1)
  t.match(await obtainRevocation(platform, sources, server.pki.sealChain.slice(0, 2), later), {
    kind: 'unavailable',
    attempts: [{ source: 'none', url: '', failure: 'expired', detail: /ended at 2026-11-22/ }],
  })
  t.same(server.requests, [])
})

t.test('a chain that is none is refused by a RangeError, and a root alone needs no answer', async (t) => {
  const { pki } = await startRevocationServer(t, platform.clock)
  const sources = await revocationSources(platform)
  const [leaf, middle, root] = pki.sealChain
  for (const chain of [
    [],
    [leaf!, root!],
    [middle!, leaf!],
    [Buffer.from('rubbish')],
    Array<Buffer>(11).fill(root!),
  ])
    await t.rejects(obtainRevocation(platform, sources, chain, platform.clock()), RangeError)
  t.same(await obtainRevocation(platform, sources, [root!], platform.clock()), {
    kind: 'good',
    evidence: [],
    attempts: [],
  })
})

t.test('the certificates of one set serve a TSA and its revocation', async (t) => {
  const { pki } = await startRevocationServer(t, platform.clock)
  const tsa = await startTimestampServer(t, platform.clock, pki.tsaKeys)
  const authority = httpAuthority({ name: 'tsa', url: tsa.url, roots: tsa.roots })
  t.same(tsa.roots, [pki.root.der])
  t.ok((await obtainTimestamp(platform, [authority], sha256('a file'))).timestamp)
  t.match(
    await obtainRevocation(platform, await revocationSources(platform), pki.tsaChain, platform.clock()),
    { kind: 'good' },
  )
})
