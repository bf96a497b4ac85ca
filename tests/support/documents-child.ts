// Renders the input that comes in on standard input in a fresh process and answers with the SHA-256 of the result.
import { text } from 'node:stream/consumers'
import { renderDocument } from '../../src/documents/document-rendering.ts'

const { sha256 } = await renderDocument(JSON.parse(await text(process.stdin)))
process.stdout.write(sha256.toString('hex'))
