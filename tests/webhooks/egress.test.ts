import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { post } from '../../src/webhooks/egress.ts'
import { checkAddress, checkUrl } from '../../src/webhooks/egress-rules.ts'
import { aReceiver, answering } from '../support/webhooks-receiver.ts'

const strict = { allowLoopback: false }
const near = { allowLoopback: true }

const hostileUrls: readonly [string, string][] = [
  ['', 'not-a-url'],
  ['example.org/hook', 'not-a-url'],
  ['https://', 'not-a-url'],
  ['https://example.org/a b', 'not-a-url'],
  ['https://example.org/\n', 'not-a-url'],
  [`https://example.org/${'a'.repeat(2_048)}`, 'not-a-url'],
  ['http://example.org/', 'not-https'],
  ['ftp://example.org/', 'not-https'],
  ['file:///etc/passwd', 'not-https'],
  ['javascript:alert(1)', 'not-https'],
  ['gopher://example.org:70/', 'not-https'],
  ['https://user@example.org/', 'credentials-in-url'],
  ['https://user:password@example.org/', 'credentials-in-url'],
  ['https://example.org@127.0.0.1/', 'credentials-in-url'],
  ['https://example.org/#part', 'fragment-in-url'],
  ['https://example.org/#', 'fragment-in-url'],
  ['https://example.org:22/', 'port-not-allowed'],
  ['https://example.org:80/', 'port-not-allowed'],
  ['https://example.org:1024/', 'port-not-allowed'],
  ['https://example.org:0/', 'port-not-allowed'],
  ['https://localhost/', 'name-not-public'],
  ['https://LOCALHOST./', 'name-not-public'],
  ['https://database/', 'name-not-public'],
  ['https://a.localhost/', 'name-not-public'],
  ['https://printer.local/', 'name-not-public'],
  ['https://metadata.google.internal/computeMetadata/v1/', 'name-not-public'],
  ['https://router.home.arpa/', 'name-not-public'],
  ['https://127.0.0.1/', 'address-not-public'],
  ['https://127.0.0.1./', 'address-not-public'],
  ['https://127.1/', 'address-not-public'],
  ['https://2130706433/', 'address-not-public'],
  ['https://0x7f000001/', 'address-not-public'],
  ['https://0177.0.0.1/', 'address-not-public'],
  ['https://%31%32%37.0.0.1/', 'address-not-public'],
  ['https://①②⑦.0.0.1/', 'address-not-public'],
  ['https://169.254.169.254/latest/meta-data/', 'address-not-public'],
  ['https://[::1]/', 'address-not-public'],
  ['https://[::ffff:127.0.0.1]/', 'address-not-public'],
  ['https://[::ffff:8.8.8.8]/', 'address-not-public'],
  ['https://[fd00:ec2::254]/', 'address-not-public'],
  ['https://[fe80::1]/', 'address-not-public'],
]
for (const [url, refusal] of hostileUrls)
  t.test(`E1: ${JSON.stringify(url.slice(0, 60))} is refused as ${refusal}`, async (t) => {
    t.same(checkUrl(url, strict), { refusal })
    t.same(await post(url, {}, '', strict), { kind: 'refused', refusal }, 'and when it is to be sent')
  })

t.test('E1: what a receiver may be is taken, and only this machine where that is allowed', async (t) => {
  for (const url of [
    'https://example.org/',
    'https://hook.example.co.uk:8443/a?b=c',
    'https://xn--bcher-kva.example/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]:1025/',
  ])
    // prettier-ignore
    t.ok('url' in checkUrl(url, strict), url)
  for (const url of ['http://127.0.0.1:8080/', 'http://localhost:8080/', 'https://[::1]:8443/']) {
    t.ok('url' in checkUrl(url, near), url)
    t.notOk('url' in checkUrl(url, strict), url)
  }
  t.same(checkUrl('http://example.org/', near), { refusal: 'not-https' })
  t.same(checkUrl('http://10.0.0.1:8080/', near), { refusal: 'not-https' })
  t.same(checkUrl('https://10.0.0.1/', near), { refusal: 'address-not-public' })
})

