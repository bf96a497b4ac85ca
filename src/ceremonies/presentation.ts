import type { Assurance } from '#assurance'
import { requiredFor } from '#assurance'
import type { AssignmentId, CivilDate, Instant, OrganisationId, PersonId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Database, Transaction } from '#database'
import type { Language } from '#people'
import type { Platform } from '#platform'
import type { Requirement } from './act-decisions.ts'
import type { ActSubject } from './act-subject.ts'
import { languagesOf, purposeOf, statementIdsOf } from './act-subject.ts'
import type { NetworkClass } from './act.ts'
import type { PresentationState } from './ceremony-state.ts'
import { ceremonyStateOf, linkStateOf } from './ceremony-state.ts'
import type { CeremonyView, LinkView } from './ceremony-view.ts'
import { findLink, getCeremony } from './ceremony-view.ts'
import { insertOpening } from './link-store.ts'
import type { LinkCredential } from './link.ts'
import { readSubject } from './subject-reader.ts'

export type CeremonyDeps = { readonly platform: Platform; readonly database: Database }

/** Everything that is shown to a person, in one language. */
export type Presentation = {
  readonly state: PresentationState
  readonly language: Language
  readonly view: CeremonyView
  readonly subject: ActSubject
  /** What the purpose asks for today, and how the person is known here. */
  readonly requirement: Requirement
  readonly assurance: Assurance
  /** Until when the link takes an answer; null where the ceremony is shown without one. */
  readonly expiresAt: Instant | null
  /** When it was first opened with this link in this language; null where it was not. */
  readonly openedAt: Instant | null
}

/** The language asked for, or the person's own, or the first that there is. */
export function chooseLanguage(
  asked: Language | null,
  own: Language,
  available: readonly Language[],
): Language {
  return (
    [asked, own].find((language) => language !== null && available.includes(language)) ?? available[0] ?? 'nl'
  )
}

export type Opening = {
  readonly language: Language | null
  readonly userAgent: string
  readonly networkClass: NetworkClass
  /** How the person is known who opens it. */
  readonly assurance: Assurance
}

/**
 * Opens a link: gives what is to be shown and records that it was opened in this language. Only an open ceremony
 * records an opening. Throws `credentials-missing` when no link has this token, and `content-erased` when the person was
 * erased. Below the level of its purpose it is shown, so that the person can read it, and says what would suffice.
 */
export async function openLink(
  deps: CeremonyDeps,
  credential: LinkCredential,
  opening: Opening,
): Promise<Presentation> {
  const { organisationId, tokenSha256 } = credential
  return deps.database.inOrganisation(organisationId, async (trx) => {
    const view = await requireLink(trx, credential)
    if (view.personErased) throw problem('content-erased')
    const subject = await readSubject(trx, organisationId, view)
    const now = deps.platform.clock()
    const today = civilDateIn(now)
    const state = linkStateOf(view, statementIdsOf(subject), now, today)
    const language = shownLanguage(view, subject, opening.language)
    if (state === 'open') {
      await insertOpening(trx, organisationId, {
        tokenSha256,
        assignmentId: view.assignmentId,
        language,
        openedAt: now,
        userAgent: opening.userAgent,
        networkClass: opening.networkClass,
      })
    }
    const earlier = view.openings.find((each) => each.language === language)?.openedAt ?? null
    return {
      ...(await shownTo(trx, view, subject, { organisationId, assurance: opening.assurance, today })),
      state,
      language,
      expiresAt: view.expiresAt,
      openedAt: earlier ?? (state === 'open' ? now : null),
    }
  })
}

/**
 * Shows a ceremony to its own person without a link and records nothing: for a list, or for what was answered. Throws
 * `assignment-not-found` for one of somebody else, so that nobody learns that it exists.
 */
export async function showCeremony(
  deps: CeremonyDeps,
  own: {
    readonly organisationId: OrganisationId
    readonly personId: PersonId
    readonly assignmentId: AssignmentId
  },
  shown: { readonly language: Language | null; readonly assurance: Assurance },
): Promise<Presentation> {
  const { organisationId, personId, assignmentId } = own
  return deps.database.readInOrganisation(organisationId, async (trx) => {
    const view = await getCeremony(trx, organisationId, assignmentId)
    if (view.personId !== personId) throw problem('assignment-not-found')
    if (view.personErased) throw problem('content-erased')
    const subject = await readSubject(trx, organisationId, view)
    const today = civilDateIn(deps.platform.clock())
    return {
      ...(await shownTo(trx, view, subject, { organisationId, assurance: shown.assurance, today })),
      state: ceremonyStateOf(view, statementIdsOf(subject), today),
      language: shownLanguage(view, subject, shown.language),
      expiresAt: null,
      openedAt: null,
    }
  })
}

async function shownTo(trx: Transaction, view: CeremonyView, subject: ActSubject, to: Shown) {
  const requirement = await requiredFor(trx, to.organisationId, purposeOf(subject), to.today)
  return { view, subject, assurance: to.assurance, requirement }
}

/** To whom something is shown and when. */
type Shown = {
  readonly organisationId: OrganisationId
  readonly assurance: Assurance
  readonly today: CivilDate
}

/** Once something was answered, it is shown in the language in which it was. */
function shownLanguage(view: CeremonyView, subject: ActSubject, asked: Language | null): Language {
  return view.acts[0]?.language ?? chooseLanguage(asked, view.personLanguage, languagesOf(subject))
}

/** The link's ceremony for reading what belongs to it (documents). Throws `credentials-missing` as above. */
export async function readLink(
  deps: CeremonyDeps,
  credential: LinkCredential,
): Promise<{ readonly view: CeremonyView; readonly subject: ActSubject }> {
  return deps.database.readInOrganisation(credential.organisationId, async (trx) => {
    const view = await requireLink(trx, credential)
    return { view, subject: await readSubject(trx, credential.organisationId, view) }
  })
}

async function requireLink(
  trx: Transaction,
  { organisationId, tokenSha256 }: LinkCredential,
): Promise<LinkView> {
  const view = await findLink(trx, organisationId, tokenSha256)
  if (view === undefined) throw problem('credentials-missing')
  return view
}
