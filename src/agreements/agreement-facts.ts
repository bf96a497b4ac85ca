import type { AnnexContent } from '#annexes'
import { annexFacts } from '#annexes'
import type { BundleManifest } from '#ceremonies'
import type { CivilDate, Instant, PersonId } from '#core'
import { civilDateIn, toInstant } from '#core'
import type {
  Contract,
  EmploymentFact,
  EmploymentOn,
  EmploymentRuleFacts,
  OrganisationFactsOn,
} from '#employments'
import { employmentFacts } from '#employments'
import type { BundleFacts, Facts } from '#jurisdictions'
import { dutchRuleSet, regimeOn, significantJobHistory } from '#jurisdictions'
import { clauseStatements } from './clause-statements.ts'
import type { ImportedContent, SignedHow } from './imported.ts'

/** An annex of the bundle with everything that it was composed of; null once that was erased. */
export type BundledAnnex = {
  readonly role: 'main' | 'annex'
  readonly documentSha256: string
  readonly content: AnnexContent | null
}

/** What both parties did; null while not both have answered everything. */
export type Signing = {
  readonly deliveredAt: Instant | null
  readonly signedAt: Instant
  /** Conditions of either party, joined; empty when there were none. */
  readonly conditionText: string
  /** The statements to which the employee agreed, by id. */
  readonly agreedStatements: readonly string[]
  readonly signature: NonNullable<Facts['signature']>
}

/** What is known of the employment: what `employmentFacts` takes. */
export type EmploymentMaterial = {
  readonly state: Pick<EmploymentOn, 'on' | 'facts' | 'contracts'>
  readonly history: readonly EmploymentFact[]
  readonly contract: Contract | null
  readonly organisationFacts: OrganisationFactsOn
}

type About = {
  readonly asOf: CivilDate
  readonly agreementId: string
  readonly personId: PersonId
  readonly employment: EmploymentMaterial
}

/** Everything that the facts of an agreement are put together from, offered here. */
export type OfferedMaterial = About & {
  readonly provenance: 'ceremony'
  /** null once it was erased. */
  readonly manifest: BundleManifest | null
  /** The sentence with which one agrees to a statement. */
  readonly sentenceOf: (statementId: string) => string
  readonly annexes: readonly BundledAnnex[]
  readonly signing: Signing | null
  readonly reaffirmations: NonNullable<Facts['reaffirmations']>
  readonly evidence: NonNullable<Facts['evidence']>
  readonly privacy: NonNullable<Facts['privacy']>
}

/** The same of a record that was taken over; `imported` null once it was erased. */
export type ImportedMaterial = About & {
  readonly provenance: 'imported'
  readonly imported: ImportedContent | null
}

export type AgreementMaterial = OfferedMaterial | ImportedMaterial

/**
 * What the rules of law may know of an agreement. What is not on record is absent; nothing is guessed. The signing of an agreement is
 * itself an affirmation of each of its clauses, on the day it is signed, or on the day that is asked about while it is not.
 */
export function factsOfMaterial(material: AgreementMaterial): Facts {
  if (material.provenance === 'imported') return importedFacts(material)
  const { asOf, annexes, signing, evidence, privacy, reaffirmations } = material
  const lists = new Map(annexes.flatMap(({ content }) => (content?.kind === 'relation-list' ? [[content.mark, content] as const] : []))) // prettier-ignore
  const told = annexes.flatMap(({ role, documentSha256, content }) =>
    content === null ? [] : [annexFacts(content, { documentSha256, locatedIn: role }, lists)],
  )
  return {
    ...employmentPart(material, signing === null ? asOf : civilDateIn(signing.signedAt)),
    asOf,
    bundle: bundleFacts(material),
    clauses: told.flatMap(({ clauses }) => clauses),
    penalty: told.find(({ penalty }) => penalty !== null)?.penalty ?? null,
    ...(signing === null ? {} : { signature: signing.signature }),
    reaffirmations,
    evidence,
    privacy,
  }
}

