import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createDocumentExaminer } from '../../src/recognition/index.ts'
import { hostileFiles } from '../support/recognition-hostile.ts'
import { filesHandedOut, verifyUpload } from '../support/recognition-uploads.ts'
import { testService } from '../support/service.ts'

t.setTimeout(180_000)

const service = await testService(t)
const { edition } = await filesHandedOut(service)
const url = await service.server.listen({ port: 0, host: '127.0.0.1' })
const port = Number(new URL(url).port)
const query = `?organisationId=${service.own.organisationId}`

t.beforeEach(() => service.platform.advanceClock(61_000))

t.test('R7: what is no PDF is refused with what to do, and nothing else is said', async (t) => {
  const dossier = await verifyUpload(service, Buffer.from('PK\u0003\u0004 and more'))
  t.match([dossier.status, dossier.body.code], [422, 'document-not-a-pdf'])
  t.match(dossier.body.detail, /a dossier.*GET \/verify/)
  const proof = await verifyUpload(service, Buffer.from('c2sp.org/tlog-proof@v1\nindex 1\n'))
  t.match(proof.body.detail, /tlog-proof.*GET \/verify/)
  const text = await verifyUpload(service, Buffer.from('<html>'))
  t.equal(text.status, 422)
  t.match(text.body.detail, 'the PDF file itself')
  t.notOk(text.bytes.includes('<html>'))
  const empty = await verifyUpload(service, Buffer.alloc(0))
  t.match([empty.status, empty.body.code], [422, 'document-not-a-pdf'])
  const other = await verifyUpload(service, edition, { mediaType: 'application/zip' })
  t.match([other.status, other.body.code], [415, 'media-type-unsupported'])
  t.match(other.body.detail, 'application/pdf')
  const unknown = await verifyUpload(service, edition, { query: '?organisationId=1' })
  t.match([unknown.status, unknown.body.code], [400, 'input-invalid'])
})

t.test('R7: 25 MiB are looked at, and one byte more is refused', async (t) => {
  const large = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(25 * 1024 * 1024 - 9, 'x')])
  const most = await verifyUpload(service, large, { query })
  t.match([most.status, most.body.outcome], [200, 'unknown-document'])
  const more = await verifyUpload(service, Buffer.concat([large, Buffer.from('x')]))
  t.match([more.status, more.body.code], [413, 'body-too-large'])
})

t.test('R7: every hostile file is answered, and never accepted', async (t) => {
  for (const [what, bytes] of Object.entries(hostileFiles())) {
    const started = performance.now()
    const { status, body } = await verifyUpload(service, bytes, { query })
    t.equal(status, 200, what)
    t.match(body.outcome, /^(unknown-document|unknown-organisation)$/, what)
    t.not(body.verification.accepted, true, what)
    // The verifier has bounds of its own; where they are wide, the limits of the process may come first.
    const states = what === 'two million values' ? ['done', 'memory', 'time'] : ['done']
    t.ok(states.includes(body.verification.state), `${what}: ${body.verification.state}`)
    const failed = body.verification.checks.some(({ outcome }: { outcome: string }) => outcome === 'FAILED')
    t.equal(failed, body.verification.state === 'done', what)
    t.comment(`${what}: ${bytes.length} bytes, ${Math.round(performance.now() - started)} ms`)
    service.platform.advanceClock(5_000)
  }
  t.equal(
    (await verifyUpload(service, edition)).body.outcome,
    'identical',
    'and then a good one is recognised',
  )
})

t.test('R7: a file of ours cut off anywhere is answered, and is never taken for whole', async (t) => {
  for (let length = 5; length < edition.length; length += Math.ceil(edition.length / 40)) {
    const { status, body } = await verifyUpload(service, edition.subarray(0, length), { query })
    t.equal(status, 200, `${length}`)
    t.match(body.outcome, /^(unknown-document|altered)$/, `${length}`)
    if (body.outcome === 'altered') t.match(body.comparison, { kind: 'cut-off', equalLength: length })
    t.equal(body.verification.accepted, false, `${length}`)
    service.platform.advanceClock(2_000)
  }
})