const addresses: readonly [string, boolean][] = [
  ['8.8.8.8', true], ['1.1.1.1', true], ['172.15.255.255', true], ['172.32.0.0', true], ['100.63.255.255', true],
  ['100.128.0.0', true], ['223.255.255.255', true], ['2606:4700::1111', true], ['2a00::1', true], ['2001:200::1', true],
  ['0.0.0.0', false], ['10.255.255.255', false], ['100.64.0.1', false], ['127.255.0.1', false], ['169.254.0.1', false],
  ['172.16.0.0', false], ['172.31.255.255', false], ['192.0.0.8', false], ['192.0.2.1', false], ['192.88.99.1', false],
  ['192.168.1.1', false], ['198.19.0.1', false], ['198.51.100.1', false], ['203.0.113.1', false], ['224.0.0.1', false],
  ['239.255.255.255', false], ['240.0.0.1', false], ['255.255.255.255', false], ['::', false], ['::1', false],
  ['::ffff:8.8.8.8', false], ['::ffff:7f00:1', false], ['::7f00:1', false], ['64:ff9b::808:808', false],
  ['64:ff9b:1::1', false], ['100::1', false], ['2001::1', false], ['2001:1ff::1', false], ['2001:db8::1', false],
  ['2002:7f00:1::', false], ['3fff::1', false], ['4000::1', false], ['fc00::1', false], ['fd12::1', false],
  ['fe80::1', false], ['fe80::1%eth0', false], ['2606:4700::1%eth0', false], ['fec0::1', false], ['ff02::1', false],
  ['not an address', false], ['', false],
] // prettier-ignore
t.test('E2: an address is sent to only if it is on the public Internet', async (t) => {
  for (const [address, allowed] of addresses) t.equal(checkAddress(address, strict), allowed, address)
  t.ok(checkAddress('127.0.0.1', near) && checkAddress('::1', near))
  t.notOk(checkAddress('10.0.0.1', near) || checkAddress('::ffff:127.0.0.1', near))
})

t.test('E3: a name is judged by everything it leads to, each time', async (t) => {
  const mixed = { ...strict, resolve: async () => ['8.8.8.8', '10.0.0.1'] }
  t.same(await post('https://a.example.org/', {}, '', mixed), {
    kind: 'refused',
    refusal: 'address-not-public',
  })
  const nowhere = { ...strict, resolve: async () => Promise.reject(new Error('ENOTFOUND')) }
  t.same(await post('https://a.example.org/', {}, '', nowhere), { kind: 'unreachable', reason: 'name' })
  const empty = { ...strict, resolve: async () => [] }
  t.same(await post('https://a.example.org/', {}, '', empty), { kind: 'unreachable', reason: 'name' })
  const never = { ...strict, timeout_ms: 50, resolve: () => new Promise<string[]>(() => undefined) }
  t.same(await post('https://a.example.org/', {}, '', never), { kind: 'unreachable', reason: 'timeout' })
})

