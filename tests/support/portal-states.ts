import type { CivilDate, Instant } from '#core'
import { actPage } from '../../src/portal/act-page.ts'
import { ceremonyPage } from '../../src/portal/ceremony-page.ts'
import { confirmPage } from '../../src/portal/confirm-page.ts'
import { devicesPage, revokePage, totpPage } from '../../src/portal/devices-page.ts'
import type { OwnPasskey } from '../../src/portal/devices-page.ts'
import { askPage, codePage, landingPage, signInPage } from '../../src/portal/entry-pages.ts'
import { messagePage, noticePage } from '../../src/portal/message-page.ts'
import { obligationsPage } from '../../src/portal/obligations-page.ts'
import {
  accountPage,
  disputePage,
  misdeliveryPage,
  receiptsPage,
  todoPage,
} from '../../src/portal/own-pages.ts'
import type { FormState } from '../../src/portal/own-pages.ts'
import type { Page, Place } from '../../src/portal/page.ts'
import { words } from '../../src/portal/words.ts'
import { messageNames } from '../../src/portal/words/messages.ts'
import { aBundle, aCeremony, anAct, hostileName, hostileTitle, someRules } from './portal-samples.ts'

type Language = 'nl' | 'en'

/** A page as somebody may meet it, with what surrounds it there. */
export type PageState = { readonly name: string; readonly page: Page; readonly place?: Place }

const clean: FormState = { values: {}, mistakes: [] }
const today = '2026-11-21' as CivilDate
const moment = '2026-11-21T08:00:00.123Z' as Instant

/** Every page in every state, for one language. */
export function portalStates(language: Language): PageState[] {
  return [
    ...entryStates(language),
    ...ceremonyStates(language),
    ...ownStates(language),
    ...messageStates(language),
  ]
}

function entryStates(language: Language): PageState[] {
  const w = words[language]
  const organisation = { organisationId: '0'.repeat(32), name: 'Bakkerij De Ster & Zn.' }
  const choices = {
    organisation,
    providers: [{ name: 'Microsoft <Entra> & co', href: '/sign-in/sso/a/b' }],
    returnTo: '/my',
    wasAsked: false,
  }
  const mistake = (text: string): FormState => ({
    values: { address: 'a@"b".example' },
    mistakes: [{ text, field: 'address' }],
  })
  const asked = {
    title: w.entry.signIn.codeSentTitle,
    lead: w.entry.signIn.codeSent,
    label: w.entry.signIn.code,
    hint: w.entry.signIn.codeHint,
    digits: false,
    action: '/my/sign-in/code',
    button: w.entry.signIn.enter,
    hidden: [{ name: 'reference', value: '"><b>' }],
    again: { text: w.entry.signIn.noCode, href: '/my/sign-in' },
  }
  return [
    { name: 'landing', page: landingPage(w, null) },
    { name: 'landing-missing', page: landingPage(w, 'missing') },
    { name: 'landing-wrong', page: landingPage(w, 'wrong') },
    { name: 'sign-in', page: signInPage(choices, clean, w) },
    { name: 'sign-in-asked', page: signInPage({ ...choices, wasAsked: true }, clean, w) },
    { name: 'sign-in-no-provider', page: signInPage({ ...choices, providers: [] }, mistake(w.entry.signIn.addressMissing), w) },
    { name: 'sign-in-unknown', page: signInPage({ ...choices, organisation: null, providers: [] }, clean, w) },
    { name: 'code', page: codePage(asked, clean, w) },
    { name: 'code-wrong', page: codePage({ ...asked, again: null }, { values: {}, mistakes: [{ text: w.entry.signIn.codeWrong, field: 'code' }] }, w) },
  ] // prettier-ignore
}

