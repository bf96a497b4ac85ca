import type { ProblemCode, ProblemError } from '#core'
import { messagePage } from './message-page.ts'
import type { WayOn } from './message-page.ts'
import type { Page } from './page.ts'
import type { MessageName } from './words/messages.ts'
import type { Words } from './words.ts'

/** What a refusal means for the person who meets it. Whatever is not named here is told by its status. */
const names: Readonly<Partial<Record<ProblemCode, MessageName>>> = {
  'act-not-found': 'not-found',
  'assignment-not-found': 'not-found',
  'body-malformed': 'invalid',
  'ceremony-ended': 'lapsed',
  'content-erased': 'erased',
  'credential-not-anchored': 'not-anchored',
  'input-invalid': 'invalid',
  'ledger-stopped': 'stopped',
  'link-closed': 'closed',
  'link-expired': 'expired',
  'not-anchored-yet': 'not-anchored',
  'origin-refused': 'wrong-origin',
  'service-busy': 'busy',
  'service-closing': 'busy',
  'sign-in-required': 'not-yours',
  'version-withdrawn': 'withdrawn',
}

function nameOf({ code, status }: Pick<ProblemError, 'code' | 'status'>): MessageName {
  const named = names[code]
  if (named !== undefined) return named
  if (status >= 500) return 'failed'
  if (status === 404) return 'not-found'
  if (status === 410) return 'erased'
  if (status === 429) return 'too-many'
  return status === 400 || status === 413 || status === 415 ? 'invalid' : 'not-allowed'
}

/**
 * The page of a refusal: what happened, whether something was recorded, and the way on. `requestId` is told where the fault
 * is ours, so that it can be found in the log.
 */
export function refusalPage(refusal: ProblemError, requestId: string, signedIn: boolean, w: Words): Page {
  const name = nameOf(refusal)
  const toSignIn: WayOn = { text: w.entry.signIn.title, href: '/my/sign-in', kind: 'primary' }
  const toList: WayOn = { text: w.toList, href: '/my', kind: 'primary' }
  return messagePage(name, w, {
    ways: [name === 'not-yours' || !signedIn ? toSignIn : toList],
    reference: name === 'failed' ? requestId : null,
  })
}
