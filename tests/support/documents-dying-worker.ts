// The program of a rendering thread that dies over what it is told to, and renders everything else.
import type { DocumentInput } from '#documents'
import render from '../../src/documents/render-worker.ts'

export default async function renderOrDie(input: DocumentInput) {
  const way = input.kind === 'policy-edition' ? input.organisationName : ''
  if (way === 'exit') process.exit(7)
  if (way !== 'crash') return render(input)
  setImmediate(() => {
    throw new Error('thrown where nobody catches')
  })
  return new Promise<never>(() => undefined)
}
