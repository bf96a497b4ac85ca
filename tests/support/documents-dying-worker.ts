// The program of a rendering thread that dies over what it is told to, and renders everything else.
import type { DocumentInput } from '#documents'
import render from '../../src/documents/render-worker.ts'

export default async function renderOrDie(input: DocumentInput) {
  if (input.organisationName === 'exit') process.exit(7)
  if (input.organisationName === 'crash') setImmediate(() => { throw new Error('thrown where nobody catches') }) // prettier-ignore
  if (input.organisationName === 'crash') await new Promise((resolve) => setTimeout(resolve, 60_000))
  return render(input)
}
