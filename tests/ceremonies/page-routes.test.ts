import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t from 'tap'
import { ceremonyPageRoutes, pagePolicy } from '../../src/ceremonies/page/ceremony-page-routes.ts'
import { aServer } from '../support/http-server.ts'

const pageFolder = fileURLToPath(new URL('../../src/ceremonies/page/', import.meta.url))
const assetsFolder = `${pageFolder}assets/`

const server = aServer((scope) => {
  ceremonyPageRoutes(scope)
  scope.get('/v1/beside', { config: { access: 'public' }, schema: {} }, async () => 'beside')
})

t.test('the page is one file of markup that names every other file by its content', async (t) => {
  const page = await server.inject('/c')
  t.equal(page.statusCode, 200)
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.equal(page.headers['cache-control'], 'no-cache')
  const addresses = [...page.body.matchAll(/(?:href|src)="([^"#]+)"/g)].map((match) => match[1]!)
  t.ok(addresses.length > 15, 'styles, icon and all modules are named')
  for (const address of addresses) {
    t.match(address, /^\/assets\/[0-9a-f]{16}\/[a-z-]+\.(?:css|js|svg)$/)
    const asset = await server.inject(address)
    t.equal(asset.statusCode, 200, address)
    t.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable')
  }
  t.match(page.body, /<noscript>[\s\S]*Zet JavaScript aan[\s\S]*Turn on JavaScript/)
})

t.test('the policy of the page wins over that of the server, and allows its own origin only', async (t) => {
  const page = await server.inject('/c')
  t.equal(page.headers['content-security-policy'], pagePolicy)
  t.match(pagePolicy, "default-src 'none'")
  t.notMatch(pagePolicy, /unsafe|https?:|\*|data:/)
  t.equal(page.headers['referrer-policy'], 'no-referrer')
  t.equal(page.headers['x-content-type-options'], 'nosniff')
  t.equal(page.headers['x-robots-tag'], 'noindex, nofollow')
  t.notOk(page.headers['set-cookie'])
  const beside = await server.inject('/v1/beside')
  t.not(beside.headers['content-security-policy'], pagePolicy, 'a route beside the page keeps its own')
  t.notOk(beside.headers['x-robots-tag'])
})

t.test('the markup holds no script, no style and no address of another party', async (t) => {
  const markup = readFileSync(`${pageFolder}page-shell.html`, 'utf8')
  t.notMatch(markup, /<style|style=|\son[a-z]+=|https?:/i)
  t.notMatch(markup, /<script(?![^>]*src=)/i)
  for (const name of readdirSync(assetsFolder)) {
    const text = readFileSync(assetsFolder + name, 'utf8').replaceAll('http://www.w3.org/2000/svg', '')
    t.notMatch(
      text,
      /https?:|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/,
      name,
    )
  }
})

t.test('a file is sent compressed to who takes it, and not sent again to who has it', async (t) => {
  const get = (headers: Record<string, string>) => server.inject({ url: '/c', headers })
  const plain = await get({ 'accept-encoding': 'identity' })
  const br = await get({ 'accept-encoding': 'gzip, deflate, br' })
  const gzip = await get({ 'accept-encoding': 'gzip, br;q=0' })
  t.equal(plain.headers['content-encoding'], undefined)
  t.equal(br.headers['content-encoding'], 'br')
  t.equal(gzip.headers['content-encoding'], 'gzip')
  t.equal(brotliDecompressSync(br.rawPayload).toString(), plain.body)
  t.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
  t.match(br.headers['vary'], /accept-encoding/)
  t.not(br.headers.etag, plain.headers.etag, 'other bytes have another strong tag')

  const again = await get({ 'accept-encoding': 'br', 'if-none-match': `"x", W/${br.headers.etag}` })
  t.equal(again.statusCode, 304)
  t.equal(again.body, '')
  t.equal(again.headers.etag, br.headers.etag)
  t.equal(again.headers['content-security-policy'], pagePolicy)
})

t.test('an address of another release is a plain 404 that nobody keeps', async (t) => {
  for (const url of ['/assets/0123456789abcdef/main.js', '/assets/x/..%2Fpage-shell.html', '/assets/x']) {
    const answer = await server.inject(url)
    t.equal(answer.statusCode, 404, url)
    t.equal(answer.headers['content-type'], 'application/problem+json')
    t.match(answer.headers['cache-control'], 'no-store')
  }
})

t.test('parameters that mail gateways hang on the address do not shut the page', async (t) => {
  t.equal((await server.inject('/c?utm_source=mail&utm_source=again&x=%26')).statusCode, 200)
  t.equal((await server.inject({ url: '/c', method: 'HEAD' })).statusCode, 200)
  t.equal((await server.inject({ url: '/c', method: 'POST' })).statusCode, 405)
})

t.test('the modules of the page fit the wire shapes and each other', async (t) => {
  // The program itself: its starter is a Node script that fails under what the test runner adds to every Node.
  const starter = new URL('../../node_modules/typescript/lib/getExePath.js', import.meta.url).href
  const { default: programPath } = (await import(starter)) as { default: () => string }
  const run = spawnSync(programPath(), ['-p', `${pageFolder}jsconfig.json`], { encoding: 'utf8' })
  t.equal(run.stdout + run.stderr, '')
  t.equal(run.status, 0)
})
