import type { Assurance } from '#assurance'
import { requiredFor } from '#assurance'
import type { AssignmentId, CivilDate, Instant, OrganisationId, PersonId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Database, Transaction } from '#database'
import type { Language } from '#people'
import type { Platform } from '#platform'
import type { Requirement } from './act-decisions.ts'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, statementIdsOf } from './act-subject.ts'
import type { PresentationState } from './ceremony-state.ts'
import { ceremonyStateOf } from './ceremony-state.ts'
import type { CeremonyView, LinkView } from './ceremony-view.ts'
import { findLink, getCeremony } from './ceremony-view.ts'
import type { LinkCredential } from './link.ts'
import { shownLanguage } from './shown-language.ts'
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
