import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import t from 'tap'
import { addMilliseconds, toBase64 } from '#core'
import {
  cosignedNote,
  CosignatureError,
  parseWitnessKey,
  requestCosignature,
  verifyCosignature,
  witnessKey,
  type CosignatureRequest,
} from '#evidence'
import { demandCosignatures, parseCosignedNote } from '../../src/verification/cosigned-note.ts'
import { parseWitnessKey as verifierKey } from '../../src/verification/witness-policy.ts'
import { cosign, witnessSigner } from '../../src/witness/witness-key.ts'
import { aSampleLog, aWitness, witnessMoment } from '../support/witness-samples.ts'

const log = aSampleLog()
const rewritten = aSampleLog('log.example/one', 7, 'false')
const signer = witnessSigner('union.example/witness', Buffer.alloc(32, 3))
const seconds = Date.parse(witnessMoment) / 1000
const textOf = (note: string): string => note.slice(0, note.indexOf('\n\n') + 1)
const lineOf = (note: string, at = seconds): string => `${cosign(signer, textOf(note), at)}\n`

function aRequest(changes: Partial<CosignatureRequest> = {}): CosignatureRequest {
  const witness = parseWitnessKey(signer.vkey)
  return {
    witness,
    url: 'http://127.0.0.1:9',
    note: log.note(5),
    oldSize: 0,
    proof: [],
    now: witnessMoment,
    ...changes,
  }
}

