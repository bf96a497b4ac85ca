import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { obtainRevocation } from '#revocation'
import { checkUrl, mayConnect, shownUrl } from '../../src/revocation/egress-rules.ts'
import { exchange } from '../../src/revocation/http-exchange.ts'
import { aRevocationPki } from '../support/revocation-pki.ts'
import { revocationSources } from '../support/revocation-sources.ts'
import { testPlatform } from '../support/platform.ts'

const platform = testPlatform()
const strict = { privateHosts: [] }
const near = { privateHosts: ['127.0.0.1', 'localhost', 'ocsp.corp.internal'] }

t.test(
  'R6: http and https to public hosts are asked, everything else only where the operator names the host',
  async (t) => {
    for (const url of [
      'http://ocsp.example.nl/',
      'https://ocsp.example.nl/a?b=c',
      'http://ocsp.example.nl:8080/',
      'http://8.8.8.8/ocsp',
    ])
      t.ok('url' in checkUrl(url, strict), url)
    for (const url of [
      '',
      'ocsp.example.nl',
      'ldap://directory.example.nl/cn=list',
      'file:///etc/passwd',
      'ftp://example.nl/list.crl',
      'http://user:secret@ocsp.example.nl/',
      'http://ocsp.example.nl:25/',
      'http://localhost/',
      'http://ocsp.corp.internal/',
      'http://ocsp/',
      'http://127.0.0.1/',
      'http://127.1/',
      'http://0x7f000001/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://10.1.2.3/',
      'http://169.254.169.254/latest/meta-data/',
      'http://ocsp.example.nl/\n',
      `http://ocsp.example.nl/${'a'.repeat(2_048)}`,
    ])
      t.ok('refusal' in checkUrl(url, strict), url.slice(0, 60))
    for (const url of ['http://127.0.0.1:81/', 'http://LOCALHOST/', 'http://ocsp.corp.internal./'])
      t.ok('url' in checkUrl(url, near), url)
    t.ok('refusal' in checkUrl('http://127.0.0.2/', near))
    t.ok('refusal' in checkUrl('http://user@127.0.0.1/', near))
  },
)

t.test('R6: what is not allowed is not connected to', async (t) => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end('here')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const question = { url: `http://127.0.0.1:${port}/`, headers: {}, lengthMax: 100 }
  await t.rejects(exchange(question, { ...strict, timeout_ms: 1_000 }), {
    name: 'RevocationRefusal',
    message: /not public/,
  })
  t.equal(asked, 0)
  t.notOk(mayConnect('ocsp.example.nl', '127.0.0.1', near), 'a public name that leads to this machine')
  t.notOk(mayConnect('ocsp.example.nl', '169.254.169.254', near))
  t.ok(mayConnect('ocsp.example.nl', '8.8.8.8', strict))
  t.ok(mayConnect('ocsp.corp.internal', '10.1.2.3', near), 'a name of the operator may')
  t.equal(String(await exchange(question, { ...near, timeout_ms: 1_000 })), 'here')
  t.equal(asked, 1)
})

t.test('R3: no login of an address is told, and none is sent', async (t) => {
  t.equal(shownUrl('http://user:secret@ocsp.example.nl/a'), 'http://ocsp.example.nl/a')
  t.equal(shownUrl('rubbish'), '')
  const pki = aRevocationPki({ now: platform.clock(), ocspUrl: () => 'http://user:secret@127.0.0.1:9/ocsp' })
  const outcome = await obtainRevocation(
    platform,
    await revocationSources(platform),
    pki.sealChain,
    platform.clock(),
  )
  t.match(outcome, {
    kind: 'unavailable',
    attempts: [{ failure: 'url', url: 'http://127.0.0.1:9/ocsp' }, { failure: 'url' }],
  })
  t.notMatch(JSON.stringify(outcome), /secret/)
})

t.test('R5: of many places two of each kind are asked', async (t) => {
  const pki = aRevocationPki({ now: platform.clock() })
  const places = Array.from({ length: 5 }, (_, number) => `ftp://127.0.0.1/${number}`)
  const webPlaces = places.map((place) => place.replace('ftp', 'http'))
  const leaf = pki.issue({ ocspUrls: places, crlUrls: webPlaces })
  const outcome = await obtainRevocation(
    platform,
    await revocationSources(platform, strict),
    [leaf.der, pki.intermediate.der],
    platform.clock(),
  )
  t.same(
    outcome.attempts.map(({ source, url, failure }) => [source, url, failure]),
    [
      ['ocsp', places[0], 'url'],
      ['ocsp', places[1], 'url'],
      ['crl', webPlaces[0], 'url'],
      ['crl', webPlaces[1], 'url'],
    ],
  )
})
