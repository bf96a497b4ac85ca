import t from 'tap'
import { strictObject } from '#http'
import { startBrowser } from '../support/browser.ts'
import { aServer } from '../support/http-server.ts'

t.test(
  'the documentation page shows every operation in a real browser, from this server alone',
  async (t) => {
    const server = aServer((scope) => {
      const schema = { operationId: 'getPebble', summary: 'Read a pebble', tags: ['pebbles'], response: { 200: strictObject({}) } } // prettier-ignore
      scope.get('/v1/pebble', { config: { access: 'public' }, schema }, async () => ({}))
    })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const browser = await startBrowser()
    t.teardown(async () => {
      await browser.close()
      await server.close()
    })
    const page = await browser.newPage()
    const complaints: string[] = []
    const requested: string[] = []
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
    page.on('pageerror', (error) => void complaints.push(error.message))
    page.on('request', (request) => void requested.push(request.url()))
    await page.goto(`${url}/documentation`)
    await page.getByText('Read a pebble').waitFor({ timeout: 20_000 })
    t.same(complaints, [], 'nothing was blocked and nothing broke')
    t.same(
      requested.filter((each) => !each.startsWith(`${url}/documentation`) && !each.startsWith('data:')),
      [],
      'nothing was asked of another place',
    )
  },
)
