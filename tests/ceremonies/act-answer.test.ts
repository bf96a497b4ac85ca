import t from 'tap'
import type { ActAnswer } from '../../src/ceremonies/act-answer.ts'
import { actAnswerText } from '../../src/ceremonies/act-answer-text.ts'

const answer: ActAnswer = {
  actId: '01a21def-8bf6-7c86-9896-29a9b61dc830',
  assignmentId: '01a21def-8bf6-7c86-9896-29a9b61dc831',
  statementId: 'main',
  choice: 'agreed',
  statement: 'Ik, Şükrü “Çağlar” \\ 𝄞, ga akkoord.\n',
  actedAt: '2026-11-21T08:00:00.000Z',
  language: 'nl',
  evidence: {
    assurance: 'mailbox-employer',
    evidenceLevel: 'E3',
    proves: 'dat — één',
    doesNotProve: 'niet',
    wouldLift: '',
  },
  receipt: {
    entryIndex: 5,
    treeSize: 9_007_199_254_740_991,
    entry: '{"at":"2026-11-21T08:00:00.000Z","c":["abc","def"],"kind":"act","v":1}',
    disclosures: ['WyJh', 'WyJi-_'],
    tlogProof: 'c2sp.org/tlog-proof@v1\nextra e30=\nindex 5\n\norigin\n6\nroot\n\n\u2014 origin AAAA\n',
  },
}

t.test('the text of an answer is its JSON, in ASCII', async (t) => {
  const variants = [
    answer,
    { ...answer, receipt: { ...answer.receipt, disclosures: [] } },
    { ...answer, receipt: { ...answer.receipt, disclosures: [null, 'WyJi', null] } },
    { ...answer, receipt: { ...answer.receipt, disclosures: [null] } },
    { ...answer, statement: 'seen' },
  ]
  for (const each of variants) {
    const text = actAnswerText(each)
    t.strictSame(JSON.parse(text), each)
    const [lines = '', ...checkpoint] = each.receipt.tlogProof.split('\n\n')
    const parts = { lines, checkpoint: checkpoint.join('\n\n') }
    t.equal(actAnswerText(each, parts), text, 'the same from the parts of its proof')
    t.match(text, /^[\x20-\x7e]*$/)
    t.strictSame(Object.keys(JSON.parse(text).receipt), Object.keys(each.receipt), 'in the order of before')
  }
})
