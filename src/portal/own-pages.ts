import type { CivilDate, Instant } from '#core'
import { dayInWords } from '#core'
import type { Mistake } from './ceremony-page.ts'
import { momentInWords } from './format.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** A thing that is or was asked of the person. */
export type OwnCeremony = {
  readonly ceremonyId: string
  readonly title: string
  readonly purpose: string
  readonly dueDate: CivilDate
  readonly state: 'open' | 'answered' | 'declined' | 'lapsed' | 'withdrawn' | 'superseded' | 'expired'
}

/** The list of what a person has to do, and under it what is finished. */
export function todoPage(name: string, ceremonies: readonly OwnCeremony[], today: CivilDate, w: Words): Page {
  const { todo } = w.own
  const open = ceremonies.filter((one) => one.state === 'open')
  const line = (one: OwnCeremony) => ({
    title: one.title,
    href: `/my/ceremonies/${one.ceremonyId}`,
    state: todo.state[one.state] ?? one.state,
    due: (one.dueDate < today ? todo.overdue : todo.dueBy)(dayInWords(one.dueDate, w.language)),
    late: one.dueDate < today,
  })
  return {
    template: 'todo',
    title: todo.title,
    model: {
      lead: todo.lead(name),
      open: open.map(line),
      done: ceremonies.filter((one) => one.state !== 'open').map(line),
    },
  }
}

/** An act in the list of proof. */
export type OwnAct = {
  readonly actId: string
  readonly title: string
  readonly choice: string
  readonly actedAt: Instant
  readonly denied: boolean
}

/** Everything that was recorded of a person, newest first. */
export function receiptsPage(acts: readonly OwnAct[], w: Words): Page {
  const { receipts } = w.own
  return {
    template: 'receipts',
    title: receipts.title,
    model: {
      acts: acts.map((act) => ({
        title: act.title,
        href: `/my/acts/${act.actId}`,
        line: `${w.choice[act.choice] ?? act.choice}, ${momentInWords(act.actedAt, w.language)} ${w.dutchTime}`,
        denied: act.denied ? receipts.denied : null,
      })),
    },
  }
}

/** Where a person may be signed in. */
export type OwnSession = {
  readonly since: Instant
  readonly kind: 'visit' | 'person'
  readonly device: string
  readonly current: boolean
}

/** Details that a person sets here, and where they are signed in. */
export function accountPage(sessions: readonly OwnSession[], w: Words): Page {
  return {
    template: 'account',
    title: w.own.account.title,
    model: {
      sessions: sessions.map((session) => ({
        ...session,
        since: w.own.sessions.since(`${momentInWords(session.since, w.language)} ${w.dutchTime}`),
        kind: w.own.sessions[session.kind],
      })),
      languages: [
        { code: 'nl', name: 'Nederlands', current: w.language === 'nl' },
        { code: 'en', name: 'English', current: w.language === 'en' },
      ],
    },
  }
}

/** What the person typed, and what is wrong with it. */
export type FormState = {
  readonly values: Readonly<Record<string, string>>
  readonly mistakes: readonly Mistake[]
}

export const disputeGrounds = ['not-me', 'other-text', 'under-pressure', 'other'] as const

/** Asks whether an act is disputed, and says first what follows from it. */
export function disputePage(
  act: {
    readonly actId: string
    readonly title: string
    readonly statement: string
    readonly lang: string | null
  },
  form: FormState,
  w: Words,
): Page {
  return {
    template: 'dispute',
    title: `${form.mistakes.length > 0 ? w.attention : w.own.dispute.title} – ${act.title}`,
    model: {
      act,
      form,
      action: `/my/acts/${act.actId}/dispute`,
      back: `/my/acts/${act.actId}`,
      grounds: disputeGrounds.map((ground) => ({
        ground,
        text: w.own.dispute.grounds[ground],
        chosen: form.values['ground'] === ground,
      })),
      mistakeIn: (field: string) => form.mistakes.find((one) => one.field === field)?.text ?? null,
    },
  }
}

/** Asks whether this came to the wrong person, and says what follows. */
export function misdeliveryPage(ceremonyId: string, personName: string, w: Words): Page {
  return {
    template: 'misdelivery',
    title: w.own.misdelivery.title,
    model: {
      lead: w.own.misdelivery.lead(personName),
      action: `/my/ceremonies/${ceremonyId}/not-for-me`,
      back: `/my/ceremonies/${ceremonyId}`,
    },
  }
}
