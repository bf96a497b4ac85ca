import fc from 'fast-check'
import t from 'tap'
import type { AnchorMark } from '#anchors'
import { bracketOf, chooseAnchors } from '#anchors'
import { addMilliseconds, toInstant } from '#core'
import type { Instant } from '#core'

const start = toInstant('2026-11-21T08:00:00.000Z')
const at = (minutes: number): Instant => addMilliseconds(start, minutes * 60_000)
const mark = (size: number, minutes: number | null, settledSize = size): AnchorMark => ({
  anchorId: `${size}/${minutes ?? 'cosigned'}`,
  size,
  settledSize,
  at: minutes === null ? null : at(minutes),
})
const names = (marks: readonly AnchorMark[]): string[] => marks.map(({ anchorId }) => anchorId)

t.test('A4: an entry lies after the last token without it and before the first with it', async (t) => {
  const marks = [mark(10, 0), mark(20, 60), mark(30, 120)]
  const cases = [
    { index: 9, after: null, before: '10/0' },
    { index: 10, after: '10/0', before: '20/60' },
    { index: 19, after: '10/0', before: '20/60' },
    { index: 20, after: '20/60', before: '30/120' },
    { index: 30, after: '30/120', before: null },
  ]
  for (const { index, after, before } of cases) {
    const bracket = bracketOf(marks, index)
    t.equal(bracket.after?.anchorId ?? null, after, `after, of entry ${index}`)
    t.equal(bracket.before?.anchorId ?? null, before, `before, of entry ${index}`)
  }
  t.same(bracketOf([mark(10, null)], 3), { after: null, before: null }, 'a cosignature is no token')
})

t.test('A4: an entry that came while a token was under way does not lie after it', async (t) => {
  const marks = [mark(10, 0), mark(20, 60, 25), mark(30, 120)]
  t.equal(bracketOf(marks, 24).after?.anchorId, '10/0')
  t.equal(bracketOf(marks, 25).after?.anchorId, '20/60')
})

t.test('a token that was taken each day of silence narrows the bracket of what comes next', async (t) => {
  const marks = [mark(10, 0), mark(10, 1_440), mark(10, 2_880), mark(11, 3_000)]
  t.equal(bracketOf(marks, 10).after?.anchorId, '10/2880')
  t.equal(bracketOf(marks, 9).before?.anchorId, '10/0')
})

t.test('a dossier gets both sides of each entry, one anchor for a size, and the newest', async (t) => {
  const marks = [mark(10, 0), mark(20, 60), mark(30, 120), mark(40, 180), mark(50, 240)]
  t.same(names(chooseAnchors(marks, [12, 35], 50)), ['10/0', '20/60', '30/120', '40/180', '50/240'])
  t.same(names(chooseAnchors(marks, [12], 50)), ['10/0', '20/60', '50/240'])
  t.same(names(chooseAnchors(marks, [12], 45)), ['10/0', '20/60', '40/180'], 'nothing above the checkpoint')
  t.same(names(chooseAnchors(marks, [3], 50)), ['10/0', '50/240'], 'open below')
  t.same(names(chooseAnchors(marks, [], 50)), ['50/240'])
  t.same(names(chooseAnchors([], [1], 50)), [])
  t.same(names(chooseAnchors([mark(10, 0), mark(20, null)], [3], 20)), ['10/0', '20/cosigned'])
})

t.test('of several first tokens of a size the dossier gets the one that its side needs', async (t) => {
  const marks = [mark(10, 0), mark(10, 1_440), mark(20, 3_000)]
  t.same(names(chooseAnchors(marks, [10], 20)), ['10/1440', '20/3000'], 'below: the latest')
  t.same(names(chooseAnchors(marks, [9], 20)), ['10/0', '20/3000'], 'above: the earliest')
  t.same(names(chooseAnchors(marks, [9, 10], 20)), ['10/0', '20/3000'], 'both: the earliest')
})

t.test('a dossier leaves out an anchor that would be taken for older than one of its entries', async (t) => {
  const marks = [mark(10, 0), mark(20, 60, 25), mark(30, 120)]
  t.same(names(chooseAnchors(marks, [22], 30)), ['10/0', '30/120'])
  t.same(
    names(chooseAnchors(marks, [15, 22], 30)),
    ['10/0', '30/120'],
    'also when another entry could use it',
  )
  t.same(names(chooseAnchors(marks, [15, 25], 30)), ['10/0', '20/60', '30/120'])
})

/** What a stranger makes of the anchors in a dossier: sizes and times, nothing else. */
function readersBracket(marks: readonly AnchorMark[], index: number): { after: string; before: string } {
  const moments = (side: (mark: AnchorMark) => boolean): string[] =>
    marks.filter(side).map((one) => one.at ?? '')
  const after =
    moments(({ size }) => size <= index)
      .toSorted()
      .at(-1) ?? ''
  const before = moments(({ size }) => size > index).toSorted()[0] ?? '9'
  return { after, before }
}

t.test('A4: whatever was appended and stamped when, the brackets of a dossier hold the truth', async (t) => {
  // Steps: an entry, a question to an authority, or the answer to the oldest question; one a minute.
  const history = fc.array(fc.constantFrom('entry', 'entry', 'ask', 'answer'), {
    minLength: 1,
    maxLength: 60,
  })
  const check = fc.property(history, fc.nat(), (steps, pick) => {
    const appendedAt: Instant[] = []
    const asked: { size: number; at: number }[] = []
    const marks: AnchorMark[] = []
    steps.forEach((step, minute) => {
      const size = appendedAt.length
      if (step === 'entry') appendedAt.push(at(minute))
      if (step === 'ask' && size > 0) asked.push({ size, at: minute })
      const question = step === 'answer' ? asked.shift() : undefined
      // The authority signs at any moment before its answer arrives; the worst is the last.
      if (question !== undefined) marks.push(mark(question.size, minute, size))
    })
    const indexes = appendedAt.map((_, index) => index).filter((index) => (index + pick) % 3 === 0)
    const chosen = chooseAnchors(marks, indexes, appendedAt.length)
    if (new Set(chosen.map(({ size }) => size)).size !== chosen.length) return false
    return indexes.every((index) => {
      const { after, before } = readersBracket(chosen, index)
      const own = bracketOf(marks, index)
      return (
        after <= appendedAt[index]! &&
        appendedAt[index]! <= before &&
        (own.after?.at ?? '') <= appendedAt[index]! &&
        appendedAt[index]! <= (own.before?.at ?? '9')
      )
    })
  })
  t.doesNotThrow(() => fc.assert(check, { numRuns: 2_000 }))
})
