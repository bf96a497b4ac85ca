import type { AnnexContent } from '#annexes'
import { annexFacts } from '#annexes'
import type { BundleManifest } from '#ceremonies'
import type { CivilDate, Instant } from '#core'
import { toInstant } from '#core'
import type { EmploymentRuleFacts } from '#employments'
import type { BundleFacts, Facts } from '#jurisdictions'
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

/** Everything that the facts of an agreement are put together from. */
export type FactsMaterial = {
  readonly asOf: CivilDate
  readonly agreementId: string
  readonly employment: EmploymentRuleFacts
  /** null once it was erased. */
  readonly manifest: BundleManifest | null
  /** The sentence to which one agrees. */
  readonly sentenceOf: (statementId: string) => string
  readonly annexes: readonly BundledAnnex[]
  readonly signing: Signing | null
  readonly reaffirmations: NonNullable<Facts['reaffirmations']>
  readonly evidence: NonNullable<Facts['evidence']>
  readonly privacy: NonNullable<Facts['privacy']>
}

/**
 * What the rules of law may know of an agreement. What is not on record is absent; nothing is guessed. The signing of an agreement is
 * itself an affirmation of each of its clauses, on the day it is signed, or on the day that is asked about while it is not.
 */
export function agreementFacts(material: FactsMaterial): Facts {
  const { asOf, employment, annexes, signing, evidence, privacy } = material
  const lists = new Map(annexes.flatMap(({ content }) => (content?.kind === 'relation-list' ? [[content.mark, content] as const] : []))) // prettier-ignore
  const told = annexes.flatMap(({ role, documentSha256, content }) =>
    content === null ? [] : [annexFacts(content, { documentSha256, locatedIn: role }, lists)],
  )
  return {
    ...employment,
    asOf,
    bundle: bundleFacts(material),
    clauses: told.flatMap(({ clauses }) => clauses),
    penalty: told.find(({ penalty }) => penalty !== null)?.penalty ?? null,
    ...(signing === null ? {} : { signature: signing.signature }),
    reaffirmations: material.reaffirmations,
    evidence,
    privacy,
  }
}

function bundleFacts({ agreementId, manifest, annexes, signing, sentenceOf }: FactsMaterial): BundleFacts {
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
export function importedFacts(
  content: ImportedContent,
  employment: EmploymentRuleFacts,
  { asOf, agreementId }: { readonly asOf: CivilDate; readonly agreementId: string },
): Facts {
  const { documents, references, signedOn, signedHow, statement, condition } = content
  const main = documents.find(({ role }) => role === 'main')
  const signedAt = signedHow === 'not-signed' ? null : signedOn === null ? undefined : toInstant(`${signedOn}T12:00:00.000Z`) // prettier-ignore
  return {
    ...employment,
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
    reaffirmations: signedOn === null ? [] : content.clauses.map(({ id }) => ({ clauseId: id, on: signedOn })),
    signature: { level: levelOfHow[signedHow], timestampQualified: false },
  }
}
