import type { KoffiFunc } from 'koffi'
import { SealKeyFailure } from './seal-key.ts'

/**
 * The few calls of a PKCS #11 module (OASIS PKCS #11 2.40) that a seal needs. Each runs on a thread beside the event loop
 * and throws a TokenError for every answer but CKR_OK. Handles are whatever the module gave.
 */
export type TokenModule = {
  readonly slotsWithToken: () => Promise<bigint[]>
  readonly tokenLabel: (slot: bigint) => Promise<string>
  readonly openSession: (slot: bigint) => Promise<bigint>
  readonly closeSession: (session: bigint) => Promise<void>
  readonly login: (session: bigint, pin: string) => Promise<void>
  /** The private keys with this label; two at most. */
  readonly findPrivateKeys: (session: bigint, label: string) => Promise<bigint[]>
  readonly sign: (session: bigint, mechanism: number, key: bigint, message: Buffer) => Promise<Buffer>
}

/** What a module answered: a CK_RV. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: number

  constructor(call: string, code: number) {
    super(`${call} answered 0x${code.toString(16)}`)
    this.code = code
  }
}

const cryptokiAlreadyInitialized = 0x191
const signatureLengthMax = 1_024
const ulong = 8

/** The calls by their position in CK_FUNCTION_LIST, whose order the standard fixes. */
const positions = {
  C_Initialize: 0,
  C_GetSlotList: 4,
  C_GetTokenInfo: 6,
  C_OpenSession: 12,
  C_CloseSession: 13,
  C_Login: 18,
  C_FindObjectsInit: 26,
  C_FindObjects: 27,
  C_FindObjectsFinal: 28,
  C_SignInit: 42,
  C_Sign: 43,
} as const

type Koffi = typeof import('koffi')
type KoffiFunction = KoffiFunc<(...values: unknown[]) => number>
type CallName = keyof typeof positions
type Call = (name: CallName, ...values: unknown[]) => Promise<void>

/**
 * Loads a module and initialises it. The library that speaks to it, koffi, is an optional dependency: without it, or
 * without the module, this throws a SealKeyFailure and everything else goes on working (decision 0089).
 */
export async function loadTokenModule(path: string): Promise<TokenModule> {
  const call = await openCalls(path)
  // CKF_OS_LOCKING_OK in the fifth field: calls come from several threads.
  const settings = Buffer.alloc(6 * ulong)
  settings.writeBigUInt64LE(2n, 4 * ulong)
  try {
    await call('C_Initialize', settings)
  } catch (error) {
    if (!(error instanceof TokenError && error.code === cryptokiAlreadyInitialized)) throw error
  }
  return moduleOf(call)
}

/** Libraries that are in use: koffi unloads one that nothing points at, while its functions are still called by address. */
const kept: unknown[] = []

async function openCalls(path: string): Promise<Call> {
  if (process.platform === 'win32') throw new SealKeyFailure('tokens are not reached on Windows')
  const koffi = await import('koffi').catch(() => {
    throw new SealKeyFailure('a token is reached with the optional package koffi, which is not installed')
  })
  try {
    // Deep: a module brings its own OpenSSL, which must not be mixed with the one inside Node.
    const library = koffi.load(path, { deep: true })
    const list: [unknown] = [null]
    const status = library.func('unsigned long C_GetFunctionList(_Out_ void **list)')(list) as number
    if (status !== 0) throw new TokenError('C_GetFunctionList', status)
    const functions = new Map<string, KoffiFunction>()
    for (const [name, parameters] of Object.entries(parametersOf(koffi))) {
      const shape = koffi.proto('unsigned long', parameters)
      // The list begins with a version, padded to the size of a pointer.
      const offset = ulong * (1 + positions[name as CallName])
      const address: unknown = koffi.decode(list[0], offset, koffi.pointer(shape))
      functions.set(name, koffi.decode(address, shape) as KoffiFunction)
    }
    kept.push(library)
    return (name, ...values) => callOnThread(name, functions.get(name)!, values)
  } catch (cause) {
    throw new SealKeyFailure(`the PKCS #11 module ${path} cannot be loaded`, { cause })
  }
}

