// The program of a rendering thread. Fonts are parsed when the thread starts; after that one document at a time.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ProblemDetail } from '#core'
import { ProblemError } from '#core'
import type { DocumentInput } from './document-inputs.ts'
import { renderDocument } from './document-rendering.ts'
import { fontLibrary } from './font-library.ts'

/**
 * What comes back from a thread. A refusal is a value, because an Error loses its class on the way; so is a failure, so
 * that a thread which died is the only thing without an answer.
 */
export type RenderAnswer =
  | { readonly kind: 'rendered'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'refused'; readonly errors: readonly ProblemDetail[] }
  | { readonly kind: 'failed'; readonly stack: string }

fontLibrary()

let busy = false

export default async function render(input: DocumentInput): Promise<RenderAnswer> {
  if (busy) return { kind: 'failed', stack: 'a rendering thread was given two documents at once' }
  busy = true
  try {
    const { bytes } = await renderDocument(input)
    // A copy of its own, because the pool of small buffers that Node keeps cannot be handed to another thread.
    return { kind: 'rendered', bytes: new Uint8Array(bytes) }
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'character-without-glyph')
      return { kind: 'refused', errors: error.errors }
    return { kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    // The pool hands over the next document without letting the event loop turn. What the streams of this document have
    // put off until then would never happen, and keep the whole document in memory.
    await nextTurn()
    busy = false
  }
}
