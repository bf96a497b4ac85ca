import type { Instant } from '#core'
import { html, type Markup, type PageLanguage } from '#http'
import type { HeldAccess } from './matter-decisions.ts'
import type { PresentSession } from './staff-authority.ts'
import { staffTexts } from './staff-texts.ts'

/** A matter that is open to whoever looks, with the end of their access. */
export type OpenMatter = Pick<HeldAccess, 'matterId' | 'subject' | 'readableUntil'> & {
  readonly title: string
}

/** Who is signed in, in which role, and what they can go on with. */
export function staffView(
  language: PageLanguage,
  session: PresentSession,
  matters: readonly OpenMatter[],
): Markup {
  const words = staffTexts[language]
  return html`<dl>
      <dt>${words.signedInAs}</dt>
      <dd>${session.name}</dd>
      <dt>${words.role}</dt>
      <dd>${words.roles[session.role]}</dd>
      <dt>${words.secondFactor}</dt>
      <dd>
        ${session.secondFactorAt === null ? words.secondFactorNone : time(language, session.secondFactorAt)}
      </dd>
      <dt>${words.until}</dt>
      <dd>${time(language, session.expiresAt)}</dd>
    </dl>
    <p><a class="button" href="/staff/step-up">${words.stepUp}</a></p>
    ${session.role === 'lawyer' && mattersView(language, matters)}
    <p><a href="/documentation">${words.documentation}</a></p>
    <form method="post" action="/staff/sign-out"><button type="submit">${words.signOut}</button></form>`
}

function mattersView(language: PageLanguage, matters: readonly OpenMatter[]): Markup {
  const words = staffTexts[language]
  return html`<h2>${words.matters}</h2>
    <p>${words.mattersHint}</p>
    ${
      matters.length === 0
        ? html`<p>${words.mattersNone}</p>`
        : html`<ul>
            ${matters.map((matter) => matterView(language, matter))}
          </ul>`
    }`
}

function matterView(language: PageLanguage, { matterId, title, subject, readableUntil }: OpenMatter): Markup {
  const words = staffTexts[language]
  const [path, name] =
    subject.kind === 'person'
      ? [`/v1/persons/${subject.personId}`, words.person]
      : [`/v1/policies/${subject.policyId}`, words.policy]
  return html`<li>
    <a href="/v1/matters/${matterId}">${title}</a> (<a href="${path}" aria-label="${name}: ${title}"
      >${name}</a
    >, ${words.readable} ${time(language, readableUntil)})
  </li>`
}

/** The ways to sign in of an organisation. */
export function choicesView(
  language: PageLanguage,
  organisationId: string,
  choices: readonly { readonly providerId: string; readonly name: string }[],
): Markup {
  const words = staffTexts[language]
  if (choices.length === 0) return html`<p>${words.none}</p>`
  return html`<p>${words.choose}</p>
    <ul>
      ${choices.map(
        ({ providerId, name }) =>
          html`<li><a href="/staff/sign-in/${organisationId}/${providerId}">${name}</a></li>`,
      )}
    </ul>`
}

/** Asks which organisation it is about. */
export function organisationView(language: PageLanguage): Markup {
  const words = staffTexts[language]
  return html`<form method="get" action="/staff/sign-in">
    <label for="organisation">${words.organisation}</label>
    <p id="organisation-hint">${words.organisationHint}</p>
    <input
      id="organisation"
      name="organisation"
      required
      aria-describedby="organisation-hint"
      autocomplete="off"
    />
    <button type="submit">${words.goOn}</button>
  </form>`
}

/** That nobody is signed in any more. */
export function signedOutView(language: PageLanguage): Markup {
  const words = staffTexts[language]
  return html`<p>${words.signedOut}</p>
    <p><a href="/staff/sign-in">${words.signInTitle}</a></p>`
}

function time(language: PageLanguage, instant: Instant): string {
  const format = new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Amsterdam',
  })
  return format.format(new Date(instant))
}
