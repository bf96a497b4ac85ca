import { sha256 } from './primitives.ts'
import { demand, refuse } from './refusal.ts'
import { decodeBase64, decodeUtf8 } from './strict-text.ts'
import { demandStrictPoint } from './ed25519.ts'
import { parseLogKey } from './log-key.ts'
import type { LogKey } from './log-key.ts'

/** The key of a witness: a C2SP verifier key for Ed25519 cosignatures. */
export type WitnessKey = {
  readonly name: string
  readonly keyHash: Buffer
  readonly publicKey: Buffer
}

type Member = {
  readonly name: string
  /** undefined for a group. */
  readonly key: WitnessKey | undefined
  readonly threshold: number
  readonly members: readonly string[]
}

/** Which logs a reader relies on, and whose cosignatures a checkpoint of theirs needs (C2SP tlog-policy). */
export type WitnessPolicy = {
  readonly logs: readonly LogKey[]
  /** Witnesses and groups by name; a group stands after its members. */
  readonly members: ReadonlyMap<string, Member>
  /** The name of a witness or group, or `none`. */
  readonly quorum: string
}

const policyLengthMax = 65_536

type Draft = {
  readonly logs: LogKey[]
  readonly members: Map<string, Member>
  readonly grouped: Set<string>
  quorum: string | undefined
}

/**
 * Reads a policy. Lines are `log <vkey> [<url>]`, `witness <name> <vkey> [<url>]`, `group <name> <k|all|any> <member>…`
 * and one `quorum <name|none>`; blank lines and lines that begin with # say nothing. Refuses an unknown line, a name or
 * key that is taken, a member that does not stand above or is grouped twice, and a threshold that cannot be met.
 */
export function parseWitnessPolicy(bytes: Uint8Array, owner = ''): WitnessPolicy {
  demand(bytes.length <= policyLengthMax, 'the policy is longer than 64 KiB')
  const text = decodeUtf8(bytes)
  // oxlint-disable-next-line no-control-regex
  demand(!/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), 'the policy holds a control character')
  const draft: Draft = { logs: [], members: new Map(), grouped: new Set(), quorum: undefined }
  for (const line of text.split('\n')) {
    const [keyword = '#', ...items] = line.split(/[ \t]+/).filter((item) => item !== '')
    if (!keyword.startsWith('#')) readLine(draft, keyword, items, owner)
  }
  const { logs, members, quorum } = draft
  demand(quorum !== undefined, 'the policy has no quorum line')
  return { logs, members, quorum }
}

/** The keys of all witnesses that the policy names. */
export function witnessesOf(policy: WitnessPolicy): WitnessKey[] {
  return [...policy.members.values()].map(({ key }) => key).filter((key) => key !== undefined)
}

/** Says whether witnesses with these keys together reach the quorum. With `none`, nobody is needed. */
export function reachesQuorum(policy: WitnessPolicy, cosigners: readonly WitnessKey[]): boolean {
  if (policy.quorum === 'none') return true
  const met = new Set<string>()
  for (const { name, key, threshold, members } of policy.members.values()) {
    const cosigned = key !== undefined && cosigners.some((one) => one.publicKey.equals(key.publicKey))
    if (cosigned || (key === undefined && members.filter((each) => met.has(each)).length >= threshold))
      met.add(name)
  }
  return met.has(policy.quorum)
}

function readLine(draft: Draft, keyword: string, items: readonly string[], owner: string): void {
  const [first = '', second = ''] = items
  if (keyword === 'log') {
    demand(items.length === 1 || items.length === 2, 'a log line of the policy has not one key')
    const key = parseLogKey(first, owner)
    const twice = draft.logs.some((log) => log.publicKey.equals(key.publicKey))
    demand(!twice, 'the policy names a log key twice')
    draft.logs.push(key)
  } else if (keyword === 'witness') {
    demand(items.length === 2 || items.length === 3, 'a witness line of the policy has not a name and a key')
    const key = parseWitnessKey(second)
    const twice = [...draft.members.values()].some((one) => one.key?.publicKey.equals(key.publicKey))
    demand(!twice, 'the policy names a witness key twice')
    addMember(draft, { name: first, key, threshold: 1, members: [] })
  } else if (keyword === 'group') readGroup(draft, items)
  else if (keyword === 'quorum') {
    demand(items.length === 1, 'the quorum line of the policy has not one name')
    demand(draft.quorum === undefined, 'the policy has two quorum lines')
    demand(first === 'none' || draft.members.has(first), 'the quorum of the policy is not one of its names')
    draft.quorum = first
  } else refuse('the policy has a line that is not log, witness, group or quorum')
}

function readGroup(draft: Draft, [name = '', rule = '', ...members]: readonly string[]): void {
  demand(members.length > 0, 'a group of the policy has no members')
  for (const member of members) {
    demand(draft.members.has(member), 'a group of the policy names a member that does not stand above it')
    demand(!draft.grouped.has(member), 'the policy has a member in groups twice')
    draft.grouped.add(member)
  }
  const counted = /^[1-9][0-9]{0,4}$/.test(rule) ? Number(rule) : 0
  const threshold = rule === 'all' ? members.length : rule === 'any' ? 1 : counted
  demand(threshold >= 1 && threshold <= members.length, 'a group of the policy needs an impossible number')
  addMember(draft, { name, key: undefined, threshold, members })
}

function addMember(draft: Draft, member: Member): void {
  demand(member.name !== 'none' && !draft.members.has(member.name), 'the policy uses a name twice')
  draft.members.set(member.name, member)
}

/** Reads `name+hash8+base64(0x04 ‖ public key)` (C2SP tlog-cosignature v1). */
export function parseWitnessKey(text: string): WitnessKey {
  const parts = /^([!-*,-~]{1,255})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})$/.exec(text)
  demand(parts !== null, 'this is not a verifier key of the form name+hash+key')
  const [, name = '', keyHash = '', encoded = ''] = parts
  const typed = decodeBase64(encoded)
  demand(typed.length === 33 && typed[0] === 4, 'the verifier key is not one for Ed25519 cosignatures')
  const publicKey = typed.subarray(1)
  demandStrictPoint(publicKey, 'the public key')
  const expected = sha256(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), typed])).subarray(0, 4)
  demand(expected.toString('hex') === keyHash, 'the hash in the verifier key is not that of its name and key')
  return { name, keyHash: expected, publicKey }
}