t.test(
  'R7: a program that hangs or dies is told as that, the page says it in words, and others go on',
  async (t) => {
    const other = await testService(t, {
      examiner: createDocumentExaminer({
        deadline_ms: 3_000,
        program: {
          entry: new URL('../support/recognition-slow-program.ts', import.meta.url),
          sources: [
            '../../package.json',
            '../../src/examination/',
            '../../src/recognition/',
            '../../src/verification/',
          ].map((path) => new URL(path, import.meta.url)),
        },
      }),
    })
    const files = await filesHandedOut(other)
    const hanging = verifyUpload(other, Buffer.from('%PDF-hang at identify'))
    await sleep(200)
    t.equal((await verifyUpload(other, files.edition)).body.outcome, 'identical', 'meanwhile')
    const refused = await hanging
    t.match([refused.status, refused.body.code], [422, 'document-not-examined'])
    const late = await verifyUpload(other, Buffer.concat([files.edition, Buffer.from('hang at verify')]))
    t.equal(late.status, 200)
    t.equal(late.body.outcome, 'altered', 'what the bytes say is said all the same')
    t.match(late.body.verification, { state: 'time', accepted: null, checks: [] })
    const dead = await verifyUpload(other, Buffer.concat([files.edition, Buffer.from('exit at verify')]))
    t.match(dead.body.verification, { state: 'crash', accepted: null })
    const liar = await verifyUpload(other, Buffer.concat([files.edition, Buffer.from('lie at verify')]))
    t.match(
      liar.body.verification,
      { state: 'answer', accepted: null },
      'accepted with a failed check is no answer',
    )
    const form = new FormData()
    form.set('document', new File([Buffer.from('%PDF-hang at identify')], 'x.pdf'))
    const otherUrl = await other.server.listen({ port: 0, host: '127.0.0.1' })
    const page = await fetch(`${otherUrl}/check?language=nl`, { method: 'POST', body: form })
    t.equal(page.status, 422)
    t.match(await page.text(), /<h1>Dit bestand kan hier niet worden gecontroleerd<\/h1>/)
  },
)

t.test('R7: a body that is cut off or never ends is let go of, and its place is free again', async (t) => {
  for (let round = 0; round < 12; round++) {
    const socket = connect(port, '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write('POST /v1/document-verifications HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\ncontent-length: 1000\r\n\r\n%PDF-') // prettier-ignore
    await sleep(20)
    socket.destroy()
    await sleep(20)
  }
  const answers = await Promise.all([1, 2].map(() => verifyUpload(service, edition)))
  t.same(answers.map(({ body }) => body.outcome), ['identical', 'identical'], 'two at once') // prettier-ignore
})

t.test(
  'R7: more than a network may send is refused with a time to come back, before the body is read',
  async (t) => {
    const sockets = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'))
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
    for (const socket of sockets)
    socket.write('POST /v1/document-verifications HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\ncontent-length: 1000\r\n\r\n%PDF-') // prettier-ignore
    await sleep(200)
    const fifth = await verifyUpload(service, edition)
    t.match([fifth.status, fifth.body.code], [429, 'document-uploads-too-many'])
    t.ok(Number(fifth.headers['retry-after']) > 0)
    const page = await fetch(`${url}/check?language=en`, { method: 'POST', body: new FormData() })
    t.equal(page.status, 429)
    t.match(await page.text(), 'Please wait a moment')
    const neighbour = await verifyUpload(service, edition, { address: '192.0.2.7' })
    t.equal(neighbour.body.outcome, 'identical', 'another network is not held up')
    for (const socket of sockets) socket.destroy()
    await sleep(200)
    t.equal((await verifyUpload(service, edition)).status, 200)
  },
)

t.test('R7: forms that are no forms are refused as pages', async (t) => {
  const cases: readonly (readonly [what: string, mediaType: string, body: string, status: number])[] = [
    ['no boundary', 'multipart/form-data', 'x', 400],
    ['cut off', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="document"; filename="x"\r\n\r\n%PDF', 400], // prettier-ignore
    ['a field twice', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="root"\r\n\r\n1\r\n--b\r\ncontent-disposition: form-data; name="root"\r\n\r\n1\r\n--b--\r\n', 400], // prettier-ignore
    ['an unknown field', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="document"; filename="x"\r\n\r\n%PDF\r\n--b\r\ncontent-disposition: form-data; name="other"\r\n\r\n1\r\n--b--\r\n', 400], // prettier-ignore
    ['no file', 'multipart/form-data; boundary=b', '--b--\r\n', 400],
    ['a text for a file', 'multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="document"\r\n\r\n%PDF-1.7\r\n--b--\r\n', 422], // prettier-ignore
    ['another type', 'application/pdf', '%PDF-', 415],
  ]
  for (const [what, mediaType, body, status] of cases) {
    const answer = await service.server.inject({ method: 'POST', url: '/check?language=en', headers: { 'content-type': mediaType }, payload: body }) // prettier-ignore
    t.equal(answer.statusCode, status, what)
    t.match(answer.headers['content-type'], 'text/html', what)
    t.match(answer.body, '<h1>', what)
  }
})
