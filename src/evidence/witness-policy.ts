import { parseLogKey, Refusal } from '#verification'
import type { WitnessKey } from './witness-key.ts'
import { parseWitnessKey } from './witness-key.ts'

/** A log whose checkpoints the policy is about. */
export type PolicyLog = { readonly origin: string; readonly vkey: string; readonly url: string | undefined }

/** A witness under the name that it has in this policy file; the name of its key may be another one. */
export type PolicyWitness = {
  readonly name: string
  readonly key: WitnessKey
  /** The prefix before `/add-checkpoint`. */
  readonly url: string | undefined
}

/** Counts as having cosigned when at least `threshold` of its members, witnesses or groups, have. */
export type PolicyGroup = {
  readonly name: string
  readonly threshold: number
  readonly members: readonly string[]
}

/** Which cosignatures make a checkpoint count (C2SP tlog-policy). */
export type WitnessPolicy = {
  readonly logs: readonly PolicyLog[]
  /** In the order of the file, which is the order of cosignatures in a cosigned note. */
  readonly witnesses: readonly PolicyWitness[]
  readonly groups: readonly PolicyGroup[]
  /** The name of a witness or group, or `none`. */
  readonly quorum: string
}

export type PolicyErrorReason =
  | 'too-large'
  | 'forbidden-character'
  | 'unknown-keyword'
  | 'wrong-items'
  | 'wrong-key'
  | 'wrong-url'
  | 'wrong-threshold'
  | 'name-taken'
  | 'name-unknown'
  | 'member-twice'
  | 'log-twice'
  | 'witness-twice'
  | 'quorum-twice'
  | 'quorum-missing'

/** Why a text is no policy. `line` counts from 1; 0 is the file as a whole. */
export class PolicyError extends Error {
  readonly reason: PolicyErrorReason
  readonly line: number

  constructor(reason: PolicyErrorReason, line: number, message: string) {
    super(line === 0 ? message : `line ${line}: ${message}`)
    this.name = 'PolicyError'
    this.reason = reason
    this.line = line
  }
}

/** In bytes. The specification asks for 32 logs, 32 witnesses and 32 groups; this leaves room for long comments. */
const policyLengthMax = 64 * 1024

type Draft = {
  readonly logs: PolicyLog[]
  readonly witnesses: PolicyWitness[]
  readonly groups: PolicyGroup[]
  readonly taken: Set<string>
  readonly grouped: Set<string>
  quorum: string | undefined
}

type Refuse = (reason: PolicyErrorReason, message: string) => never

/** Reads a policy file (C2SP tlog-policy). Throws a PolicyError that names the line and what is wrong with it. */
export function parseWitnessPolicy(text: string): WitnessPolicy {
  if (Buffer.byteLength(text, 'utf8') > policyLengthMax)
    throw new PolicyError('too-large', 0, 'the policy is longer than 64 KiB')
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: [],
    taken: new Set(['none']),
    grouped: new Set(),
    quorum: undefined,
  }
  for (const [position, line] of text.split('\n').entries()) {
    const refuse: Refuse = (reason, message) => {
      throw new PolicyError(reason, position + 1, message)
    }
    // oxlint-disable-next-line no-control-regex
    if (!line.isWellFormed() || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) {
      refuse('forbidden-character', 'only tabs may be used besides printable characters')
    }
    const items = line.split(/[ \t]+/).filter((item) => item !== '')
    const [keyword = '#', ...rest] = items
    if (!keyword.startsWith('#')) readLine(draft, keyword, rest, refuse)
  }
  const { logs, witnesses, groups, quorum } = draft
  if (quorum === undefined) throw new PolicyError('quorum-missing', 0, 'the policy has no quorum line')
  return { logs, witnesses, groups, quorum }
}

/**
 * True when these witnesses, by their names in the policy, reach its quorum. Names that are no witness of the policy
 * count for nothing. With `quorum none` nobody is needed.
 */
