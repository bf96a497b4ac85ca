import type { CivilDate, Instant } from '#core'
import { civilDateIn, problem } from '#core'
import type { Database } from '#database'
import type { Language } from '#people'
import type { Platform } from '#platform'
import type { PublishedVersion } from '#policies'
import { getVersionById } from '#policies'
import { choicesFor, needsReason } from './act-decisions.ts'
import type { Choice, NetworkClass } from './act.ts'
import type { LinkView } from './link-store.ts'
import { findLink, insertOpening } from './link-store.ts'
import type { LinkCredential } from './link.ts'
import type { StatementSubject } from './statement-texts.ts'
import { statementText } from './statement-texts.ts'

export type CeremonyDeps = { readonly platform: Platform; readonly database: Database }

/** Where a ceremony stands for the one who holds its link. */
export type PresentationState = 'open' | 'acted' | 'expired' | 'withdrawn'

/** Everything that is shown to a person, in one language. */
export type Presentation = {
  readonly state: PresentationState
  readonly language: Language
  readonly view: LinkView
  readonly version: PublishedVersion
}

/** What state a link is in. An act outlives everything: its receipt is never taken back. */
export function stateOf(view: LinkView, now: Instant, today: CivilDate): PresentationState {
  if (view.act !== null) return 'acted'
  if (view.withdrawnFrom !== null && view.withdrawnFrom <= today) return 'withdrawn'
  return view.expiresAt <= now ? 'expired' : 'open'
}

/** The language asked for, or the person's own, or the first that the version has. */
export function chooseLanguage(asked: Language | null, own: Language, version: PublishedVersion): Language {
  const available = version.editions.map((edition) => edition.language)
  return (
    [asked, own].find((language) => language !== null && available.includes(language)) ?? available[0] ?? 'nl'
  )
}

/**
 * Opens a link: gives what is to be shown and records that it was opened in this language. Only an open ceremony
 * records an opening. Throws `credentials-missing` when no link has this token, and `content-erased` when the person was
 * erased.
 */
export async function openLink(
  deps: CeremonyDeps,
  credential: LinkCredential,
  opening: {
    readonly language: Language | null
    readonly userAgent: string
    readonly networkClass: NetworkClass
  },
): Promise<Presentation> {
  return deps.database.inOrganisation(credential.organisationId, async (trx) => {
    const view = await findLink(trx, credential.organisationId, credential.tokenSha256)
    if (view === undefined) throw problem('credentials-missing')
    if (view.personErased) throw problem('content-erased')
    const version = await getVersionById(trx, credential.organisationId, view.versionId)
    const now = deps.platform.clock()
    const state = stateOf(view, now, civilDateIn(now))
    const language = view.act?.language ?? chooseLanguage(opening.language, view.personLanguage, version)
    if (state === 'open') {
      await insertOpening(trx, credential.organisationId, {
        tokenSha256: credential.tokenSha256,
        assignmentId: view.assignmentId,
        language,
        openedAt: now,
        userAgent: opening.userAgent,
        networkClass: opening.networkClass,
      })
    }
    return { state, language, view, version }
  })
}

/** The link's view for reading what belongs to it (document, receipt). Throws `credentials-missing` as above. */
export async function readLink(
  deps: CeremonyDeps,
  credential: LinkCredential,
): Promise<{ readonly view: LinkView; readonly version: PublishedVersion }> {
  return deps.database.readInOrganisation(credential.organisationId, async (trx) => {
    const view = await findLink(trx, credential.organisationId, credential.tokenSha256)
    if (view === undefined) throw problem('credentials-missing')
    return { view, version: await getVersionById(trx, credential.organisationId, view.versionId) }
  })
}

/** The choices on offer, each with its exact statement. */
export function offeredChoices(
  subject: StatementSubject,
  language: Language,
): { choice: Choice; statement: string; reasonRequired: boolean }[] {
  return choicesFor(subject.legalNature).map((choice) => ({
    choice,
    statement: statementText(choice, language, subject),
    reasonRequired: needsReason(choice),
  }))
}
