import { createHash } from 'node:crypto'
import { der, derInteger, sha256 } from '#core'
import type { SealAlgorithm } from './seal-algorithm.ts'
import type { SealKeyLocation } from './seal-key-location.ts'
import { SealKeyFailure } from './seal-key.ts'
import { readSecretLine } from './secret-file.ts'
import { loadTokenModule, TokenError, type TokenModule } from './token-module.ts'

type TokenLocation = SealKeyLocation & { readonly kind: 'token' }
type Session = { readonly module: TokenModule; readonly handle: bigint; readonly key: bigint }

/** CKM_ECDSA signs a hash that it is given; CKM_SHA256_RSA_PKCS hashes by itself. */
const mechanisms: Readonly<Record<SealAlgorithm, number>> = { 'ecdsa-p256-sha256': 0x1041, 'rsa-pkcs1-sha256': 0x40 } // prettier-ignore
const answers = { pinIncorrect: 0xa0, pinLocked: 0xa4, alreadyLoggedIn: 0x100 }
/** Session, login, device or object gone: a new session may do. */
const gone: ReadonlySet<number> = new Set([0x30, 0x32, 0x60, 0x82, 0xb0, 0xb3, 0xe0, 0x101])
const limit_ms = 10_000

// Of the process, as PKCS #11 has it: a module is initialised once, and a login is one of the whole process.
const modules = new Map<string, Promise<TokenModule>>()
const sessions = new Map<string, Session>()
const turns = new Map<string, Promise<unknown>>()
const refusedPins = new Set<string>()

/**
 * A signature of a key in a token, over the SHA-256 of these bytes, as a seal wants it. One session for each key, one
 * signature at a time in it; a session that is gone is opened anew once, which is safe, because a signature that was made
 * and lost changes nothing. A PIN that the token refused is not shown to it again: three tries lock many tokens.
 * Throws a SealKeyFailure, after ten seconds at the latest.
 */
export async function signWithToken(
  location: TokenLocation,
  alg: SealAlgorithm,
  tbs: Buffer,
): Promise<Buffer> {
  const name = JSON.stringify([location.module, location.token, location.label])
  const turn = (turns.get(name) ?? Promise.resolve()).then(() => signOrReopen(name, location, alg, tbs))
  turns.set(name, turn.catch(() => undefined)) // prettier-ignore
  return before(limit_ms, turn)
}

async function signOrReopen(
  name: string,
  location: TokenLocation,
  alg: SealAlgorithm,
  tbs: Buffer,
): Promise<Buffer> {
  try {
    return await signOnce(name, location, alg, tbs)
  } catch (error) {
    if (!(error instanceof TokenError && gone.has(error.code))) throw failureOf(location, error)
    await sessions
      .get(name)
      ?.module.closeSession(sessions.get(name)!.handle)
      .catch(() => undefined)
    sessions.delete(name)
  }
  try {
    return await signOnce(name, location, alg, tbs)
  } catch (error) {
    throw failureOf(location, error)
  }
}

async function signOnce(
  name: string,
  location: TokenLocation,
  alg: SealAlgorithm,
  tbs: Buffer,
): Promise<Buffer> {
  const session = sessions.get(name) ?? (await openSession(location))
  sessions.set(name, session)
  const message = alg === 'ecdsa-p256-sha256' ? sha256(tbs) : tbs
  const signature = await session.module.sign(session.handle, mechanisms[alg], session.key, message)
  return alg === 'ecdsa-p256-sha256' ? signatureOfPair(signature) : signature
}

/** The raw pair r, s as an ECDSA-Sig-Value (RFC 3279 section 2.2.3). */
export function signatureOfPair(pair: Buffer): Buffer {
  if (pair.length !== 64) throw new SealKeyFailure('a signature on P-256 does not have 64 bytes')
  return der(0x30, derInteger(pair.subarray(0, 32)), derInteger(pair.subarray(32)))
}

async function openSession(location: TokenLocation): Promise<Session> {
  const loading = modules.get(location.module) ?? loadTokenModule(location.module)
  modules.set(location.module, loading)
  // A module that could not be loaded may be there the next time.
  loading.catch(() => modules.delete(location.module))
  const module = await loading
  const handle = await module.openSession(await findSlot(module, location))
  try {
    await login(module, handle, location)
    const [key, ...others] = await module.findPrivateKeys(handle, location.label)
    if (key === undefined)
      throw new SealKeyFailure(`${labelOf(location)} holds no private key ${location.label}`)
    if (others.length > 0)
      throw new SealKeyFailure(`${labelOf(location)} holds several private keys ${location.label}`)
    return { module, handle, key }
  } catch (error) {
    await module.closeSession(handle).catch(() => undefined)
    throw error
  }
}

async function findSlot(module: TokenModule, location: TokenLocation): Promise<bigint> {
  const found: bigint[] = []
  for (const slot of await module.slotsWithToken())
    if ((await module.tokenLabel(slot)) === location.token) found.push(slot)
  if (found.length !== 1)
    throw new SealKeyFailure(
      `the module ${location.module} shows ${found.length} tokens with the label ${location.token}`,
    )
  return found[0]!
}

async function login(module: TokenModule, session: bigint, location: TokenLocation): Promise<void> {
  const pin = readSecretLine(location.pinFile, 'the PIN file')
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([location.module, location.token, pin]))
    .digest('hex')
  const refused = new SealKeyFailure(
    `${labelOf(location)} refused the PIN in ${location.pinFile}; it is not tried again until the file changes`,
    { retryAfter_s: 300 },
  )
  if (refusedPins.has(fingerprint)) throw refused
  try {
    await module.login(session, pin)
  } catch (error) {
    if (!(error instanceof TokenError) || error.code === answers.alreadyLoggedIn) {
      if (error instanceof TokenError) return
      throw error
    }
    if (error.code !== answers.pinIncorrect && error.code !== answers.pinLocked) throw error
    refusedPins.add(fingerprint)
    throw refused
  }
}

function failureOf(location: TokenLocation, error: unknown): SealKeyFailure {
  if (error instanceof SealKeyFailure) return error
  return new SealKeyFailure(`${labelOf(location)} gave no signature`, { cause: error })
}

function labelOf({ token }: TokenLocation): string {
  return `the token ${token}`
}

/** The call goes on in its thread, because nothing can stop it; nobody waits for it any longer. */
async function before<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SealKeyFailure('the token did not answer in time')), limit)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