/** What each call takes. Numbers and handles come back in buffers, because a handle may use all its 64 bits. */
function parametersOf(koffi: Koffi): Record<CallName, Parameters<Koffi['sizeof']>[0][]> {
  const number = 'unsigned long'
  const bytes = 'const uint8_t *'
  const room = 'uint8_t *'
  const attribute = koffi.struct({ type: number, value: bytes, length: number })
  const mechanism = koffi.struct({ mechanism: number, parameter: 'void *', length: number })
  return {
    C_Initialize: [bytes],
    C_GetSlotList: ['uint8_t', room, room],
    C_GetTokenInfo: [number, room],
    C_OpenSession: [number, number, 'void *', 'void *', room],
    C_CloseSession: [number],
    C_Login: [number, number, bytes, number],
    C_FindObjectsInit: [number, koffi.pointer(attribute), number],
    C_FindObjects: [number, room, number, room],
    C_FindObjectsFinal: [number],
    C_SignInit: [number, koffi.pointer(mechanism), number],
    C_Sign: [number, bytes, number, room, room],
  }
}

function callOnThread(name: CallName, call: KoffiFunction, values: unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    call.async(...values, (error: Error | null, status: number) => {
      if (error !== null) reject(error)
      else if (status !== 0) reject(new TokenError(name, Number(status)))
      else resolve()
    })
  })
}

function moduleOf(call: Call): TokenModule {
  return {
    async slotsWithToken() {
      const count = Buffer.alloc(ulong)
      await call('C_GetSlotList', 1, null, count)
      const list = Buffer.alloc(ulong * Math.max(1, Number(count.readBigUInt64LE())))
      await call('C_GetSlotList', 1, list, count)
      return numbersIn(list, Number(count.readBigUInt64LE()))
    },
    async tokenLabel(slot) {
      const information = Buffer.alloc(512)
      await call('C_GetTokenInfo', slot, information)
      // Thirty-two characters, padded with blanks.
      return information.toString('utf8', 0, 32).trimEnd()
    },
    async openSession(slot) {
      const session = Buffer.alloc(ulong)
      const serialReadOnly = 4
      await call('C_OpenSession', slot, serialReadOnly, null, null, session)
      return session.readBigUInt64LE()
    },
    closeSession: (session) => call('C_CloseSession', session),
    async login(session, pin) {
      const user = 1
      const bytes = Buffer.from(pin, 'utf8')
      await call('C_Login', session, user, bytes, bytes.length)
    },
    findPrivateKeys: (session, label) => findPrivateKeys(call, session, label),
    async sign(session, mechanism, key, message) {
      const signature = Buffer.alloc(signatureLengthMax)
      const length = Buffer.alloc(ulong)
      length.writeBigUInt64LE(BigInt(signatureLengthMax))
      await call('C_SignInit', session, { mechanism, parameter: null, length: 0 }, key)
      await call('C_Sign', session, message, message.length, signature, length)
      return signature.subarray(0, Number(length.readBigUInt64LE()))
    },
  }
}

async function findPrivateKeys(call: Call, session: bigint, label: string): Promise<bigint[]> {
  const attributes = { objectClass: 0, label: 3 }
  const privateKey = Buffer.alloc(ulong)
  privateKey.writeBigUInt64LE(3n)
  const name = Buffer.from(label, 'utf8')
  const template = [
    { type: attributes.objectClass, value: privateKey, length: privateKey.length },
    { type: attributes.label, value: name, length: name.length },
  ]
  await call('C_FindObjectsInit', session, template, template.length)
  const found = Buffer.alloc(2 * ulong)
  const count = Buffer.alloc(ulong)
  await call('C_FindObjects', session, found, 2, count)
  await call('C_FindObjectsFinal', session)
  return numbersIn(found, Number(count.readBigUInt64LE()))
}

function numbersIn(bytes: Buffer, count: number): bigint[] {
  return Array.from({ length: count }, (_none, position) => bytes.readBigUInt64LE(position * ulong))
}