/** Somebody else's server, in whatever mood. */
async function aServer(t: Test, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

t.test('the client and the witness understand one another: cosigned, conflict, caught up', async (t) => {
  const served = await aWitness(t, [log.vkey])
  const witness = parseWitnessKey(served.witness.vkey)
  const ask = (oldSize: number, size: number, from = log) =>
    requestCosignature(aRequest({ witness, url: served.url, note: from.note(size), oldSize, proof: from.proof(oldSize, size) })) // prettier-ignore
  const first = await ask(0, 5)
  t.match(first, { kind: 'cosigned', cosignature: { at: witnessMoment } })
  t.same(await ask(0, 9), { kind: 'conflict', size: 5 })
  t.same(await ask(3, 9), { kind: 'conflict', size: 5 })
  t.match(await ask(5, 9), { kind: 'cosigned' })
  t.match(await ask(9, 12, rewritten), { kind: 'refused', reason: 'status', status: 422 })
  t.same(
    await ask(5, 7),
    { kind: 'conflict', size: 9 },
    'a size above ours: the witness saw more than we show',
  )
  t.match(await ask(9, 9), { kind: 'cosigned' }, 'a prefix with a slash at its end is the same')
  const slashed = await requestCosignature(
    aRequest({ witness, url: `${served.url}/`, note: log.note(9), oldSize: 9 }),
  )
  t.match(slashed, { kind: 'cosigned' })
})

t.test('what a witness gives is what the verifier reads', async (t) => {
  const served = await aWitness(t, [log.vkey])
  const witness = parseWitnessKey(served.witness.vkey)
  const answer = await requestCosignature(aRequest({ witness, url: served.url }))
  if (answer.kind !== 'cosigned') throw new Error('no cosignature')
  const note = log.note(5)
  const lines = parseCosignedNote(cosignedNote(note, [answer.cosignature.line, lineOf(note).trimEnd()]), note)
  const keys = [verifierKey(served.witness.vkey), verifierKey(signer.vkey)]
  const found = demandCosignatures(lines, textOf(note), keys)
  t.same(
    found.map((one) => one.seconds),
    [seconds, seconds],
  )
  t.throws(() => demandCosignatures(lines, textOf(log.note(6)), keys), 'and only for this checkpoint')
})

t.test('a cosigned note is the note with the lines behind it, and each is found again', async (t) => {
  const note = log.note(5)
  const line = lineOf(note).trimEnd()
  const whole = cosignedNote(note, [line, line])
  t.equal(whole, `${note}${line}\n${line}\n`)
  const witness = parseWitnessKey(signer.vkey)
  t.equal(verifyCosignature(line, whole, witness).at, witnessMoment, 'also from the note that bears it')
})

t.test(
  'what a witness answers is believed only if its key signed this checkpoint, once, and by now',
  async (t) => {
    const note = log.note(5)
    const other = witnessSigner('union.example/witness', Buffer.alloc(32, 4))
    const line = lineOf(note)
    const broken = Buffer.from(line.split(' ')[2]!, 'base64')
    broken[40]! ^= 1
    const answers: Record<string, [string, object]> = {
      right: [line, { kind: 'cosigned' }],
      'after a line of another key': [
        `${cosign(other, textOf(note), seconds)}\n${line}`,
        { kind: 'cosigned' },
      ],
      'before a longer line of an unknown key': [
        `${line}— x ${toBase64(Buffer.alloc(2432, 7))}\n`,
        { kind: 'cosigned' },
      ],
      'of another key only': [`${cosign(other, textOf(note), seconds)}\n`, { reason: 'no-cosignature' }],
      'over another checkpoint': [lineOf(log.note(6)), { reason: 'wrong-cosignature' }],
      'with a wrong bit': [`— union.example/witness ${toBase64(broken)}\n`, { reason: 'wrong-cosignature' }],
      twice: [line + lineOf(note, seconds - 5), { reason: 'answer-malformed' }],
      'as of 1970': [lineOf(note, 0), { reason: 'wrong-cosignature' }],
      'as of four minutes from now': [lineOf(note, seconds + 240), { kind: 'cosigned' }],
      'as of six minutes from now': [lineOf(note, seconds + 360), { reason: 'time-in-future' }],
      'as of an hour ago': [lineOf(note, seconds - 3600), { kind: 'cosigned' }],
      'without a newline': [line.trimEnd(), { reason: 'answer-malformed' }],
      'with words before it': [`hello\n${line}`, { reason: 'answer-malformed' }],
      'with a blank line': [`\n${line}`, { reason: 'answer-malformed' }],
      'with carriage returns': [line.replace('\n', '\r\n'), { reason: 'answer-malformed' }],
      nothing: ['', { reason: 'answer-malformed' }],
      'the log’s own line': [note.slice(note.indexOf('\n\n') + 2), { reason: 'no-cosignature' }],
    }
    for (const [name, [body, expected]] of Object.entries(answers)) {
      const url = await aServer(t, (_request, response) => response.end(body))
      t.match(await requestCosignature(aRequest({ url })), expected, name)
    }
  },
)

t.test('a conflict names another size, in its one form', async (t) => {
  const cases: [string, string, object][] = [
    ['text/x.tlog.size', '7\n', { kind: 'conflict', size: 7 }],
    ['text/x.tlog.size; charset=utf-8', '0\n', { reason: 'answer-malformed' }],
    ['text/x.tlog.size', '07\n', { reason: 'answer-malformed' }],
    ['text/x.tlog.size', '7', { reason: 'answer-malformed' }],
    ['text/x.tlog.size', '9007199254740992\n', { reason: 'answer-malformed' }],
    ['text/x.tlog.size', '-1\n', { reason: 'answer-malformed' }],
    ['text/plain', '7\n', { reason: 'answer-malformed' }],
  ]
  for (const [type, body, expected] of cases) {
    const url = await aServer(t, (_request, response) =>
      response.writeHead(409, { 'content-type': type }).end(body),
    )
    t.match(await requestCosignature(aRequest({ url })), expected, JSON.stringify([type, body]))
  }
})

t.test('no redirect is followed, no answer without end is read, and no failure is thrown', async (t) => {
  let followed = 0
  const target = await aServer(t, (_request, response) => {
    followed += 1
    response.end(lineOf(log.note(5)))
  })
  for (const status of [301, 302, 307, 308]) {
    const url = await aServer(t, (_request, response) =>
      response.writeHead(status, { location: target }).end(),
    )
    t.match(await requestCosignature(aRequest({ url })), { kind: 'refused', reason: 'status', status })
  }
  t.equal(followed, 0)
  const endless = await aServer(t, (_request, response) => {
    const write = (): void => void (response.writable && response.write('— x AAAAAAAA\n'.repeat(500), write))
    write()
  })
  t.match(await requestCosignature(aRequest({ url: endless })), { reason: 'answer-too-large' })
  const silent = await aServer(t, () => {})
  const aborted = await requestCosignature(aRequest({ url: silent }), AbortSignal.timeout(100))
  t.match(aborted, { reason: 'aborted' })
  const torn = await aServer(t, (request) => request.socket.destroy())
  t.match(await requestCosignature(aRequest({ url: torn })), { reason: 'unreachable' })
  t.match(await requestCosignature(aRequest({ url: 'http://127.0.0.1:1' })), { reason: 'unreachable' })
  const rude = await aServer(t, (_request, response) =>
    response.writeHead(500).end('<script>\u0007\n'.repeat(3)),
  )
  const refused = await requestCosignature(aRequest({ url: rude }))
  t.match(refused, {
    reason: 'status',
    status: 500,
    detail: String.raw`the witness answered 500: "<script>\u0007"`,
  })
  const many = Array<Buffer>(64).fill(Buffer.alloc(32))
  await t.rejects(requestCosignature(aRequest({ proof: many })), RangeError)
  await t.rejects(requestCosignature(aRequest({ proof: [Buffer.alloc(31)] })), RangeError)
})

t.test('the client sends exactly the request of the protocol', async (t) => {
  let seen = ''
  const url = await aServer(t, async (request, response) => {
    seen = `${request.method} ${request.url}\n`
    for await (const chunk of request) seen += String(chunk)
    response.end(lineOf(log.note(7)))
  })
  const proof = log.proof(5, 7)
  await requestCosignature(aRequest({ url: `${url}/prefix`, note: log.note(7), oldSize: 5, proof }))
  const hashes = proof.map((hash) => `${toBase64(hash)}\n`).join('')
  t.equal(seen, `POST /prefix/add-checkpoint\nold 5\n${hashes}\n${log.note(7)}`)
})

t.test('witness keys have one spelling and one type', async (t) => {
  t.same(witnessKey(signer.name, signer.publicKey), parseWitnessKey(signer.vkey))
  const neutral = Buffer.from([1, ...Array<number>(31).fill(0)])
  t.throws(() => witnessKey('x', neutral), /low order/)
  for (const wrong of [log.vkey, `${signer.vkey}\n`, ` ${signer.vkey}`, signer.vkey.replace('union', 'onion'), signer.vkey.slice(0, -4), '', 'a+b+c']) t.throws(() => parseWitnessKey(wrong), RangeError, wrong) // prettier-ignore
})

t.test('a cosignature counts for its line, note and key only', async (t) => {
  const note = log.note(5)
  const witness = parseWitnessKey(signer.vkey)
  const line = lineOf(note).trimEnd()
  t.equal(verifyCosignature(line, note, witness).line, line)
  const bytes = Buffer.from(line.split(' ')[2]!, 'base64')
  const rebuilt = (change: (copy: Buffer) => Buffer | void): string => {
    const copy = Buffer.from(bytes)
    return `— union.example/witness ${toBase64(change(copy) ?? copy)}`
  }
  const reasons: Record<string, string> = {
    [rebuilt((copy) => void (copy[11]! ^= 1))]: 'wrong-signature',
    [rebuilt((copy) => copy.subarray(0, 75))]: 'malformed',
    [rebuilt((copy) => Buffer.concat([copy, Buffer.of(0)]))]: 'malformed',
    [rebuilt((copy) => void copy.writeBigUInt64BE(2n ** 63n, 4))]: 'wrong-time',
    [rebuilt((copy) => void (copy[0]! ^= 1))]: 'other-key',
    [line.replace('union', 'onion')]: 'other-key',
    [line.replace('—', '-')]: 'malformed',
    [`${line}\n`]: 'malformed',
  }
  for (const [wrong, reason] of Object.entries(reasons)) {
    const error = t.throws(() => verifyCosignature(wrong, note, witness), CosignatureError, wrong)
    t.equal((error as unknown as CosignatureError).reason, reason, wrong)
  }
  t.throws(() => verifyCosignature(line, note.replace('\n5\n', '\n6\n'), witness), CosignatureError)
  const later = addMilliseconds(witnessMoment, 0)
  t.equal(verifyCosignature(line, note, witness).at, later)
})
