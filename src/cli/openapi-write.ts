import { readFileSync, writeFileSync } from 'node:fs'
import { openapiText } from './openapi-text.ts'

/** Writes the OpenAPI document to `openapi/openapi.json`; with `--check` says whether the one there is the right one. */
const file = new URL('../../openapi/openapi.json', import.meta.url)
const text = await openapiText()

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
  process.stdout.write('openapi/openapi.json written\n')
} else if (textThere() !== text) {
  process.stderr.write('openapi/openapi.json is not what the routes say; run npm run openapi:write\n')
  process.exitCode = 1
}

function textThere(): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
