import { readFileSync } from 'node:fs'
import t from 'tap'
import { problems } from '#core'
import { openapiText } from '../../src/cli/openapi-text.ts'
import { ruleBreaks } from '../support/http-openapi-rules.ts'

type Operation = {
  operationId: string
  responses: Record<string, { description: string }>
  'x-right'?: string
}

const text = await openapiText()
const document = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> }
const operations = Object.values(document.paths).flatMap((path) => Object.values(path))

t.test('the document of the whole service breaks no rule', async (t) => {
  t.same(ruleBreaks(document), [])
  t.ok(operations.length >= 40, `${operations.length} operations`)
})

t.test('the document that is checked in is the one that is served', async (t) => {
  const there = readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')
  t.ok(there === text, 'else: npm run openapi:write')
})

t.test('making the document twice gives the same bytes', async (t) => {
  t.ok((await openapiText()) === text)
})

t.test('every refusal stands under its own status', async (t) => {
  for (const { operationId, responses } of operations) {
    for (const [status, { description }] of Object.entries(responses)) {
      if (Number(status) < 400) continue
      const codes = Array.from(description.matchAll(/`([a-z-]+)`:/g), (match) => match[1]!)
      t.ok(codes.length > 0, `${operationId} ${status} names its refusals`)
      for (const code of codes) {
        t.equal(problems[code as keyof typeof problems]?.status, Number(status), `${operationId}: ${code}`)
      }
    }
  }
})