export function isQuorumMet(policy: WitnessPolicy, cosigners: Iterable<string>): boolean {
  if (policy.quorum === 'none') return true
  const names = new Set(policy.witnesses.map((witness) => witness.name))
  const met = new Set([...cosigners].filter((name) => names.has(name)))
  // A group names only what stands before it, so one pass in the order of the file is enough.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => met.has(member)).length >= threshold) met.add(name)
  }
  return met.has(policy.quorum)
}

function readLine(draft: Draft, keyword: string, items: readonly string[], refuse: Refuse): void {
  if (keyword === 'log') readLog(draft, items, refuse)
  else if (keyword === 'witness') readWitness(draft, items, refuse)
  else if (keyword === 'group') readGroup(draft, items, refuse)
  else if (keyword === 'quorum') readQuorum(draft, items, refuse)
  else refuse('unknown-keyword', 'a line begins with log, witness, group or quorum')
}

function readLog(draft: Draft, items: readonly string[], refuse: Refuse): void {
  const [vkey = '', url] = items
  if (items.length < 1 || items.length > 2) refuse('wrong-items', 'log <vkey> [<url>]')
  const { name: origin, publicKey } = readKey(() => parseLogKey(vkey), refuse)
  const same = draft.logs.some((log) => parseLogKey(log.vkey).publicKey.equals(publicKey))
  if (same) refuse('log-twice', 'this log key stands on an earlier line')
  draft.logs.push({ origin, vkey, url: readUrl(url, refuse) })
}

function readWitness(draft: Draft, items: readonly string[], refuse: Refuse): void {
  const [name = '', vkey = '', url] = items
  if (items.length < 2 || items.length > 3) refuse('wrong-items', 'witness <name> <vkey> [<url>]')
  takeName(draft, name, refuse)
  const key = readKey(() => parseWitnessKey(vkey), refuse)
  const same = draft.witnesses.some((witness) => witness.key.publicKey.equals(key.publicKey))
  if (same) refuse('witness-twice', 'this witness key stands on an earlier line')
  draft.witnesses.push({ name, key, url: readUrl(url, refuse) })
}

function readGroup(draft: Draft, items: readonly string[], refuse: Refuse): void {
  const [name = '', rule = '', ...members] = items
  if (members.length === 0) refuse('wrong-items', 'group <name> <k>|all|any <member>...')
  for (const member of members) {
    if (member === 'none' || !draft.taken.has(member)) {
      refuse('name-unknown', 'a member of a group is a witness or group of an earlier line')
    }
    if (draft.grouped.has(member)) refuse('member-twice', 'a witness or group is a member once, in one group')
    draft.grouped.add(member)
  }
  takeName(draft, name, refuse)
  const threshold = rule === 'all' ? members.length : rule === 'any' ? 1 : wholeNumber(rule)
  if (threshold < 1 || threshold > members.length) {
    refuse('wrong-threshold', 'a group needs all, any, or a number from 1 to that of its members')
  }
  draft.groups.push({ name, threshold, members })
}

function readQuorum(draft: Draft, items: readonly string[], refuse: Refuse): void {
  const [name = ''] = items
  if (items.length !== 1) refuse('wrong-items', 'quorum <name>|none')
  if (draft.quorum !== undefined) refuse('quorum-twice', 'there is a quorum line already')
  if (!draft.taken.has(name)) refuse('name-unknown', 'the quorum is a witness or group of an earlier line')
  draft.quorum = name
}

function takeName(draft: Draft, name: string, refuse: Refuse): void {
  if (draft.taken.has(name)) refuse('name-taken', 'this name is taken')
  draft.taken.add(name)
}

function readKey<Key>(parse: () => Key, refuse: Refuse): Key {
  try {
    return parse()
  } catch (error) {
    if (error instanceof RangeError || error instanceof Refusal) return refuse('wrong-key', error.message)
    throw error
  }
}

function readUrl(text: string | undefined, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    return refuse('wrong-url', 'an address begins with http:// or https:// and has no query')
  }
  if (url.username !== '' || url.password !== '') refuse('wrong-url', 'an address holds no password')
  return text
}

/** 0, which no threshold is, for anything but a decimal number without a leading zero. */
function wholeNumber(text: string): number {
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0
}