function ceremonyStates(language: Language): PageState[] {
  const w = words[language]
  const other = language === 'nl' ? 'en' : 'nl'
  const open = aCeremony(language)
  const statement = open.statements[0]!
  const [agreed, conditional, notAgreed, declined] = statement.choices
  const confirmation = { ceremony: open, statement, reason: '', key: 'k'.repeat(32), mistakes: [] }
  const signing = {
    ...open,
    assurance: { ...open.assurance, required: 'passkey-bound', sign: 'required' as const },
  }
  const signable = { ...open, assurance: { ...open.assurance, sign: 'optional' as const } }
  return [
    { name: 'ceremony', page: ceremonyPage(open, w) },
    { name: 'ceremony-mistake', page: ceremonyPage(open, w, [{ text: w.answering.choiceMissing, field: 'answer' }]) },
    { name: 'ceremony-other-language', page: ceremonyPage(aCeremony(other), w) },
    { name: 'ceremony-first', page: ceremonyPage({ ...open, since: null, purpose: 'instruction' }, w) },
    { name: 'ceremony-unchanged', page: ceremonyPage({ ...open, since: { ...open.since!, choice: 'seen', parts: [] } }, w) },
    { name: 'ceremony-waiting', page: ceremonyPage({ ...open, answerFrom: moment }, w) },
    { name: 'ceremony-bundle', page: ceremonyPage(aBundle(language), w) },
    { name: 'confirm', page: confirmPage({ ...confirmation, offer: agreed! }, w) },
    { name: 'confirm-condition', page: confirmPage({ ...confirmation, offer: conditional! }, w) },
    { name: 'confirm-optional', page: confirmPage({ ...confirmation, offer: notAgreed! }, w) },
    { name: 'confirm-mistake', page: confirmPage({ ...confirmation, offer: declined!, reason: '</textarea><b>', mistakes: [{ text: w.answering.reasonMissing, field: 'reason' }] }, w) },
    { name: 'confirm-sign', page: confirmPage({ ...confirmation, ceremony: signing, offer: agreed! }, w) },
    { name: 'confirm-sign-optional', page: confirmPage({ ...confirmation, ceremony: signable, offer: agreed! }, w) },
    { name: 'act-now', page: actPage(anAct(language), 'now', w) },
    { name: 'act-part', page: actPage(anAct(language, { partsLeft: 2, choice: 'agreed-conditionally', reason: 'Alleen als <b>ik</b>\nthuis mag werken & meer.' }), 'now', w) },
    { name: 'act-earlier', page: actPage(anAct(language), 'earlier', w), place: 'receipts' },
    { name: 'act-refused', page: actPage(anAct(other), 'refused-second', w) },
    { name: 'act-denied', page: actPage(anAct(language, { denial: { status: 'denied', steps: [{ status: 'denied', at: moment }] } }), 'earlier', w), place: 'receipts' },
    { name: 'act-erased', page: actPage(anAct(language, { statement: null, code: null }), 'earlier', w), place: 'receipts' },
  ] // prettier-ignore
}

