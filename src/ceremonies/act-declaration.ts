import { canonicalJson } from '#core'
import type { Declaration } from '#signing'
import type { ActSubject } from './act-subject.ts'
import { purposeOf, signedDocuments } from './act-subject.ts'
import type { ActCommand, ActProof, LinkContext } from './act.ts'

/** What somebody who acts declares, in the form in which it is signed. */
export function declarationOf(context: LinkContext, subject: ActSubject, command: ActCommand): Declaration {
  const { statementId, choice, statement, reason, language } = command
  return {
    ceremonyId: context.assignmentId,
    statementId,
    purpose: purposeOf(subject),
    ...signedDocuments(subject, command.documentSha256),
    choice,
    statement,
    reason,
    language,
  }
}

/** Whether an act is word for word what was signed, on this ceremony and this statement, by its person (S10). */
export function isWhatWasSigned(
  { signer, declaration }: NonNullable<ActProof['signed']>,
  context: LinkContext,
  subject: ActSubject,
  command: ActCommand,
): boolean {
  const declared = declarationOf(context, subject, command)
  return signer === context.personId && canonicalJson(declaration) === canonicalJson(declared)
}
