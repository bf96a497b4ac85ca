import t from 'tap'
import type { AssignmentId, CivilDate, DocumentId, Instant, PersonId, VersionId } from '#core'
import { toCivilDate, toInstant } from '#core'
import { evidenceLevelOf } from '#assurance'
import type { ActCase } from '../../src/ceremonies/act-decisions.ts'
import { choicesFor, decideAct, needsReason } from '../../src/ceremonies/act-decisions.ts'
import type { ActCommand, Choice, LinkContext } from '../../src/ceremonies/act.ts'
import { networkClassOf } from '../../src/ceremonies/network-class.ts'
import { makeLink, parseLink } from '../../src/ceremonies/link.ts'
import type { StatementSubject } from '../../src/ceremonies/statement-texts.ts'
import { statementText } from '../../src/ceremonies/statement-texts.ts'

const subject: StatementSubject = {
  title: 'Sociale media',
  versionNumber: 2,
  organisationName: 'Jansen & Zn. <B.V.>',
  effectiveFrom: toCivilDate('2026-12-01'),
  legalNature: 'contract-term',
}
const documentSha256 = 'ab'.repeat(32)
const now = toInstant('2026-11-21T10:00:00.000Z')
const today = toCivilDate('2026-11-21')

function aContext(changes: Partial<LinkContext> = {}): LinkContext {
  return {
    assignmentId: 'a' as AssignmentId,
    versionId: 'v' as VersionId,
    bundleId: null,
    personId: 'p' as PersonId,
    personName: 'Şükrü Yıldız',
    personLanguage: 'nl',
    personExternalId: 'HR-1',
    expiresAt: toInstant('2026-12-21T10:00:00.000Z'),
    withdrawnFrom: null,
    existingActId: null,
    endedHow: null,
    linkClosed: false,
    mainDeclined: false,
    deliveredAt: toInstant('2026-11-20T10:00:00.000Z'),
    deliveryChannel: 'smtp',
    address: 'x@example.org',
    openedAt: toInstant('2026-11-21T09:59:00.000Z'),
    assuranceRules: [],
    lastAct: null,
    ...changes,
  }
}

function anAct(changes: Partial<ActCommand> = {}): ActCommand {
  const choice = changes.choice ?? 'agreed'
  return {
    statementId: 'main',
    choice,
    reason: null,
    language: 'nl',
    documentSha256,
    statement: statementText(choice, changes.language ?? 'nl', subject),
    userAgent: '',
    networkClass: 'private',
    ...changes,
  }
}

function shownOf(about: StatementSubject, language: 'nl' | 'en'): NonNullable<ActCase['shown']> {
  return {
    documentId: 'd' as DocumentId,
    documentSha256,
    choices: choicesFor(about.legalNature),
    sentence: (choice) => statementText(choice, language, about),
  }
}

function aCase(changes: Partial<ActCase> = {}): ActCase {
  const command = changes.command ?? anAct()
  return {
    context: aContext(),
    shown: shownOf(subject, command.language),
    command,
    assurance: 'mailbox-employer',
    requirement: { level: 'mailbox-employer', minReadingSeconds: 0 },
    now,
    today,
    ...changes,
  }
}

function outcome(
  act: Partial<ActCommand> = {},
  context: Partial<LinkContext> = {},
  moment: Instant = now,
  day: CivilDate = today,
): string {
  const decided = decideAct(
    aCase({ context: aContext(context), command: anAct(act), now: moment, today: day }),
  )
  return decided.kind === 'accepted' ? 'accepted' : decided.code
}

t.test('2: an act that repeats what was shown is accepted', async (t) => {
  t.equal(outcome(), 'accepted')
  t.equal(outcome({ choice: 'declined', reason: 'Eerst overleg met de OR.' }), 'accepted')
})

t.test('2: anything that was not shown is refused', async (t) => {
  t.equal(outcome({ documentSha256: 'cd'.repeat(32) }), 'document-changed')
  t.equal(outcome({ statement: `${anAct().statement} ` }), 'statement-changed')
  t.equal(outcome({ language: 'en', statement: anAct().statement }), 'statement-changed')
  t.equal(outcome({}, { openedAt: null }), 'not-opened')
  const unknown = decideAct(aCase({ shown: undefined }))
  t.match(unknown, { code: 'document-changed' })
})

t.test(
  '1: an assignment that was answered takes no second act, whatever else is wrong with it',
  async (t) => {
    const existingActId = 'x' as NonNullable<LinkContext['existingActId']>
    t.equal(outcome({}, { existingActId }), 'already-acted')
    t.equal(outcome({ documentSha256: 'cd'.repeat(32) }, { existingActId, openedAt: null }), 'already-acted')
  },
)

t.test('a link works until the millisecond of its expiry and not at it', async (t) => {
  const expiresAt = toInstant('2026-11-21T10:00:00.001Z')
  t.equal(outcome({}, { expiresAt }), 'accepted')
  t.equal(outcome({}, { expiresAt }, toInstant('2026-11-21T10:00:00.001Z')), 'link-expired')
})

t.test('a withdrawn version takes acts until the day before its withdrawal', async (t) => {
  t.equal(outcome({}, { withdrawnFrom: toCivilDate('2026-11-22') }), 'accepted')
  t.equal(outcome({}, { withdrawnFrom: today }), 'version-withdrawn')
})

