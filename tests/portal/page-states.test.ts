import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { startBrowser } from '../support/browser.ts'
import { overflow } from '../support/portal-axe.ts'
import { markupOf, startStateServer } from '../support/portal-server.ts'
import { portalStates } from '../support/portal-states.ts'

t.setTimeout(180_000)

const languages = ['nl', 'en'] as const
const [browser, server] = await Promise.all([startBrowser(), startStateServer()])
t.teardown(() => Promise.all([browser.close(), server.close()]))

for (const language of languages) {
  t.test(`every page in every state is valid HTML, ${language}`, async (t) => {
    const validator = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
      // Long paths and hidden fields are of no concern; buttons of a form carry its values on purpose.
      rules: { 'long-title': 'off', 'require-sri': 'off', 'no-inline-style': 'error', 'no-unused-disable': 'off' },
    }) // prettier-ignore
    for (const state of portalStates(language)) {
      const report = await validator.validateString(markupOf(language, state))
      const faults = report.results.flatMap((result) => result.messages.map((one) => `${one.ruleId} ${one.line}: ${one.message}`)) // prettier-ignore
      t.same(faults, [], state.name)
    }
  })

  t.test(`nothing that was typed becomes markup, ${language}`, async (t) => {
    for (const state of portalStates(language)) {
      const markup = markupOf(language, state)
      t.notMatch(markup, /<script>alert|<test>|<b>|<i>|<Entra>/, state.name)
      t.notMatch(markup, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)/i, state.name)
      t.notMatch(markup, /(?:src|href|action)="https?:/, state.name)
      t.notMatch(markup, /undefined|\[object/, state.name)
    }
  })
}

t.test('text spacing as WCAG 1.4.12 sets it cuts nothing off', async (t) => {
  const context = await browser.newContext({ locale: 'nl-NL', bypassCSP: true })
  const page = await context.newPage()
  await page.setViewportSize({ width: 360, height: 740 })
  for (const state of portalStates('nl')) {
    if (!/^(ceremony|confirm|act-now|todo|devices)$/.test(state.name)) continue
    await page.goto(`${server.url}/state/nl/${state.name}`)
    await page.addStyleTag({
      content:
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    })
    t.equal(await overflow(page), 0, state.name)
  }
  await context.close()
})

t.test('what is pressed is large enough to press (WCAG 2.5.8)', async (t) => {
  const context = await browser.newContext({ locale: 'nl-NL', viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  for (const state of portalStates('nl')) {
    await page.goto(`${server.url}/state/nl/${state.name}`)
    const small = await page.evaluate(() =>
      Array.from(document.querySelectorAll('a[href], button, input:not([type=hidden]), summary'))
        .filter((one) => !one.matches('.skip, p a, li a, .mistakes a'))
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
        .map(({ one }) => one.outerHTML.slice(0, 120)),
    )
    t.same(small, [], state.name)
  }
  await context.close()
})
