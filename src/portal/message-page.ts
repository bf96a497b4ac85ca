import type { Page } from './page.ts'
import type { MessageName } from './words/messages.ts'
import type { Words } from './words.ts'

export type WayOn = { readonly text: string; readonly href: string; readonly kind: 'primary' | 'quiet' }

type MessageParts = {
  readonly more?: readonly string[]
  readonly ways?: readonly WayOn[]
  readonly reference?: string | null
}

const drawings: Readonly<Record<MessageName, 'stop' | 'clock' | 'done'>> = {
  expired: 'clock',
  withdrawn: 'done',
  superseded: 'stop',
  lapsed: 'clock',
  closed: 'stop',
  declined: 'done',
  erased: 'done',
  'not-found': 'stop',
  'not-yours': 'stop',
  'not-allowed': 'stop',
  'wrong-origin': 'stop',
  busy: 'clock',
  'too-many': 'clock',
  failed: 'stop',
  invalid: 'stop',
  'not-anchored': 'clock',
  stopped: 'clock',
  left: 'done',
}

/** A page that says one thing, and what to do now. */
export function messagePage(name: MessageName, w: Words, parts: MessageParts = {}): Page {
  const { title, text } = w.messages[name]
  return noticePage(title, [...text, ...(parts.more ?? [])], {
    drawing: drawings[name],
    ways: parts.ways ?? [],
    reference:
      parts.reference === undefined || parts.reference === null ? null : w.reference(parts.reference),
  })
}

/** The same with texts of one's own. */
export function noticePage(
  title: string,
  text: readonly string[],
  parts: {
    readonly drawing: 'stop' | 'clock' | 'done'
    readonly ways: readonly WayOn[]
    readonly consequences?: readonly string[]
    readonly reference?: string | null
  },
): Page {
  return {
    template: 'message',
    title,
    model: { title, text, reference: null, consequences: [], ...parts },
  }
}
