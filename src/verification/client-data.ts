import { isObject } from './canonical-json.ts'
import type { Json } from './canonical-json.ts'
import { demand, refuse } from './refusal.ts'
import { decodeBase64Url, decodeUtf8 } from './strict-text.ts'

/** What a browser says of a ceremony (WebAuthn section 5.8.1). */
export type ClientData = {
  readonly type: string
  readonly challenge: Buffer
  readonly origin: string
}

export type ClientDataWishes = {
  readonly type: 'webauthn.create' | 'webauthn.get'
  readonly challenge: Buffer
  readonly allowedOrigins: readonly string[]
}

const sizeMax = 4096

/**
 * Reads client data and refuses unless it is of this ceremony: the type, the challenge, one of the allowed origins, and no
 * page of another origin around or above it (section 7.2 steps 10 to 14). Other members are allowed anywhere: browsers add
 * some at random, so that nobody compares with a template. Only a name that stands there twice is refused.
 */
export function checkClientData(bytes: Buffer, wishes: ClientDataWishes): ClientData {
  const members = parseMembers(bytes)
  const { type, challenge, origin, crossOrigin } = members
  demand(typeof type === 'string', 'the client data has no type')
  demand(type === wishes.type, `the client data is of a "${type}", not of a "${wishes.type}"`)
  demand(typeof challenge === 'string', 'the client data has no challenge')
  const bytesOfChallenge = decodeBase64Url(challenge)
  demand(bytesOfChallenge.equals(wishes.challenge), 'the challenge is that of something else')
  demand(typeof origin === 'string', 'the client data has no origin')
  demand(wishes.allowedOrigins.includes(origin), `the origin "${origin}" is not one of those allowed`)
  const alone = crossOrigin === undefined || crossOrigin === false
  demand(alone && !Object.hasOwn(members, 'topOrigin'), 'the page stood inside a page of another origin')
  return { type, challenge: bytesOfChallenge, origin }
}

function parseMembers(bytes: Buffer): Record<string, Json | undefined> {
  demand(bytes.length <= sizeMax, 'the client data is longer than 4,096 bytes')
  const text = decodeUtf8(bytes)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return refuse('the client data is not JSON')
  }
  demand(isObject(value), 'the client data is not an object')
  const names = outerNames(text)
  demand(new Set(names).size === names.length, 'a name stands in the client data twice')
  return value
}

/** The names of the outermost object of a text that is known to be JSON, also those that stand there twice. */
function outerNames(text: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const [token, name] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth === 1 && name !== undefined) names.push(JSON.parse(name) as string)
  }
  return names
}
