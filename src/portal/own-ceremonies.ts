import { readBindingAnnexes, readCeremonySides } from '#agreements'
import {
  ceremonyStateOf,
  documentsOf,
  listCeremoniesOf,
  readSubject,
  showCeremony,
  statementIdsOf,
} from '#ceremonies'
import type { ActSubject, CeremonyView } from '#ceremonies'
import type { AssignmentId, CivilDate } from '#core'
import { civilDateIn } from '#core'
import type { Database } from '#database'
import { listDenialSteps } from '#denials'
import type { Language } from '#people'
import { fillContent } from '#policies/model'
import type { PublishedVersion } from '#policies'
import type { SignedIn } from './ceremony-routes.ts'
import type { ShownRule } from './ceremony-values.ts'
import type { KnownDeps } from './known.ts'
import type { Obligation } from './obligations-page.ts'
import type { PutToPerson } from './obligations.ts'
import { obligationsOn } from './obligations.ts'
import type { OwnAct, OwnCeremony } from './own-pages.ts'

/** A ceremony of the person with what it is about; undefined content has been erased. */
type Own = { readonly view: CeremonyView; readonly subject: ActSubject }

/** What a receipt needs of its ceremony. */
export type CeremonyOfAct = {
  readonly title: string
  readonly personName: string
  readonly documents: readonly { readonly documentId: string; readonly title: string }[]
  readonly partsLeft: number
}

/** The ceremony of an act that the person may see, shown without recording anything. */
export async function showOwnCeremony(
  deps: KnownDeps,
  { session, language }: SignedIn,
  assignmentId: AssignmentId,
): Promise<CeremonyOfAct> {
  const { organisationId, personId } = session
  const own = { organisationId, personId, assignmentId }
  const { view, subject, state, language: shown } = await showCeremony(deps, own, { language, assurance: 'mailbox-employer' }) // prettier-ignore
  const answered = new Set(view.acts.map((act) => act.statementId))
  return {
    title: titleOf(subject, shown),
    personName: view.personName,
    documents: documentsOf(subject, shown),
    partsLeft: state === 'open' ? statementIdsOf(subject).filter((id) => !answered.has(id)).length : 0,
  }
}

/** The list of what is and was asked of a person, newest first. */
export async function listOwnCeremonies(deps: KnownDeps, visitor: SignedIn): Promise<OwnCeremony[]> {
  const today = civilDateIn(deps.platform.clock())
  const own = await readOwn(deps.database, visitor)
  return own.map(({ view, subject }) => ({
    ceremonyId: view.assignmentId,
    title: titleOf(subject, visitor.language),
    purpose: subject.kind === 'policy' ? subject.version.legalNature : subject.bundle.manifest.purpose,
    dueDate: view.dueDate,
    state: listed(ceremonyStateOf(view, statementIdsOf(subject), today)),
  }))
}

function listed(state: ReturnType<typeof ceremonyStateOf>): OwnCeremony['state'] {
  return state === 'acted' ? 'answered' : state
}

/** Every act of a person, newest first, with whether they dispute it. */
export async function listOwnActs(deps: KnownDeps, visitor: SignedIn): Promise<OwnAct[]> {
  const own = await readOwn(deps.database, visitor)
  const acts = own.flatMap(({ view, subject }) =>
    view.acts.map((act) => ({
      actId: act.actId,
      title: partTitle(subject, act.statementId, visitor.language),
      choice: act.choice,
      actedAt: act.actedAt,
    })),
  )
  const { organisationId } = visitor.session
  const denied = await deps.database.readInOrganisation(organisationId, async (trx) => {
    const steps = []
    for (const { actId } of acts) steps.push((await listDenialSteps(trx, organisationId, actId)).at(-1))
    return steps
  })
  return acts
    .map((act, index) => ({ ...act, denied: denied[index]?.status === 'denied' }))
    .toSorted((a, b) => (a.actedAt < b.actedAt ? 1 : -1))
}