t.test('a reason is demanded where it belongs and must be printable', async (t) => {
  t.equal(outcome({ choice: 'declined' }), 'reason-required')
  t.equal(outcome({ choice: 'declined', reason: '  ' }), 'reason-required')
  t.equal(outcome({ choice: 'declined', reason: 'x'.repeat(2001) }), 'reason-required')
  t.equal(outcome({ choice: 'declined', reason: 'zie \u202egro.elpmaxe' }), 'reason-unprintable')
  t.equal(outcome({ choice: 'not-agreed' }), 'accepted')
})

t.test('an agreement with words beside it is a conditional one, and that needs its condition', async (t) => {
  t.equal(outcome({ choice: 'agreed', reason: 'Behalve artikel 3.' }), 'remark-makes-conditional')
  t.equal(outcome({ choice: 'agreed-conditionally', reason: 'Behalve artikel 3.' }), 'accepted')
  t.equal(outcome({ choice: 'agreed-conditionally' }), 'reason-required')
  t.equal(outcome({ choice: 'not-agreed', reason: 'Te ruim.' }), 'accepted')
  t.equal(outcome({ choice: 'seen', reason: 'Niet gelezen.' }), 'accepted')
})

t.test(
  'an act below the level of its purpose is refused with all that would suffice; declining is not',
  async (t) => {
    const requirement = { level: 'passkey-bound', minReadingSeconds: 0 } as const
    for (const assurance of ['mailbox-employer', 'mailbox-private', 'phone-otp', 'sso', 'sso-mfa'] as const) {
      const decided = decideAct(aCase({ assurance, requirement }))
      t.match(decided, { code: 'assurance-too-low' }, assurance)
      t.same(decided.kind === 'refused' && decided.errors?.map(({ message }) => message), ['passkey-bound', 'passkey-bound-attested', 'qualified']) // prettier-ignore
    }
    for (const assurance of ['passkey-bound', 'passkey-bound-attested', 'qualified'] as const)
      t.match(decideAct(aCase({ assurance, requirement })), { kind: 'accepted' }, assurance)
    const declining = anAct({ choice: 'declined', reason: 'Eerst advies.' })
    t.match(decideAct(aCase({ command: declining, requirement })), { kind: 'accepted' })
  },
)

t.test('nothing is answered before its reading time is over, counted from the opening', async (t) => {
  const requirement = { level: 'mailbox-employer', minReadingSeconds: 60 } as const
  const early = decideAct(aCase({ requirement, now: toInstant('2026-11-21T09:59:59.999Z') }))
  t.match(early, { code: 'reading-time-not-over', retryAfter_s: 1, detail: /2026-11-21T10:00:00.000Z/ })
  t.match(decideAct(aCase({ requirement })), { kind: 'accepted' }, 'at the very moment')
})

t.test('an instruction is never offered for agreement; declining is always possible', async (t) => {
  t.notOk(choicesFor('instruction').includes('agreed'))
  t.notOk(choicesFor('information').includes('agreed'))
  t.ok(choicesFor('contract-term').includes('agreed'))
  for (const nature of ['information', 'instruction', 'contract-term'] as const) {
    t.ok(choicesFor(nature).includes('declined'))
    t.ok(choicesFor(nature).includes('seen'))
  }
  const shown = shownOf({ ...subject, legalNature: 'instruction' }, 'nl')
  t.match(decideAct(aCase({ shown })), { code: 'choice-not-offered' })
  t.ok(needsReason('declined') && !needsReason('seen'))
})

t.test('5: a link in the mailbox of the employer never counts as a strong login', async (t) => {
  t.equal(evidenceLevelOf('mailbox-employer'), 'E3')
})

t.test('every statement is its own sentence and names title, version, organisation and day', async (t) => {
  const texts = new Set<string>()
  for (const language of ['nl', 'en'] as const) {
    for (const legalNature of ['information', 'instruction', 'contract-term'] as const) {
      for (const choice of choicesFor(legalNature)) {
        const text = statementText(choice as Choice, language, { ...subject, legalNature })
        texts.add(text)
        for (const part of [
          '‘Sociale media’',
          'Jansen & Zn. <B.V.>',
          language === 'nl' ? 'versie 2' : 'version 2',
        ])
          t.ok(text.includes(part), text)
        t.match(text, language === 'nl' ? /1 december 2026/ : /1 December 2026/)
      }
    }
  }
  t.equal(texts.size, 2 * (5 + 1))
})

t.test('a link is read in its one form and looked up by its hash only', async (t) => {
  const organisationId = '0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' as Parameters<typeof makeLink>[0]
  const link = makeLink(organisationId, (length) => Buffer.alloc(length, 7))
  t.match(parseLink(link.text), { organisationId, tokenSha256: link.tokenSha256 })
  t.equal(link.text.length, 32 + 1 + 43)
  for (const text of [
    link.text.toUpperCase(),
    `${link.text}=`,
    link.text.slice(1),
    ` ${link.text}`,
    link.text.replace('.', ''),
  ])
    t.equal(parseLink(text), undefined, text)
  const lastDigitLoose = `${link.text.slice(0, -1)}d`
  t.equal(parseLink(lastDigitLoose), undefined, 'loose bits at the end of the token')
})

t.test('an address is kept as a class only', async (t) => {
  const cases: [string | undefined, string][] = [
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:10.1.2.3', 'private'],
    ['192.168.1.20', 'private'],
    ['172.32.0.1', 'public-ipv4'],
    ['fe80::1', 'private'],
    ['2001:db8::1', 'public-ipv6'],
    [undefined, 'unknown'],
    ['nonsense', 'unknown'],
  ]
  for (const [address, expected] of cases) t.equal(networkClassOf(address), expected, String(address))
})
