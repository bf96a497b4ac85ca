import t from 'tap'
import { strictObject } from '#http'
import { createMetrics, metricCatalogue, metricSeriesMax } from '#platform'
import { metricsRoutes } from '../../src/metrics-routes.ts'
import { aServer } from '../support/http-server.ts'

t.test('L8: counters begin at zero where they have no labels, grow, and never go back', async (t) => {
  const metrics = createMetrics()
  t.match(metrics.render(), /^beding_acts_total 0$/m)
  metrics.count('beding_acts_total')
  metrics.count('beding_acts_total', {}, 4)
  metrics.count('beding_acts_total', {}, -9)
  t.match(metrics.render(), /^beding_acts_total 5$/m)
})

t.test('L8: a gauge shows its last value, and nothing before it has one', async (t) => {
  const metrics = createMetrics()
  t.notMatch(metrics.render(), /beding_clock_skew_seconds/)
  for (const [value, text] of [
    [1.5, '1.5'],
    [-2, '-2'],
    [Infinity, '\\+Inf'],
    [Number.NaN, 'NaN'],
  ] as const) {
    metrics.set('beding_clock_skew_seconds', value)
    t.match(metrics.render(), new RegExp(`^beding_clock_skew_seconds ${text}$`, 'm'))
  }
})

t.test('L8: the text is that of Prometheus: help, type, and one line for each set of labels', async (t) => {
  const metrics = createMetrics()
  metrics.count('beding_http_requests_total', { status: 200, route: '/v1/acts' })
  metrics.count('beding_http_requests_total', { route: '/v1/acts', status: 200 })
  metrics.count('beding_http_requests_total', { route: 'a"b\\c\nd', status: 404 })
  const lines = metrics.render().split('\n').filter((line) => line.includes('beding_http_requests_total')) // prettier-ignore
  t.same(lines, [
    `# HELP beding_http_requests_total ${metricCatalogue.beding_http_requests_total.help}`,
    '# TYPE beding_http_requests_total counter',
    'beding_http_requests_total{route="/v1/acts",status="200"} 2',
    String.raw`beding_http_requests_total{route="a\"b\\c\nd",status="404"} 1`,
  ])
  t.ok(metrics.render().endsWith('\n'))
})

t.test('L8: a metric keeps a bounded number of series, and says how much it dropped', async (t) => {
  const metrics = createMetrics()
  for (let number = 0; number < metricSeriesMax + 7; number += 1)
    metrics.set('beding_anchor_age_seconds', number, { organisation: `o${number}` })
  metrics.set('beding_anchor_age_seconds', 99, { organisation: 'o1' })
  const text = metrics.render()
  t.equal(text.match(/^beding_anchor_age_seconds\{/gm)?.length, metricSeriesMax)
  t.match(text, /^beding_anchor_age_seconds\{organisation="o1"\} 99$/m)
  t.match(text, /^beding_metric_series_dropped_total\{metric="beding_anchor_age_seconds"\} 7$/m)
})

t.test('L8: names say what they count, and end as their kind demands', async (t) => {
  for (const [name, metric] of Object.entries(metricCatalogue)) {
    t.match(name, /^beding_[a-z]+(_[a-z]+)*$/)
    t.equal(name.endsWith('_total'), metric.kind === 'counter', name)
    t.match(metric.help, /^[A-Z0-9].*\.$/, name)
    for (const label of metric.labels) t.notMatch(label, /person|email|name|address/, name)
  }
})

const token = 'a-token-of-some-length'
const callers: readonly [string, object, string | undefined, number][] = [
  ['a caller on this machine', {}, undefined, 200],
  ['the same over IPv6', { remoteAddress: '::1' }, undefined, 200],
  ['the same on a socket for both', { remoteAddress: '::ffff:127.0.0.1' }, undefined, 200],
  ['a caller from elsewhere', { remoteAddress: '192.0.2.7' }, undefined, 401],
  ['whoever a proxy here sends', { headers: { 'x-forwarded-for': '192.0.2.7' } }, undefined, 401],
  ['one who names an address in Forwarded', { headers: { forwarded: 'for=192.0.2.7' } }, undefined, 401],
  ['a caller from elsewhere with the token', { remoteAddress: '192.0.2.7', headers: { authorization: `Bearer ${token}` } }, token, 200], // prettier-ignore
  ['a caller from elsewhere with another', { remoteAddress: '192.0.2.7', headers: { authorization: `Bearer ${token}x` } }, token, 401], // prettier-ignore
  ['a caller on this machine without it', {}, token, 401],
]
for (const [title, request, metricsToken, status] of callers)
  t.test(
    `0063: ${title} gets ${status}${metricsToken === undefined ? '' : ' when a token is set'}`,
    async (t) => {
      const metrics = createMetrics()
      const server = aServer((scope) => metricsRoutes(scope, { platform: { metrics }, metricsToken }))
      t.teardown(() => server.close())
      const answer = await server.inject({ method: 'GET', url: '/metrics', ...request })
      t.equal(answer.statusCode, status)
      if (status === 200) {
        t.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
        t.equal(answer.body, metrics.render())
      } else t.equal(answer.json().code, 'credentials-missing')
    },
  )

t.test('requests are counted under the pattern of their route, never under what was sent', async (t) => {
  const metrics = createMetrics()
  const idParams = strictObject({})
  const server = aServer(
    (scope) => {
      scope.get(
        '/v1/things',
        { config: { access: 'public' }, schema: { response: { 200: idParams } } },
        async () => ({}),
      )
      metricsRoutes(scope, { platform: { metrics } })
    },
    {},
    { metrics },
  )
  t.teardown(() => server.close())
  await server.inject('/v1/things')
  await server.inject('/v1/things?person=piet')
  await server.inject('/v1/piet@example.nl')
  const text = metrics.render()
  t.match(text, /^beding_http_requests_total\{route="\/v1\/things",status="200"\} 1$/m)
  t.match(text, /^beding_http_requests_total\{route="\/v1\/things",status="400"\} 1$/m)
  t.match(text, /^beding_http_requests_total\{route="none",status="404"\} 1$/m)
  t.notMatch(text, /piet/)
  await server.ready()
  t.notOk('/metrics' in (server.swagger().paths ?? {}), 'it is not part of the interface')
})
