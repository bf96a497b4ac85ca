import t from 'tap'
import { sha256Hex } from '#core'
import { obtainRevocation, type RevocationOutcome } from '#revocation'
import {
  badCrlMoods,
  badOcspMoods,
  startRevocationServer,
  type CrlMood,
  type OcspMood,
} from '../support/revocation-server.ts'
import { testPlatform } from '../support/platform.ts'
import { revocationSources } from '../support/revocation-sources.ts'

const platform = testPlatform()
const server = await startRevocationServer(t, platform.clock)
const { pki } = server
// One question, so that a mood shows once: about the leaf, with the intermediate as the root.
const chain = pki.sealChain.slice(0, 2)

/** Asks with nothing shared from before, so that each time the server is asked. */
async function ask(ocsp: OcspMood, crl: CrlMood): Promise<RevocationOutcome> {
  server.setMood(ocsp, crl)
  // Only moods that never end are waited for until the limit, so that a busy machine is not taken for one.
  const timeout_ms = [ocsp, crl].some((mood) => mood === 'slow' || mood === 'drips') ? 400 : 10_000
  return obtainRevocation(
    platform,
    await revocationSources(platform, { timeout_ms }),
    chain,
    platform.clock(),
  )
}

/** What a responder in each bad mood is refused for; where two, the second is of the simpler question by GET. */
const ocspFailures: Record<string, readonly string[]> = {
  down: ['unreachable'],
  slow: ['timeout'],
  drips: ['timeout'],
  '500': ['http-status', 'http-status'],
  redirect: ['redirect', 'redirect'],
  'far redirects': ['redirect', 'url'],
  huge: ['too-large'],
  'breaks off': ['unreachable'],
  malformed: ['form'],
  'a web page': ['form'],
  'wrong certificate': ['certificate-id'],
  'wrong signature': ['signature'],
  'unauthorised responder': ['responder'],
  'responder of another issuer': ['responder'],
  'responder without nocheck': ['responder'],
  'responder not brought': ['responder'],
  'expired responder': ['responder-expired'],
  stale: ['stale'],
  future: ['future'],
  unknown: ['unknown'],
  tryLater: ['status', 'status'],
  unauthorized: ['status', 'status'],
  'another nonce': ['nonce'],
  replay: ['nonce'],
}

const crlFailures: Record<string, string> = {
  down: 'unreachable',
  slow: 'timeout',
  drips: 'timeout',
  '500': 'http-status',
  redirect: 'redirect',
  'far redirects': 'url',
  huge: 'too-large',
  'breaks off': 'unreachable',
  malformed: 'form',
  'a web page': 'form',
  'wrong issuer': 'issuer',
  'wrong signature': 'signature',
  stale: 'stale',
  future: 'future',
  delta: 'form',
  indirect: 'form',
  'another part': 'scope',
  'unknown critical extension': 'form',
}

t.test('R1: a good responder answers once, with a nonce, and what it sent is what is given', async (t) => {
  const outcome = await ask('good', 'good')
  t.match(outcome, {
    kind: 'good',
    attempts: [],
    evidence: [{ kind: 'ocsp', certificateSha256: sha256Hex(chain[0]!) }],
  })
  t.match(server.requests, ['POST /ocsp/intermediate'])
})

t.test('R3, R4: whatever mood OCSP is in, the list is used and the attempt is told', async (t) => {
  const bad = badOcspMoods.filter((mood) => mood !== 'revoked')
  t.same(Object.keys(ocspFailures).toSorted(), [...bad].toSorted())
  t.comment('mood of OCSP               | failure                  | then')
  for (const mood of bad) {
    const outcome = await ask(mood, 'good')
    t.same(
      outcome.attempts.map(({ failure }) => failure),
      ocspFailures[mood],
      mood,
    )
    t.match(outcome, { kind: 'good', evidence: [{ kind: 'crl', certificates: [] }] }, mood)
    for (const attempt of outcome.attempts)
      t.match(attempt, { source: 'ocsp', url: `${server.url}/ocsp/intermediate`, detail: /^[^\n]+$/ })
    t.comment(
      `${mood.padEnd(26)} | ${outcome.attempts
        .map(({ failure }) => failure)
        .join(', ')
        .padEnd(24)} | list (${outcome.attempts[0]!.detail})`,
    )
  }
})

t.test('R2, R3: whatever mood the list is in when OCSP is down, nothing is called good', async (t) => {
  const bad = badCrlMoods.filter((mood) => mood !== 'revoked')
  t.same(Object.keys(crlFailures).toSorted(), [...bad].toSorted())
  t.comment('mood of the list           | failure      | outcome')
  for (const mood of bad) {
    const outcome = await ask('down', mood)
    t.match(
      outcome,
      {
        kind: 'unavailable',
        attempts: [{ failure: 'unreachable' }, { source: 'crl', failure: crlFailures[mood] }],
      },
      mood,
    )
    t.equal(outcome.attempts.length, 2)
    t.comment(
      `${mood.padEnd(26)} | ${outcome.attempts[1]!.failure.padEnd(12)} | ${outcome.kind} (${outcome.attempts[1]!.detail})`,
    )
  }
})

t.test('R4: revoked ends the asking, and says when and why', async (t) => {
  const asked = server.requests.length
  t.match(await ask('revoked', 'good'), {
    kind: 'revoked',
    certificateSha256: sha256Hex(chain[0]!),
    revokedAt: '2026-11-20T08:00:00.000Z',
    reason: 'keyCompromise',
    evidence: { kind: 'ocsp' },
    attempts: [],
  })
  t.equal(server.requests.length, asked + 1)
  t.match(await ask('down', 'revoked'), {
    kind: 'revoked',
    revokedAt: '2026-11-20T08:00:00.000Z',
    reason: 'superseded',
    evidence: { kind: 'crl' },
  })
})

t.test(
  'responders that answer in advance, sign as the issuer, take only GET or have moved are as good',
  async (t) => {
    for (const [mood, certificates, requests] of [
      ['answers in advance', 1, /^POST/],
      ['issuer signs', 0, /^POST/],
      ['GET only', 1, /^GET \/ocsp\/intermediate\/[A-Za-z0-9%]+$/],
      ['moved', 1, /^GET .*\?moved$/],
    ] as const) {
      const outcome = await ask(mood, 'down')
      t.match(outcome, { kind: 'good', evidence: [{ kind: 'ocsp' }] }, mood)
      if (outcome.kind === 'good') t.equal(outcome.evidence[0]!.certificates.length, certificates, mood)
      t.match(server.requests.at(-1), requests, mood)
    }
    t.match(await ask('down', 'moved'), { kind: 'good', evidence: [{ kind: 'crl' }] })
  },
)

t.test('every request is counted by who was asked and how it ended', async (t) => {
  const text = platform.metrics.render()
  for (const line of [
    'source="ocsp",outcome="good"',
    'source="ocsp",outcome="revoked"',
    'source="ocsp",outcome="unreachable"',
    'source="crl",outcome="good"',
    'source="crl",outcome="stale"',
  ])
    t.match(text, `beding_revocation_requests_total{${line}} `)
})
