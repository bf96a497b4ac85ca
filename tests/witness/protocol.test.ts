import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import t from 'tap'
import { sha256Hex, toBase64 } from '#core'
import { CosignatureError, parseWitnessKey, verifyCosignature } from '#evidence'
import { parseLogKey } from '#verification'
import { formatVerifierKey } from '../../src/evidence/note-key.ts'
import { aSampleLog, aWitness, requestBody, signedText, witnessMoment } from '../support/witness-samples.ts'

const log = aSampleLog()
const rewritten = aSampleLog('log.example/one', 7, 'false')
const stranger = aSampleLog('log.example/two', 9)

t.test(
  'W1: a log that grows is cosigned at every step, and the cosignature holds for that checkpoint',
  async (t) => {
    const { add, post, witness } = await aWitness(t, [log.vkey])
    t.equal(await add(log, 0, 1), 200)
    t.equal(await add(log, 1, 3), 200)
    const { status, type, body } = await post(requestBody(3, log.proof(3, 8), log.note(8)))
    t.match([status, type], [200, 'text/plain; charset=utf-8'])
    t.match(
      body,
      /^— union\.example\/witness [A-Za-z0-9+/=]+\n$/,
      'one line, the witness’s own, and no echo of the log’s',
    )
    const cosignature = verifyCosignature(body.trimEnd(), log.note(8), parseWitnessKey(witness.vkey))
    t.equal(cosignature.at, witnessMoment)
    t.throws(() => verifyCosignature(body.trimEnd(), log.note(7), parseWitnessKey(witness.vkey)), CosignatureError) // prettier-ignore
  },
)

t.test('every size up to 20 leads to every later one, and to no other history', async (t) => {
  for (let oldSize = 1; oldSize < 20; oldSize += 1) {
    const { add } = await aWitness(t, [log.vkey])
    t.equal(await add(log, 0, oldSize), 200)
    for (const size of [oldSize + 1, oldSize + 2, 20]) t.equal(await add(rewritten, oldSize, size), 422)
    t.equal(await add(log, oldSize, 20), 200)
  }
})

t.test('W1: an old size that is not ours is answered with ours, whatever else is wrong', async (t) => {
  const { add, post } = await aWitness(t, [log.vkey])
  t.match(await post(requestBody(2, log.proof(2, 3), log.note(3))), {
    status: 409,
    body: '0\n',
    type: 'text/x.tlog.size',
  })
  await add(log, 0, 5)
  const expected = { status: 409, body: '5\n', type: 'text/x.tlog.size' }
  t.match(await post(requestBody(3, log.proof(3, 8), log.note(8))), expected, 'too low')
  t.match(await post(requestBody(6, log.proof(6, 8), log.note(8))), expected, 'too high')
  t.match(await post(requestBody(0, [], log.note(5))), expected, 'a question by who knows nothing')
  t.match(await post(requestBody(0, [], log.note(3))), expected, 'an old checkpoint again')
  t.match(await post(requestBody(3, [], rewritten.note(3))), expected, 'another root for a size of the past')
  t.match(await post(requestBody(0, [Buffer.alloc(32)], log.note(8))), expected, 'a proof where none belongs')
})

t.test('W1: the same size again is cosigned again only with the same root and no proof', async (t) => {
  const { add, post } = await aWitness(t, [log.vkey])
  await add(log, 0, 5)
  t.equal(await add(log, 5, 5), 200)
  t.match(await post(requestBody(5, [], rewritten.note(5))), { status: 422, body: /different roots/ })
  t.equal((await post(requestBody(5, [Buffer.alloc(32)], log.note(5)))).status, 422)
})

t.test('a consistency proof that is missing, cut, longer, changed or out of order is refused', async (t) => {
  const { add, post } = await aWitness(t, [log.vkey])
  await add(log, 0, 5)
  const proof = log.proof(5, 13)
  const changed = proof.map((hash, index) => (index === 1 ? Buffer.from(hash).fill(1, 31) : hash))
  const wrong = {
    missing: [],
    cut: proof.slice(1),
    longer: [...proof, proof[0]!],
    changed,
    turned: proof.toReversed(),
  }
  for (const [name, hashes] of Object.entries(wrong)) {
    t.match(await post(requestBody(5, hashes, log.note(13))), { status: 422, body: /proof/ }, name)
  }
  t.equal(await add(log, 5, 13), 200, 'and the right one is still taken')
})

