import t from 'tap'
import { readTrust } from '#verification'
import { parseWitnessPolicy, reachesQuorum, witnessesOf } from '../../src/verification/witness-policy.ts'
import { TestLog } from '../support/verification-log.ts'
import { TestWitness } from '../support/verification-witness.ts'

const log = new TestLog()
const witnesses = ['a', 'b', 'c', 'd'].map((name) => new TestWitness(`${name}.example`))
const [a, b, c] = witnesses.map(({ vkey }) => vkey) as [string, string, string]
const lines = witnesses.map(({ vkey }, at) => `witness w${at} ${vkey}`).join('\n')

function parse(text: string): ReturnType<typeof parseWitnessPolicy> {
  return parseWitnessPolicy(Buffer.from(text))
}

t.test('V1: witnesses reach a quorum by groups of groups', async (t) => {
  const policy = parse(`
# two of the first three, or the last, and always the first group
log ${log.vkey} https://log.example
${lines}
group three 2 w0 w1 w2
\tgroup one any three w3
quorum one
`)
  const keys = witnessesOf(policy)
  t.equal(keys.length, 4)
  const reached = (...chosen: number[]): boolean =>
    reachesQuorum(
      policy,
      chosen.map((at) => keys[at]!),
    )
  t.notOk(reached())
  t.notOk(reached(0))
  t.ok(reached(0, 2))
  t.ok(reached(3))
  t.ok(reached(0, 1, 2, 3))
  t.notOk(reached(1, 1), 'one witness counts once')
  t.ok(reachesQuorum(parse(`log ${log.vkey}\nquorum none`), []))
  t.ok(reachesQuorum(parse(`${lines}\nquorum w1`), [keys[1]!]))
  t.notOk(reachesQuorum(parse(`${lines}\ngroup all all w0 w1\nquorum all`), [keys[0]!]))
})

t.test('V1: a policy that could be read in two ways is refused', async (t) => {
  const wrongs: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
    ['no quorum', lines, /no quorum/],
    ['two quorums', `${lines}\nquorum w0\nquorum w0`, /two quorum/],
    ['an unknown quorum', `${lines}\nquorum w9`, /not one of its names/],
    ['an unknown word', 'trust me\nquorum none', /not log, witness, group or quorum/],
    ['a name twice', `witness x ${a}\nwitness x ${b}\nquorum none`, /name twice/],
    ['a key twice', `witness x ${a}\nwitness y ${a}\nquorum none`, /witness key twice/],
    ['a log key twice', `log ${log.vkey}\nlog ${log.vkey}\nquorum none`, /log key twice/],
    ['a witness named none', `witness none ${a}\nquorum none`, /name twice/],
    ['a group before its members', `group g any x\nwitness x ${a}\nquorum g`, /does not stand above/],
    ['a member twice', `${lines}\ngroup g 2 w0 w0\nquorum g`, /groups twice/],
    ['a member of two groups', `${lines}\ngroup g any w0\ngroup h any w0\nquorum g`, /groups twice/],
    ['too many', `${lines}\ngroup g 3 w0 w1\nquorum g`, /impossible number/],
    ['none', `${lines}\ngroup g 0 w0 w1\nquorum g`, /impossible number/],
    ['a number with a zero in front', `${lines}\ngroup g 01 w0 w1\nquorum g`, /impossible number/],
    ['no members', `${lines}\ngroup g any\nquorum g`, /no members/],
    ['a log key for a witness', `witness x ${log.vkey}\nquorum none`, /not one for Ed25519 cosignatures/],
    ['a witness key for a log', `log ${a}\nquorum none`, /not an Ed25519 key/],
    ['a key of another name', `witness x ${c.replace('c.example', 'e.example')}\nquorum none`, /hash/],
    ['a control character', `${lines}\r\nquorum none`, /control character/],
    ['an endless one', `#${'x'.repeat(70_000)}\nquorum none`, /64 KiB/],
  ]
  for (const [what, text, reason] of wrongs) {
    t.throws(() => parse(text), reason, what)
    const file = { name: 'acme.policy.txt', bytes: Buffer.from(text) }
    t.throws(() => readTrust([file]), /^acme\.policy\.txt: /, 'a pin that cannot be read stops the run')
  }
})

t.test('V1: the log keys of a pinned policy are pinned', async (t) => {
  const bytes = Buffer.from(`log ${log.vkey}\nquorum none\n`)
  const trust = readTrust([{ name: 'acme.policy.txt', bytes }])
  t.match(trust.logKeys, [{ name: log.origin, owner: 'acme' }])
  const both = readTrust([
    { name: 'policy.txt', bytes },
    { name: 'log.vkey', bytes: Buffer.from(log.vkey) },
  ])
  t.equal(both.logKeys.length, 1)
})