/**
 * What applies to the person on a day. An agreement applies to its employee once both signed and nothing stopped it, and to
 * nobody who signed it for the employer.
 */
export async function listObligations(
  deps: KnownDeps,
  visitor: SignedIn,
  today: CivilDate,
): Promise<Obligation[]> {
  const { organisationId, personId } = visitor.session
  const own = await readOwn(deps.database, visitor)
  const [sides, binding] = await deps.database.readInOrganisation(organisationId, async (trx) => [
    await readCeremonySides(trx, organisationId, personId),
    await readBindingAnnexes(trx, organisationId, personId, today),
  ])
  const inForce = new Set(binding.map(({ agreementId }) => agreementId))
  const applies = ({ view }: Own): boolean => {
    const part = sides.get(view.assignmentId)
    return part === undefined || (part.side === 'employee' && inForce.has(part.agreementId))
  }
  return obligationsOn(
    today,
    own.filter(applies).flatMap((one) => putTo(one, visitor.language)),
  )
}

function putTo({ view, subject }: Own, language: Language): PutToPerson[] {
  if (view.end?.how === 'withdrawn') return []
  if (subject.kind === 'policy') {
    const { version } = subject
    const act = view.acts.at(-1) ?? null
    const shown = shownIn(version, act?.language ?? language)
    return [
      {
        of: version.policyId,
        number: version.versionNumber,
        from: version.effectiveFrom,
        until: version.withdrawnFrom ?? null,
        title: titleOf(subject, shown),
        lang: shown === language ? null : shown,
        nature: version.legalNature,
        rules: rulesIn(version, shown),
        act,
      },
    ]
  }
  const { manifest, bundleId } = subject.bundle
  const isTold = ['information', 'warning', 'notice', 'data-consent'].includes(manifest.purpose)
  const nature = isTold ? 'information' : manifest.purpose === 'instruction' ? 'instruction' : 'contract-term'
  return manifest.statements.map((statement) => ({
    of: `${bundleId} ${statement.statementId}`,
    number: null,
    from: null,
    until: null,
    title: partTitle(subject, statement.statementId, language),
    lang: manifest.language === language ? null : manifest.language,
    nature,
    rules: [],
    act: view.acts.find((act) => act.statementId === statement.statementId) ?? null,
  }))
}

async function readOwn(database: Database, { session }: SignedIn): Promise<Own[]> {
  const { organisationId, personId } = session
  return database.readInOrganisation(organisationId, async (trx) => {
    const views = await listCeremoniesOf(trx, organisationId, personId)
    const own: Own[] = []
    for (const view of views) {
      if (session.kind === 'visit' && view.assignmentId !== session.assignmentId) continue
      own.push({ view, subject: await readSubject(trx, organisationId, view) })
    }
    return own
  })
}

function shownIn(version: PublishedVersion, language: Language): Language {
  const languages = version.editions.map((edition) => edition.language)
  return languages.includes(language) ? language : (languages[0] ?? 'nl')
}

function titleOf(subject: ActSubject, language: Language): string {
  if (subject.kind === 'bundle') return subject.bundle.manifest.documents[0]?.title ?? ''
  const { title } = subject.version.content
  return (
    fillContent(subject.version.content).title[shownIn(subject.version, language)] ??
    title.nl ??
    title.en ??
    ''
  )
}

function partTitle(subject: ActSubject, statementId: string, language: Language): string {
  const title = titleOf(subject, language)
  if (subject.kind === 'policy' || statementId === 'main') return title
  const part = subject.bundle.manifest.statements.find((one) => one.statementId === statementId)
  return part === undefined ? title : `${title}: ${part.subject}`
}

function rulesIn(version: PublishedVersion, language: Language): ShownRule[] {
  return fillContent(version.content).rules.map((rule, index) => ({
    number: index + 1,
    id: rule.id,
    heading: rule.heading[language] ?? '',
    text: rule.text[language] ?? '',
    modality: rule.modality,
    scope: rule.scope,
    legalNature: rule.legalNature,
    sanctionReference: rule.sanctionReference ?? null,
  }))
}
