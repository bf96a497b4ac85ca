import t from 'tap'
import { isQuorumMet, parseWitnessPolicy, PolicyError, type PolicyErrorReason } from '#evidence'
import {
  parseWitnessPolicy as verifierReads,
  reachesQuorum,
  witnessesOf,
} from '../../src/verification/witness-policy.ts'
import { witnessSigner } from '../../src/witness/witness-key.ts'
import { aSampleLog } from '../support/witness-samples.ts'

const log = aSampleLog().vkey
const vkeys = Array.from({ length: 40 }, (_, index) => witnessSigner(`w${index}.example`, Buffer.alloc(32, index + 1)).vkey) // prettier-ignore
const w = (name: string, index: number, rest = ''): string => `witness ${name} ${vkeys[index]}${rest}\n`

const twoHouses = `# Works council and union
log ${log} https://log.example/v1/ledgers/1

${w('X1', 0)}${w('X2', 1, '\thttps://x2.example/')}  ${w('X3', 2)}
group X 2 X1 X2 X3
${w('Y1', 3)}${w('Y2', 4)}group Y any Y1 Y2
group both all X Y
quorum both
`

t.test('a policy of two houses counts each house by its own rule', async (t) => {
  const policy = parseWitnessPolicy(twoHouses)
  t.same(policy.logs, [{ origin: 'log.example/one', vkey: log, url: 'https://log.example/v1/ledgers/1' }])
  t.same(policy.witnesses.map(({ name, url }) => [name, url]), [['X1', undefined], ['X2', 'https://x2.example/'], ['X3', undefined], ['Y1', undefined], ['Y2', undefined]]) // prettier-ignore
  const cases: [string, boolean][] = [
    ['', false],
    ['X1 X2', false],
    ['X1 X2 X3', false],
    ['Y1', false],
    ['X1 Y1 Y2', false],
    ['X1 X2 Y1', true],
    ['X3 X1 Y2', true],
    ['X1 X2 X3 Y1 Y2', true],
    ['X1 X1 Y1', false],
    ['both', false],
    ['X Y', false],
    ['Z1 Z2 Y1', false],
  ]
  for (const [cosigners, met] of cases) {
    const names = cosigners.split(' ').filter(Boolean)
    t.equal(isQuorumMet(policy, names), met, cosigners || 'nobody')
    const verifier = verifierReads(Buffer.from(twoHouses))
    const keys = names.flatMap((name) => verifier.members.get(name)?.key ?? [])
    t.equal(reachesQuorum(verifier, keys), met, 'and the verifier counts the same')
  }
})

t.test('quorums of nobody, of one, of any, of all and of a number', async (t) => {
  const three = `${w('a', 0)}${w('b', 1)}${w('c', 2)}`
  const cases: [string, readonly string[], boolean][] = [
    [`log ${log}\nquorum none\n`, [], true],
    [`quorum none`, ['x'], true],
    [`${three}quorum b\n`, ['a', 'c'], false],
    [`${three}quorum b\n`, ['b'], true],
    [`${three}group g any a b c\nquorum g\n`, ['c'], true],
    [`${three}group g any a b c\nquorum g\n`, [], false],
    [`${three}group g all a b c\nquorum g\n`, ['a', 'b'], false],
    [`${three}group g all a b c\nquorum g\n`, ['a', 'b', 'c'], true],
    [`${three}group g 2 a b c\nquorum g\n`, ['a'], false],
    [`${three}group g 2 a b c\nquorum g\n`, ['a', 'c'], true],
    [`${three}group g 2 a b\ngroup h any g c\nquorum h\n`, ['a'], false],
    [`${three}group g 2 a b\ngroup h any g c\nquorum h\n`, ['c'], true],
    [`${three}group all 1 a\nquorum all\n`, ['a'], true],
  ]
  for (const [text, cosigners, met] of cases)
    t.equal(isQuorumMet(parseWitnessPolicy(text), cosigners), met, text)
})

t.test('32 logs, 32 witnesses and 32 groups are taken', async (t) => {
  const logs = Array.from({ length: 32 }, (_, index) => `log ${aSampleLog(`l${index}`, index).vkey}\n`).join(
    '',
  )
  const witnesses = Array.from({ length: 32 }, (_, index) => w(`w${index}`, index)).join('')
  const groups = Array.from({ length: 32 }, (_, index) => `group g${index} any w${index}${index === 0 ? '' : ` g${index - 1}`}\n`).join('') // prettier-ignore
  const policy = parseWitnessPolicy(`${logs}${witnesses}${groups}quorum g31\n`)
  t.same([policy.logs.length, policy.witnesses.length, policy.groups.length], [32, 32, 32])
  t.ok(isQuorumMet(policy, ['w0']), 'through 32 groups')
  const verifier = verifierReads(Buffer.from(`${logs}${witnesses}${groups}quorum g31\n`))
  t.equal(witnessesOf(verifier).length, 32)
})