t.test(
  'E4: over TLS the connection goes to the address that was judged, whatever the name says next',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'beding-tls-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=hook.example.org', '-addext', 'subjectAltName=DNS:hook.example.org', '-keyout', keyFile, '-out', certificateFile], { stdio: 'ignore' }) // prettier-ignore
    const certificate = readFileSync(certificateFile, 'utf8')
    const names: (string | false | undefined)[] = []
    const server = createServer({ key: readFileSync(keyFile), cert: certificate }, (request, answer) => {
      names.push((request.socket as unknown as { servername?: string }).servername)
      answer.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const { port } = server.address() as AddressInfo
    let asked = 0
    // The second question, if anybody asked it, would lead nowhere.
    const resolve = async (): Promise<string[]> => (asked++ === 0 ? ['127.0.0.1'] : ['192.0.2.1'])
    const options = { ...near, timeout_ms: 3_000, resolve }
    const url = `https://hook.example.org:${port}/`
    const sent = await post(url, {}, 'x', { ...options, certificateAuthorities: [certificate] })
    t.same(sent, { kind: 'answered', status: 200, retryAfter: undefined })
    t.equal(asked, 1)
    t.same(names, ['hook.example.org'], 'and the name is the one that was asked for')
    asked = 0
    t.same(
      await post(url, {}, 'x', options),
      { kind: 'unreachable', reason: 'tls' },
      'a certificate nobody vouches for',
    )
    asked = 0
    const other = `https://other.example.org:${port}/`
    t.same(await post(other, {}, 'x', { ...options, certificateAuthorities: [certificate] }), { kind: 'unreachable', reason: 'tls' }, 'of another name') // prettier-ignore
  },
)

t.test('E5: redirects are not followed, and of an answer only its status counts', async (t) => {
  const receiver = await aReceiver(t)
  const target = await aReceiver(t)
  const send = (timeout_ms = 3_000) => post(receiver.url, { a: 'b' }, 'é', { ...near, timeout_ms })
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.mood = answering(status, { location: target.url })
    t.match(await send(), { kind: 'answered', status })
  }
  t.same(target.received, [])
  t.equal(receiver.received[0]!.body, 'é')
  t.equal(receiver.received[0]!.headers['content-length'], '2')
  receiver.mood = answering(429, { 'retry-after': '17' })
  t.same(await send(), { kind: 'answered', status: 429, retryAfter: '17' })
  receiver.mood = (_request, answer) => void answer.writeHead(200).write(Buffer.alloc(1_000_000))
  const started = performance.now()
  t.match(await send(), { kind: 'answered', status: 200 }, 'an endless answer')
  t.ok(performance.now() - started < 2_000, 'nobody waited for the rest')
  receiver.mood = (request, answer) => void answer.writeHead(200).write('x', () => request.socket.destroy())
  t.match(await send(), { kind: 'answered', status: 200 }, 'a connection that was reset after the status')
})

t.test('E6: whatever the other side does, it ends in time and is an answer', async (t) => {
  const receiver = await aReceiver(t)
  const send = () => post(receiver.url, {}, 'x', { ...near, timeout_ms: 300 })
  receiver.mood = () => undefined
  t.same(await send(), { kind: 'unreachable', reason: 'timeout' }, 'silence')
  receiver.mood = (request) => {
    const drip = setInterval(() => request.socket.write('X'), 20)
    request.socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')
    request.socket.on('close', () => clearInterval(drip))
  }
  t.same(await send(), { kind: 'unreachable', reason: 'timeout' }, 'a header, a letter at a time')
  receiver.mood = (_request, answer) => void answer.writeHead(200).write('a drop')
  t.match(await send(), { kind: 'answered', status: 200 }, 'a body that never ends, after a status')
  receiver.mood = (request) => void request.socket.destroy()
  t.same(await send(), { kind: 'unreachable', reason: 'connection' }, 'a reset after reading')
  receiver.mood = (request) => void request.socket.end('this is not HTTP\r\n\r\n')
  t.same(await send(), { kind: 'unreachable', reason: 'connection' }, 'another protocol')
  receiver.mood = (request) =>
    void request.socket.write(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`)
  t.same(await send(), { kind: 'unreachable', reason: 'connection' }, 'headers without end')
  receiver.mood = (request) => void request.socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n') // prettier-ignore
  t.match(await send(), { kind: 'unreachable' }, 'another protocol, offered politely')
  t.same(
    await post('http://127.0.0.1:1025/', {}, 'x', near),
    { kind: 'unreachable', reason: 'connection' },
    'nobody',
  )
})
