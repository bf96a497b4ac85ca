import type { FormState } from './own-pages.ts'
import type { Page } from './page.ts'
import type { Words } from './words.ts'

/** Where a link leads: opening this address records nothing. */
export function landingPage(w: Words, mistake: 'missing' | 'wrong' | null): Page {
  const { landing } = w.entry
  return {
    template: 'landing',
    title: mistake === null ? landing.title : `${w.attention} – ${landing.title}`,
    // After a mistake the link is pasted by hand; the address holds none any more.
    scripts: mistake === null ? ['landing.js'] : [],
    model: { mistakes: mistake === null ? [] : [{ text: landing[mistake], field: 'link' }] },
  }
}

/** What the sign-in page offers. */
export type SignInChoices = {
  /** Whose sign-in page this is; null where the address does not say. */
  readonly organisation: { readonly organisationId: string; readonly name: string } | null
  readonly providers: readonly { readonly name: string; readonly href: string }[]
  /** Where somebody goes on afterwards. */
  readonly returnTo: string
  /** A visit ended or was never begun, and a page was asked for that needs one. */
  readonly wasAsked: boolean
}

/** The page on which a person says how they want to be known. */
export function signInPage(choices: SignInChoices, form: FormState, w: Words): Page {
  const { signIn } = w.entry
  return {
    template: 'sign-in',
    title: form.mistakes.length > 0 ? `${w.attention} – ${signIn.title}` : signIn.title,
    model: { ...choices, form, mistake: form.mistakes[0]?.text ?? null },
  }
}

/** Asks for a code that was sent, or that an app shows. */
export function codePage(
  asked: {
    readonly title: string
    readonly lead: string
    readonly label: string
    readonly hint: string
    /** The code is of digits only. */
    readonly digits: boolean
    readonly action: string
    readonly button: string
    /** What else the form carries. */
    readonly hidden: readonly { readonly name: string; readonly value: string }[]
    /** Where a new code can be asked for. */
    readonly again: { readonly text: string; readonly href: string } | null
  },
  form: FormState,
  w: Words,
): Page {
  return {
    template: 'code',
    title: form.mistakes.length > 0 ? `${w.attention} – ${asked.title}` : asked.title,
    model: { asked, form, mistake: form.mistakes[0]?.text ?? null },
  }
}

/** Says what follows and offers one button for it. */
export function askPage(
  title: string,
  lead: string,
  action: string,
  button: string,
  hidden: readonly { readonly name: string; readonly value: string }[],
): Page {
  return { template: 'ask', title, model: { title, lead, action, button, hidden } }
}