t.test('size 0: the empty tree may come first, has one root, and grows without a proof', async (t) => {
  const { add, post } = await aWitness(t, [log.vkey])
  const wrongRoot = signedText(log, `log.example/one\n0\n${toBase64(Buffer.alloc(32, 1))}\n`)
  t.equal((await post(requestBody(0, [], wrongRoot))).status, 422, 'at first')
  t.equal(await add(log, 0, 0), 200)
  t.equal((await post(requestBody(0, [], wrongRoot))).status, 422, 'and later')
  t.equal((await post(requestBody(0, [Buffer.alloc(32)], log.note(5)))).status, 422)
  t.equal(await add(log, 0, 5), 200)
})

t.test('W3: only a trusted key of the origin opens the door', async (t) => {
  const { post } = await aWitness(t, [log.vkey])
  const note = log.note(3)
  const impostor = aSampleLog('log.example/one', 8, 'false')
  t.match(await post(requestBody(0, [], stranger.note(3))), { status: 404 }, 'a log that is not witnessed')
  t.match(await post(requestBody(0, [], impostor.note(3))), { status: 403 }, 'another key under its name')
  const forged = note.replace(/.{8}=\n$/, 'AAAAAAAA=\n')
  t.not(forged, note)
  t.match(await post(requestBody(0, [], forged)), { status: 403, body: /wrong/ }, 'a forged line')
  const respelled = note.replace(/.=\n$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=\n`)
  t.match(await post(requestBody(0, [], respelled)), { status: 403 }, 'a second spelling of the right line')
  const moved = note.replace('\n3\n', '\n4\n')
  t.match(await post(requestBody(0, [], moved)), { status: 403 }, 'a signature over something else')
  const line = note.slice(note.indexOf('\n\n') + 2)
  const both = impostor.note(3) + line
  t.match(await post(requestBody(0, [], both)), { status: 403 }, 'a right line, but for another tree')
  const decorated = `${note}${stranger.note(3).slice(stranger.note(3).indexOf('\n\n') + 2)}— log.example/one AAAAAAAA\n`
  t.match(await post(requestBody(0, [], decorated)), { status: 200 }, 'lines of unknown keys are ignored')
  t.match(await post(requestBody(3, [], note + line)), { status: 200 }, 'its line twice is still its line')
  t.match(await post(requestBody(3, [], note + line.replace(/.{8}=\n$/, 'AAAAAAAA=\n'))), { status: 403 }, 'one right and one forged line') // prettier-ignore
})

t.test('a log may have two keys while it changes them, and two logs do not touch one another', async (t) => {
  const next = aSampleLog('log.example/one', 8)
  const { add } = await aWitness(t, [log.vkey, next.vkey, stranger.vkey])
  t.equal(await add(log, 0, 2), 200)
  t.equal(await add(next, 2, 4), 200)
  t.equal(await add(stranger, 0, 9), 200)
  t.equal(await add(log, 2, 4), 409)
  t.equal(await add(stranger, 9, 10), 200)
})

t.test('W4: extension lines are never cosigned', async (t) => {
  const { post } = await aWitness(t, [log.vkey])
  for (const extra of ['extra\n', '\n', 'a\nb\n', '\n\n— x AAAAAAAA\n']) {
    const note = signedText(log, `log.example/one\n3\n${toBase64(log.root(3))}\n${extra}`)
    t.match(await post(requestBody(0, [], note)), { status: 400, body: /extension/ }, JSON.stringify(extra))
  }
})

t.test('what is not written as the protocol says is malformed', async (t) => {
  const { post, witness } = await aWitness(t, [log.vkey])
  const note = log.note(3)
  const [hash = ''] = log.proof(3, 8).map((one) => toBase64(one))
  const text = (size: string, root = toBase64(log.root(3))): string => requestBody(0, [], signedText(log, `log.example/one\n${size}\n${root}\n`)) // prettier-ignore
  const bodies: Record<string, string | Buffer> = {
    nothing: '',
    'only a note': note,
    'no empty line': `old 0\n${note}`,
    'no old line': `\n${note}`,
    'leading zero': requestBody('00', [], note),
    'a sign': requestBody('+0', [], note),
    'two spaces': requestBody(' 0', [], note),
    'not a number': requestBody('five', [], note),
    'no size': requestBody('', [], note),
    'old size above 2^53-1': requestBody('9007199254740992', [], note),
    'size above 2^53-1': text('9007199254740992'),
    'size above 2^64': text('18446744073709551616'),
    'size with leading zero': text('03'),
    'size in words': text('three'),
    'root too short': text('3', toBase64(Buffer.alloc(31))),
    'root in second spelling': text('3', `${'A'.repeat(42)}B=`),
    'hash too long': `old 0\n${toBase64(Buffer.alloc(33))}\n\n${note}`,
    'hash with a space': `old 0\n${hash} \n\n${note}`,
    'carriage returns': requestBody(0, [], note).replaceAll('\n', '\r\n'),
    'no signature': requestBody(0, [], note.slice(0, note.indexOf('\n\n') + 1)),
    'unfinished line': requestBody(0, [], note.slice(0, -1)),
    'a line that is no signature': requestBody(0, [], `${note}hello\n`),
    'hyphen for dash': requestBody(0, [], note.replace('—', '-')),
    'not UTF-8': Buffer.concat([Buffer.from(requestBody(0, [], note)), Buffer.of(0xff)]),
    '64 hashes': requestBody(0, Array<Buffer>(64).fill(Buffer.alloc(32)), note),
    '33 signatures': requestBody(0, [], note + '— x AAAAAAAA\n'.repeat(32)),
    'old above new': requestBody(4, [], note),
  }
  for (const [name, body] of Object.entries(bodies)) t.equal((await post(body)).status, 400, name)
  t.equal(
    (await post(requestBody(0, Array<Buffer>(63).fill(Buffer.alloc(32)), note))).status,
    422,
    '63 hashes are read',
  )
  t.equal(witness.lastCosigned('log.example/one'), undefined, 'and nothing was remembered')
})

t.test('a body without end is cut off, and one that never comes is given up', async (t) => {
  const { url, post } = await aWitness(t, [log.vkey])
  t.equal((await post('old 0\n'.repeat(40_000))).status, 413)
  const pieces = Array.from({ length: 300 }, () => Buffer.alloc(1024, 'a'))
  const unannounced = {
    method: 'POST',
    body: Readable.toWeb(Readable.from(pieces)),
    duplex: 'half',
  } as unknown as RequestInit
  t.equal((await fetch(`${url}/add-checkpoint`, unannounced)).status, 413)
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('old 0\n')) })
  const options = { method: 'POST', body: endless, duplex: 'half' } as RequestInit
  const slow = await fetch(`${url}/add-checkpoint`, options).catch(() => undefined)
  t.ok(slow === undefined || slow.status === 408)
})

t.test('keys of low order are no log keys', async (t) => {
  const neutral = Buffer.from([1, ...Array<number>(31).fill(0)])
  const vkey = formatVerifierKey({ ...log.signer, publicKey: neutral, keyHash: '00000000' })
  t.throws(() => parseLogKey(vkey), /low order/)
})

t.test('W6: anybody can read the newest cosigned checkpoint and the page, and nothing else', async (t) => {
  const { url, add, witness, statePath } = await aWitness(t, [log.vkey, stranger.vkey])
  const path = `${url}/${sha256Hex('log.example/one')}/checkpoint`
  t.equal((await fetch(path)).status, 404, 'not before something was cosigned')
  await add(log, 0, 5)
  const note = await (await fetch(path)).text()
  t.ok(note.startsWith(log.note(5)), 'with the signature of the log')
  verifyCosignature(note.trimEnd().split('\n').at(-1)!, log.note(5), parseWitnessKey(witness.vkey))
  const page = await fetch(url)
  const html = await page.text()
  t.match(page.headers.get('content-security-policy'), /default-src 'none'/)
  for (const part of ['lang="nl"', 'lang="en"', '<td>log.example/one</td><td>5</td>', '<td>log.example/two</td><td>–</td>', witness.vkey]) t.ok(html.includes(part), part) // prettier-ignore
  const seed = String(JSON.parse(readFileSync(statePath, 'utf8')).seed)
  t.notOk(html.includes(seed) || note.includes(seed))
  for (const [method, where, status] of [
    ['GET', '/add-checkpoint', 405],
    ['DELETE', '/', 405],
    ['POST', '/', 405],
    ['GET', '/witness.json', 404],
    ['GET', '/../witness.json', 404],
    ['HEAD', '/', 200],
  ] as const) {
    t.equal((await fetch(url + where, { method })).status, status, `${method} ${where}`)
  }
})
