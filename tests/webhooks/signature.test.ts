import { createPublicKey, verify } from 'node:crypto'
import t from 'tap'
import { addMilliseconds, toInstant } from '#core'
import { createSecrets } from '#platform'
import {
  attemptsMax,
  giveUpAfter_ms,
  judgeAttempt,
  retryAfterOf,
  type AttemptFacts,
} from '../../src/webhooks/delivery-decisions.ts'
import type { EgressResult } from '../../src/webhooks/egress.ts'
import { drawUpEvent, eventBodyMax_bytes } from '../../src/webhooks/event.ts'
import {
  privateKeyOf,
  publicKeyText,
  secretOf,
  secretText,
  signedHeaders,
} from '../../src/webhooks/signature.ts'

const secrets = createSecrets(Buffer.alloc(32, 1))
const now = toInstant('2026-11-21T08:00:00.000Z')

t.test('W4: the signature is the one that the specification’s own library makes', async (t) => {
  // standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts, "sign function works".
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
  const at = addMilliseconds(toInstant('1970-01-01T00:00:00.000Z'), 1_614_265_330_999)
  const keys = { secrets: [secret], privateKey: privateKeyOf(secrets, 'an endpoint') }
  const headers = signedHeaders(keys, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')
  t.equal(headers['webhook-id'], 'msg_p5jXN8AQM9LWM0D4loKWxJek')
  t.equal(headers['webhook-timestamp'], '1614265330')
  t.equal(headers['webhook-signature'].split(' ')[0], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

t.test('W4: each shared secret signs, and so does the key that only the sender has', async (t) => {
  const privateKey = privateKeyOf(secrets, 'an endpoint')
  const keys = { secrets: [secretOf(secrets, 'new'), secretOf(secrets, 'old')], privateKey }
  const headers = signedHeaders(keys, 'id', now, '{"é":1}')
  const parts = headers['webhook-signature'].split(' ')
  t.same(
    parts.map((part) => part.split(',')[0]),
    ['v1', 'v1', 'v1a'],
  )
  t.not(parts[0], parts[1])
  const publicText = publicKeyText(privateKey)
  t.match(publicText, /^whpk_[A-Za-z0-9+/]{43}=$/)
  const x = Buffer.from(publicText.slice(5), 'base64').toString('base64url')
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  const content = Buffer.from(`id.${headers['webhook-timestamp']}.{"é":1}`)
  const signature = Buffer.from(parts[2]!.slice(4), 'base64')
  t.ok(verify(null, content, publicKey, signature))
  t.notOk(verify(null, Buffer.from(`id.${headers['webhook-timestamp']}.{"e":1}`), publicKey, signature))
  t.notOk(publicKeyText(privateKeyOf(secrets, 'another endpoint')) === publicText)
})

t.test('W4: secrets belong to the master key and their id, and never change', async (t) => {
  t.match(secretText(secretOf(secrets, 'a')), /^whsec_[A-Za-z0-9+/]{43}=$/)
  t.not(secretText(secretOf(secrets, 'a')), secretText(secretOf(secrets, 'b')))
  // Worked out with another implementation of HKDF (HMAC by hand in Python) and openssl.
  t.equal(
    secretText(secretOf(secrets, '01a1fde2-c063-7a4a-84c9-b7a8ada67c8b')),
    'whsec_3nvU3UGe6iYTIdN5fP/bBC0u5PMh5xV8nkN7tq2m3Rw=',
  )
  t.equal(
    publicKeyText(privateKeyOf(secrets, '01a1fde2-c063-7a4a-84c9-b7a8ada67c8b')),
    'whpk_Oq9zbdzm3CkDN10ZwHvLrK3ICtxG9PtRpFDB6hynBtQ=',
  )
})

t.test(
  'W1: an event’s text is the same for the same event, short, and without anybody’s address',
  async (t) => {
    const id = '01a1fde2-c063-7a4a-84c9-b7a8ada67c8b'
    const organisationId = '01a1fde2-c063-7a4a-84c9-b7a8ada67c8c' as Parameters<typeof drawUpEvent>[0]
    const draft = { type: 'ledger.stopped', data: { why: 'mail to femke@werkgever.example bounced', deep: [{ size: 1 }] } } as const // prettier-ignore
    const { body } = drawUpEvent(organisationId, id, now, draft)
    t.equal(
      body,
      `{"specversion":"1.0","id":"${id}","source":"urn:uuid:${organisationId}","type":"ledger.stopped",` +
        '"time":"2026-11-21T08:00:00.000Z","datacontenttype":"application/json",' +
        '"data":{"why":"mail to [e-mail] bounced","deep":[{"size":1}]}}',
    )
    const long = { type: 'ledger.stopped', data: { text: 'x'.repeat(eventBodyMax_bytes) } } as const
    t.throws(() => drawUpEvent(organisationId, id, now, long), RangeError)
  },
)

const answered = (status: number, retryAfter?: string): EgressResult => ({
  kind: 'answered',
  status,
  retryAfter,
})
const facts: AttemptFacts = { attempts: 1, failures: 0, now, chance: 0 }
const later = (seconds: number) => addMilliseconds(now, seconds * 1_000)

const verdicts: readonly [string, EgressResult, Partial<AttemptFacts>, object][] = [
  ['200', answered(200), {}, { kind: 'delivered', status: 200 }],
  ['204', answered(204), { attempts: 12 }, { kind: 'delivered', status: 204 }],
  ['299', answered(299), {}, { kind: 'delivered' }],
  [
    'a redirect',
    answered(302),
    {},
    { kind: 'again', status: 302, nextAttemptAt: later(5), pauseUntil: later(5) },
  ],
  ['400', answered(400), {}, { kind: 'again', status: 400 }],
  ['410', answered(410), {}, { kind: 'gone', status: 410 }],
  ['500 at the second attempt', answered(500), { attempts: 2, failures: 1 }, { kind: 'again', nextAttemptAt: later(60), pauseUntil: later(10) }], // prettier-ignore
  ['500 with all chance', answered(500), { chance: 1 }, { nextAttemptAt: later(6) }],
  [
    '500 at the eleventh attempt',
    answered(500),
    { attempts: 11 },
    { kind: 'again', nextAttemptAt: later(86_400) },
  ],
  ['500 at the twelfth attempt', answered(500), { attempts: 12 }, { kind: 'given-up', status: 500 }],
  ['500 at an endpoint that failed for long', answered(500), { failures: 500 }, { pauseUntil: later(300) }],
  ['429 that asks for a minute', answered(429, '60'), {}, { kind: 'again', nextAttemptAt: later(60), pauseUntil: later(60) }], // prettier-ignore
  [
    '503 that asks for less than its turn',
    answered(503, '1'),
    { attempts: 3 },
    { nextAttemptAt: later(300) },
  ],
  ['429 that asks for a year', answered(429, '31536000'), {}, { nextAttemptAt: later(86_400) }],
  ['silence', { kind: 'unreachable', reason: 'timeout' }, {}, { kind: 'again', status: null, detail: 'not delivered: there was no answer in time' }], // prettier-ignore
  ['an address that is not sent to', { kind: 'refused', refusal: 'address-not-public' }, {}, { kind: 'again', status: null, detail: 'not sent: address-not-public' }], // prettier-ignore
]
t.test('W5: what follows from an attempt', async (t) => {
  for (const [title, result, more, expected] of verdicts) t.match(judgeAttempt(result, { ...facts, ...more }), expected, title) // prettier-ignore
})

t.test(
  'W5: twelve attempts take about three days and end before a delivery is given up anyway',
  async (t) => {
    for (const chance of [0, 0.999]) {
      let at = now
      for (let attempts = 1; attempts < attemptsMax; attempts += 1) {
        const verdict = judgeAttempt(answered(500), { attempts, failures: 0, now: at, chance })
        if (verdict.kind !== 'again') throw new Error(verdict.kind)
        at = verdict.nextAttemptAt
      }
      const days = (Date.parse(at) - Date.parse(now)) / 86_400_000
      t.ok(days > 2.9 && days < giveUpAfter_ms / 86_400_000, `${days} days`)
    }
  },
)

t.test('Retry-After is read in both forms, and nonsense is nothing', async (t) => {
  const cases: readonly [string | undefined, number][] = [
    [undefined, 0], ['0', 0], ['120', 120_000], [' 5 ', 5_000], ['-5', 0], ['1e9', 0], ['soon', 0], ['', 0],
    ['999999999', 86_400_000], ['Sat, 21 Nov 2026 08:01:30 GMT', 90_000], ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
  ] // prettier-ignore
  for (const [header, expected] of cases) t.equal(retryAfterOf(header, now), expected, String(header))
})