t.test('names and comments may be in any language, and are compared octet by octet', async (t) => {
  const text = `# vóór alles: 証人\n\t ${w('OR-Zuiderzee-✓', 0)}${w('K', 1)}${w('\u212a', 2)}group g all OR-Zuiderzee-✓ K \u212a\nquorum g`
  const policy = parseWitnessPolicy(text)
  t.equal(isQuorumMet(policy, ['OR-Zuiderzee-✓', 'K']), false, 'the Kelvin sign is not the letter')
})

t.test('every error has a name and a line', async (t) => {
  const a = w('a', 0)
  const b = w('b', 1)
  const cases: [string, PolicyErrorReason, number][] = [
    ['', 'quorum-missing', 0],
    [`${a}group g any a\n`, 'quorum-missing', 0],
    [`${a}quorum a\nquorum a\n`, 'quorum-twice', 2 + 1],
    [`quorum none\nquorum none\n`, 'quorum-twice', 2],
    [`quorum a\n${a}`, 'name-unknown', 1],
    [`${a}quorum b\n`, 'name-unknown', 2],
    [`${a}quorum\n`, 'wrong-items', 2],
    [`${a}quorum a a\n`, 'wrong-items', 2],
    [`${a}group g any a b\nquorum g\n`, 'name-unknown', 2],
    [`${a}group g any a g\nquorum g\n`, 'name-unknown', 2],
    [`${a}group g any none\nquorum g\n`, 'name-unknown', 2],
    [`${a}group h any g\ngroup g any a\nquorum g\n`, 'name-unknown', 2],
    [`${a}group g any\nquorum g\n`, 'wrong-items', 2],
    [`${a}group g 0 a\nquorum g\n`, 'wrong-threshold', 2],
    [`${a}group g 2 a\nquorum g\n`, 'wrong-threshold', 2],
    [`${a}group g 01 a\nquorum g\n`, 'wrong-threshold', 2],
    [`${a}group g -1 a\nquorum g\n`, 'wrong-threshold', 2],
    [`${a}group g 1.0 a\nquorum g\n`, 'wrong-threshold', 2],
    [`${a}group g most a\nquorum g\n`, 'wrong-threshold', 2],
    [`${a}group g 2 a a\nquorum g\n`, 'member-twice', 2],
    [`${a}${b}group g any a\ngroup h any a b\nquorum h\n`, 'member-twice', 4],
    [`${a}group a any a\nquorum a\n`, 'name-taken', 2],
    [`${a}${w('a', 1)}quorum a\n`, 'name-taken', 2],
    [`${w('none', 0)}quorum none\n`, 'name-taken', 1],
    [`${a}${w('b', 0)}quorum a\n`, 'witness-twice', 2],
    [`log ${log}\nlog ${aSampleLog('log.example/other').vkey}\nquorum none\n`, 'log-twice', 2],
    [`log ${log}\nlog ${log}\nquorum none\n`, 'log-twice', 2],
    [`log\nquorum none\n`, 'wrong-items', 1],
    [`log ${log} https://a.example b\nquorum none\n`, 'wrong-items', 1],
    [`witness a\nquorum none\n`, 'wrong-items', 1],
    [`log ${vkeys[0]}\nquorum none\n`, 'wrong-key', 1],
    [`witness a ${log}\nquorum a\n`, 'wrong-key', 1],
    [`witness a ${vkeys[0]!.replace('w0', 'w1')}\nquorum a\n`, 'wrong-key', 1],
    [`${w('a', 0, ' ftp://a.example')}quorum a\n`, 'wrong-url', 1],
    [`${w('a', 0, ' a.example')}quorum a\n`, 'wrong-url', 1],
    [`${w('a', 0, ' https://u:p@a.example')}quorum a\n`, 'wrong-url', 1],
    [`${w('a', 0, ' https://a.example?x')}quorum a\n`, 'wrong-url', 1],
    [`Quorum none\n`, 'unknown-keyword', 1],
    [`quorums none\n`, 'unknown-keyword', 1],
    [`\nquorum none\r\n`, 'forbidden-character', 2],
    [`quorum none\n#\u0000\n`, 'forbidden-character', 2],
    [`quorum none\n#\u007f\n`, 'forbidden-character', 2],
    [`quorum none\n\u000b\n`, 'forbidden-character', 2],
    [`quorum none\n#${'x'.repeat(65_536)}\n`, 'too-large', 0],
  ]
  for (const [text, reason, line] of cases) {
    const name = `${reason}: ${JSON.stringify(text.slice(0, 60))}`
    const error = t.throws(() => parseWitnessPolicy(text), PolicyError, name) as unknown as PolicyError
    t.match(error, { reason, line }, name)
    // An address is the operator's affair; a reader of evidence has no use for it.
    if (reason !== 'wrong-url')
      t.throws(() => verifierReads(Buffer.from(text)), `${name}, says the verifier too`)
  }
})
