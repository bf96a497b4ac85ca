import t from 'tap'
import { toInstant } from '#core'
import { noticeText } from '../../src/messages/notice-text.ts'
import { codeKinds, noticeKinds } from '../../src/messages/notice.ts'
import { refusalOf } from '../../src/messages/refusal.ts'

const at = toInstant('2026-11-21T23:30:00.000Z')

t.test('every notice has a text in both languages, and only those with a code hold one', async (t) => {
  for (const language of ['nl', 'en'] as const)
    for (const kind of noticeKinds) {
      const { subject, text } = noticeText({
        kind,
        language,
        personName: 'Łucja Jansen & Zn',
        organisationName: 'Voorbeeld\r\nBcc: x@evil.example',
        facts: { device: 'Firefox' },
        at,
        code: 'ABCD-EFGH',
        accountUrl: 'https://beding.example/my',
      })
      t.notMatch(subject, /[\r\n]/, `${kind}: no header can be added`)
      t.equal(
        text.includes('ABCD-EFGH'),
        (codeKinds as readonly string[]).includes(kind),
        `${kind} ${language}`,
      )
      t.match(text, 'Łucja Jansen & Zn')
      t.match(text, /https:\/\/beding\.example\/my$/)
      t.ok(text.split(/[.!?:]\s|\n/).every((sentence) => sentence.split(' ').length <= 26), `${kind} ${language}: short sentences`) // prettier-ignore
    }
})

t.test('a moment is told in Dutch time', async (t) => {
  const message = { kind: 'signing-reset', personName: 'A', organisationName: 'B', facts: {}, at, accountUrl: 'C' } as const // prettier-ignore
  t.match(noticeText({ ...message, language: 'nl' }).text, /22 november 2026 om 00:30/)
  t.match(noticeText({ ...message, language: 'en' }).text, /22 November 2026 at 00:30/)
})

t.test('what a refusal says: for good, for now, or nothing at all', async (t) => {
  const smtp = (responseCode: number, response: string) => Object.assign(new Error(response), { responseCode, response }) // prettier-ignore
  t.match(refusalOf(smtp(550, '550 5.1.1 no such user')), { permanent: true, status: '550 5.1.1' })
  t.match(refusalOf(smtp(452, '452 mailbox full')), { permanent: false, status: '452' })
  t.match(refusalOf(new Error('connect ECONNREFUSED')), { permanent: false, status: null })
  t.match(refusalOf('odd'), { permanent: false, status: null, detail: 'refused without a reason' })
})
