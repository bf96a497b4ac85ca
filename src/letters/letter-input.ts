import type { DocumentId, Instant, OrganisationId } from '#core'
import { civilDateIn, problem } from '#core'
import type { Transaction } from '#database'
import { requireUndeniedFoundations, type Foundation } from '#denials'
import type { AnnexInput, EarlierWarning, LetterPerson, WarningInput, WarningRule } from '#documents'
import { getOrganisation } from '#organisations'
import { displayName, getPerson, type Person } from '#people'
import { getPublishedVersion, listHistory, type PublishedVersion } from '#policies'
import { fillContent, type Text } from '#policies/model'
import { decideWarning } from './letter-decisions.ts'
import { getWarning } from './letter-store.ts'
import type {
  Actor,
  AnnexCommand,
  Command,
  EarlierReference,
  RuleReference,
  WarningCommand,
} from './letter.ts'

/** What a letter is made with besides what was asked for. */
export type LetterMoment = { readonly documentId: DocumentId; readonly at: Instant }

type Read = { readonly trx: Transaction; readonly organisationId: OrganisationId }

/**
 * Reads everything that a letter says and gives what its document is made from. Throws `person-not-found`,
 * `policy-version-not-found`, `document-not-found` for an earlier warning, and `letter-unfit` with the places that cannot be.
 */
export async function letterInput(
  trx: Transaction,
  organisationId: OrganisationId,
  command: Command,
  moment: LetterMoment,
): Promise<AnnexInput | WarningInput> {
  const read = { trx, organisationId }
  const organisation = await getOrganisation(trx, organisationId)
  const person = await getPerson(trx, organisationId, command.personId)
  const common = {
    language: command.language,
    organisationName: organisation.name,
    reference: moment.documentId,
    person: toLetterPerson(person),
    createdAt: moment.at,
  }
  return command.kind === 'annex'
    ? { kind: 'annex', ...common, ...(await annexText(read, command, organisation.name)) }
    : { kind: 'warning', ...common, ...(await warningText(read, command, moment)) }
}

/**
 * Throws `act-denied` when a warning cites a version that its person acted on and denies, or an earlier warning whose receipt
 * they deny. Nothing of the kind is recorded until the transaction ends.
 */
export async function requireUndenied(
  trx: Transaction,
  organisationId: OrganisationId,
  command: Command,
): Promise<void> {
  if (command.kind !== 'warning') return
  const foundations: Foundation[] = []
  for (const [position, { policyId, versionNumber }] of command.rules.entries()) {
    const { versionId } = await getPublishedVersion(trx, organisationId, policyId, versionNumber)
    foundations.push({ kind: 'version', versionId, pointer: `/rules/${position}` })
  }
  for (const [position, earlier] of command.earlierWarnings.entries())
    if (earlier.kind === 'kept')
      foundations.push({
        kind: 'document',
        documentId: earlier.documentId,
        pointer: `/earlierWarnings/${position}`,
      })
  await requireUndeniedFoundations(trx, organisationId, command.personId, foundations)
}

function toLetterPerson(person: Person): LetterPerson {
  return { name: displayName(person), externalId: person.externalId, jobTitle: person.jobTitle }
}

async function nameOf({ trx, organisationId }: Read, actor: Actor): Promise<{ name: string; role: string }> {
  if (actor.kind === 'named') return { name: actor.name, role: actor.role }
  return { name: displayName(await getPerson(trx, organisationId, actor.personId)), role: actor.role }
}

async function annexText(read: Read, command: AnnexCommand, organisationName: string) {
  const { seat, registration, ...text } = command.text
  const { representedBy, effectiveFrom } = command
  const signer = representedBy === null ? null : await nameOf(read, representedBy)
  return {
    ...text,
    effectiveFrom,
    employer: { name: organisationName, seat, registration, representedBy: signer },
  }
}

async function warningText(read: Read, command: WarningCommand, moment: LetterMoment) {
  const rules = await Promise.all(command.rules.map((rule) => readRule(read, rule)))
  const errors = decideWarning(
    command,
    rules.map(({ history, rule }) => ({ history, ruleFound: rule !== undefined })),
    civilDateIn(moment.at),
  )
  if (errors.length > 0) throw problem('letter-unfit', { errors })
  const earlierWarnings: EarlierWarning[] = []
  for (const earlier of command.earlierWarnings)
    earlierWarnings.push(await readEarlier(read, command, earlier))
  return {
    ...command.text,
    givenOn: command.givenOn,
    givenBy: await nameOf(read, command.givenBy),
    rules: rules.map(({ version, rule }) => toWarningRule(command, version, rule!)),
    earlierWarnings,
  }
}

/** The version that a reference names, its history, and the rule; undefined when the version has no such rule. */
async function readRule({ trx, organisationId }: Read, { policyId, versionNumber, ruleId }: RuleReference) {
  const version = await getPublishedVersion(trx, organisationId, policyId, versionNumber)
  const history = await listHistory(trx, organisationId, policyId)
  const { rules } = fillContent(version.content)
  const index = rules.findIndex((rule) => rule.id === ruleId)
  return { version, history, rule: index < 0 ? undefined : { number: index + 1, rule: rules[index]! } }
}

type ReadRule = NonNullable<Awaited<ReturnType<typeof readRule>>['rule']>

/** The rule in the language of the warning, or in the one that the version has. */
function toWarningRule(
  command: WarningCommand,
  version: PublishedVersion,
  { number, rule }: ReadRule,
): WarningRule {
  const { language } = command
  const edition = version.editions.find((each) => each.language === language)
  const inLanguage = (text: Text): string => text[language] ?? text.nl ?? text.en ?? ''
  return {
    policyName: version.policyName,
    versionNumber: version.versionNumber,
    effectiveFrom: version.effectiveFrom,
    documentSha256: edition?.sha256 ?? null,
    ruleNumber: number,
    heading: inLanguage(rule.heading),
    text: inLanguage(rule.text),
  }
}

async function readEarlier(
  { trx, organisationId }: Read,
  command: WarningCommand,
  earlier: EarlierReference,
): Promise<EarlierWarning> {
  return earlier.kind === 'kept'
    ? getWarning(trx, organisationId, command.personId, earlier.documentId)
    : { givenOn: earlier.givenOn, subject: earlier.subject, documentSha256: null }
}