function ownStates(language: Language): PageState[] {
  const w = words[language]
  const one = {
    ceremonyId: '01940000-0000-7000-8000-00000000a551',
    title: hostileTitle,
    purpose: 'contract-term',
  }
  const list = (
    ['open', 'open', 'answered', 'declined', 'lapsed', 'withdrawn', 'superseded', 'expired'] as const
  ).map((state, index) => ({
    ...one,
    state,
    dueDate: (index === 0 ? '2026-11-01' : '2026-12-15') as CivilDate,
  }))
  const act = {
    actId: '01940000-0000-7000-8000-00000000ac70',
    title: hostileTitle,
    choice: 'agreed',
    actedAt: moment,
  }
  const obligation = {
    title: hostileTitle,
    lang: null,
    versionNumber: 3,
    since: today,
    rules: someRules(language),
  }
  const passkey: OwnPasskey = {
    credentialId: 'c1',
    label: 'Telefoon <b>',
    enrolledAt: moment,
    revokedAt: null,
    ready: true,
  }
  const means = {
    passkeys: [
      passkey,
      { ...passkey, credentialId: 'c2', ready: false },
      { ...passkey, credentialId: 'c3', revokedAt: moment },
    ],
    privateMailbox: 'zoe&co@voorbeeld.example',
    authenticatorId: act.actId,
    signedIn: true,
    ceremonyId: null,
  }
  const dispute = { actId: act.actId, title: hostileTitle, statement: anAct(language).statement!, lang: null }
  const secret = { text: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', rows: anAct(language).code!.rows, authenticatorId: act.actId }
  const d = w.own.dispute
  return [
    { name: 'todo', page: todoPage(hostileName, list, today, w), place: 'todo' },
    { name: 'todo-none', page: todoPage(hostileName, [], today, w), place: 'todo' },
    { name: 'receipts', page: receiptsPage([{ ...act, denied: false }, { ...act, denied: true }], w), place: 'receipts' },
    { name: 'receipts-none', page: receiptsPage([], w), place: 'receipts' },
    { name: 'obligations', page: obligationsPage([
      { ...obligation, nature: 'contract-term', act },
      { ...obligation, nature: 'contract-term', act: { ...act, choice: 'agreed-conditionally' } },
      { ...obligation, nature: 'instruction', act: { ...act, choice: 'seen' } },
      { ...obligation, nature: 'information', act: null, lang: language === 'nl' ? 'en' : 'nl' },
    ], today, w), place: 'obligations' },
    { name: 'obligations-none', page: obligationsPage([], today, w), place: 'obligations' },
    { name: 'devices', page: devicesPage(means, clean, w), place: 'devices' },
    { name: 'devices-none', page: devicesPage({ passkeys: [], privateMailbox: null, authenticatorId: null, signedIn: true, ceremonyId: null }, { values: {}, mistakes: [{ text: w.own.devices.mailboxMissing, field: 'address' }] }, w), place: 'devices' },
    { name: 'devices-visit', page: devicesPage({ ...means, signedIn: false, ceremonyId: one.ceremonyId }, clean, w) },
    { name: 'revoke', page: revokePage(passkey, w), place: 'devices' },
    { name: 'totp', page: totpPage(secret, w), place: 'devices' },
    { name: 'prove-mailbox', page: askPage(w.own.devices.stepUpTitle, w.own.devices.stepUpMailbox, '/my/prove/mailbox', w.entry.signIn.sendCode, [{ name: 'returnTo', value: '/my' }]) },
    { name: 'account', page: accountPage([{ since: moment, kind: 'person', device: 'Firefox <b>', current: true }, { since: moment, kind: 'visit', device: 'Chrome', current: false }], w), place: 'account' },
    { name: 'dispute', page: disputePage(dispute, clean, w), place: 'receipts' },
    { name: 'dispute-mistake', page: disputePage(dispute, { values: { ground: 'other', words: '</textarea>' }, mistakes: [{ text: d.groundMissing, field: 'ground-1' }, { text: d.wordsMissing, field: 'words' }] }, w), place: 'receipts' },
    { name: 'disputed', page: noticePage(d.doneTitle, [d.doneText], { drawing: 'done', ways: [{ text: w.answering.seeProof, href: '/my/acts/x', kind: 'primary' }], consequences: d.consequences }), place: 'receipts' },
    { name: 'misdelivery', page: misdeliveryPage(one.ceremonyId, hostileName, w) },
    { name: 'misdelivered', page: noticePage(w.own.misdelivery.doneTitle, [w.own.misdelivery.doneText], { drawing: 'done', ways: [] }) },
  ] // prettier-ignore
}

function messageStates(language: Language): PageState[] {
  const w = words[language]
  return messageNames.map((name) => ({
    name: `message-${name}`,
    page: messagePage(name, w, {
      more: [w.about(hostileTitle, 'Bakkerij De Ster & Zn.')],
      ways: [{ text: w.toList, href: '/my', kind: 'primary' }],
      reference: name === 'failed' ? '01940000-0000-7000-8000-0000000000ff' : null,
    }),
  }))
}