/** Of the job only what changed after the agreement and is not small: a review of it then outlives an indexation. */
function employmentPart({ asOf, employment }: About, agreedOn: CivilDate | null): EmploymentRuleFacts {
  const { state, history, contract, organisationFacts } = employment
  const facts = employmentFacts(state, history, contract, organisationFacts)
  const regime = regimeOn(dutchRuleSet, asOf)
  if (facts.jobHistory === undefined || regime === undefined) return facts
  const { wageChange_percent } = regime
  const jobHistory = significantJobHistory(facts.jobHistory, facts.wage?.history ?? [], agreedOn, wageChange_percent) // prettier-ignore
  return { ...facts, jobHistory }
}

function bundleFacts({ agreementId, manifest, annexes, signing, sentenceOf }: OfferedMaterial): BundleFacts {
  const contents = annexes.flatMap(({ content }) => content ?? [])
  const idOf = new Map(manifest?.documents.map((each) => [each.sha256, each.documentId]))
  return {
    ceremonyId: agreementId,
    ...(manifest === null
      ? {}
      : {
          manifest: manifest.documents.map(({ documentId, sha256, role, language }) => ({ documentId, sha256, role, language })), // prettier-ignore
          references: manifest.references.map(({ from, to, text, page }) => ({
            from: idOf.get(from) ?? from,
            to: idOf.get(to) ?? to,
            anchorText: text,
            page,
          })),
          statement: { text: sentenceOf('main'), expresses: 'agreement' as const },
        }),
    clauseConsents: clauseStatements(contents)
      .filter(({ statementId }) => signing?.agreedStatements.includes(statementId))
      .map(({ statementId, clauseId }) => ({ clauseId, statement: sentenceOf(statementId) })),
    deliveredAt: signing?.deliveredAt ?? null,
    signedAt: signing?.signedAt ?? null,
    ...(signing === null ? {} : { conditionText: signing.conditionText, acceptedBy: 'act' as const }),
    retrievableByEmployee: true,
  }
}

const levelOfHow: Readonly<Record<SignedHow, NonNullable<NonNullable<Facts['signature']>['level']>>> = {
  'wet-ink': 'wet',
  qualified: 'qes',
  'other-electronic': 'ses',
  'e-mail-reply': 'click',
  'not-signed': 'none',
}

/**
 * The facts of a record that was taken over, as the employer told them: history, which is weighed and not mended. An annex that was
 * referred to and not attached, or whose file nobody has, is in no bundle.
 */
function importedFacts(material: ImportedMaterial): Facts {
  const { asOf, agreementId, imported: content } = material
  if (content === null) return { ...employmentPart(material, null), asOf, legacy: true }
  const { documents, references, signedOn, signedHow, statement, condition } = content
  const main = documents.find(({ role }) => role === 'main')
  const signedAt = signedHow === 'not-signed' ? null : signedOn === null ? undefined : toInstant(`${signedOn}T12:00:00.000Z`) // prettier-ignore
  return {
    ...employmentPart(material, signedOn),
    asOf,
    legacy: true,
    bundle: {
      ceremonyId: agreementId,
      manifest: documents.map(({ documentId, sha256, role, language }) => ({ documentId, sha256, role, language })), // prettier-ignore
      references: references.map(({ mark, text, page, attached, documentId }) => ({
        from: main?.documentId ?? 'main',
        to: attached && documentId !== null ? documentId : mark,
        anchorText: text,
        page,
      })),
      clauseConsents: [],
      acceptedBy: signedHow === 'e-mail-reply' ? 'e-mail-reply' : 'act',
      ...(statement === undefined || statement === null ? {} : { statement }),
      ...(condition === null ? {} : { conditionText: condition }),
      ...(content.deliveredAt === null ? {} : { deliveredAt: content.deliveredAt }),
      ...(signedAt === undefined ? {} : { signedAt }),
    },
    clauses: content.clauses,
    penalty: content.penalty,
    reaffirmations:
      signedOn === null ? [] : content.clauses.map(({ id }) => ({ clauseId: id, on: signedOn })),
    signature: { level: levelOfHow[signedHow], timestampQualified: false },
  }
}
