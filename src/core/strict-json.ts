/** Why a text is not acceptable JSON, and where: `pointer` is a JSON Pointer (RFC 6901) to the offending member. */
export class StrictJsonError extends Error {
  readonly reason: 'syntax' | 'duplicate-key' | 'too-deep' | 'lone-surrogate'
  readonly pointer: string

  constructor(reason: StrictJsonError['reason'], pointer: string) {
    super(`${reason} at ${pointer === '' ? 'the top level' : pointer}`)
    this.name = 'StrictJsonError'
    this.reason = reason
    this.pointer = pointer
  }
}

const depthMax = 32
const token = /[\s]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|([^\s{}[\],:"]+))/y

type Frame = { readonly keys: Set<string> | undefined; index: number; key: string; expectsKey: boolean }

/**
 * Parses JSON and refuses what JSON.parse lets pass silently: a member named twice (RFC 7493 section 2.3), nesting
 * deeper than 32, and strings with a lone surrogate. Throws a StrictJsonError; never repairs. `__proto__` as a member
 * is refused as syntax, because objects built from it would carry it unseen.
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new StrictJsonError('syntax', '')
  }
  checkMembers(text)
  return value
}

/** Walks the tokens of a text that JSON.parse accepted, so that only structure needs to be followed here. */
function checkMembers(text: string): void {
  const stack: Frame[] = []
  token.lastIndex = 0
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [, mark, string] = match
    const top = stack.at(-1)
    if (mark === '{' || mark === '[') {
      if (stack.length >= depthMax) throw new StrictJsonError('too-deep', pointerOf(stack))
      stack.push({ keys: mark === '{' ? new Set() : undefined, index: 0, key: '', expectsKey: mark === '{' })
    } else if (mark === '}' || mark === ']') stack.pop()
    else if (mark === ',' && top !== undefined) {
      top.index += 1
      top.expectsKey = top.keys !== undefined
    } else if (string !== undefined) checkString(JSON.parse(string) as string, top, stack)
  }
}

function checkString(value: string, top: Frame | undefined, stack: readonly Frame[]): void {
  if (!value.isWellFormed()) throw new StrictJsonError('lone-surrogate', pointerOf(stack))
  if (top?.keys === undefined || !top.expectsKey) return
  top.key = value
  top.expectsKey = false
  if (value === '__proto__') throw new StrictJsonError('syntax', pointerOf(stack))
  if (top.keys.has(value)) throw new StrictJsonError('duplicate-key', pointerOf(stack))
  top.keys.add(value)
}

function pointerOf(stack: readonly Frame[]): string {
  return stack
    .map((frame) => (frame.keys === undefined ? String(frame.index) : frame.key))
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
}
