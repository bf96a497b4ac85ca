import { parseLooseObject } from './loose-json.ts'
import { demand } from './refusal.ts'
import { decodeBase64Url } from './strict-text.ts'

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
  const members = parseLooseObject(bytes, 'the client data', sizeMax)
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
