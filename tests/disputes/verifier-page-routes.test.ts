import t from 'tap'
import { verifierPageRoutes } from '#disputes'
import { buildVerifierPage } from '#verification/page'
import { aServer } from '../support/http-server.ts'

t.test('the verifier is served to everyone, as the file that lies in a dossier', async (t) => {
  const server = aServer(verifierPageRoutes)
  t.teardown(() => server.close())
  const answer = await server.inject({ method: 'GET', url: '/verify?utm_source=mail' })
  const { html, sha256, contentSecurityPolicy } = await buildVerifierPage()
  t.equal(answer.statusCode, 200)
  t.equal(answer.body, html)
  t.equal(answer.headers['etag'], `"${sha256}"`)
  t.equal(answer.headers['content-security-policy'], `${contentSecurityPolicy}; frame-ancestors 'none'`)
  t.match(answer.headers['content-type'], /^text\/html; charset=utf-8/)
  const again = await server.inject({
    method: 'GET',
    url: '/verify',
    headers: { 'if-none-match': `"${sha256}"` },
  })
  t.equal(again.statusCode, 304)
})
