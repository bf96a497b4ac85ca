/**
 * Every right there is, with what it lets a client do. A route names one of these; a role holds some. Nothing else
 * gives access to anything (deny by default).
 */
export const rights = {
  'act.read': 'read what people answered, and their receipts',
  'agreement.make': 'offer contracts and annexes to both parties, end them, and take over older ones',
  'agreement.read': 'see agreements, where they and their annexes stand, and what the rules said',
  'annex.make': 'compose annexes to contracts from clauses, policy versions and lists of relations',
  'annex.preview': 'look at an annex and what the rules of law say of it before it is composed',
  'annex.read': 'see annexes and everything they are composed of',
  'assignment.create': 'hand published versions to people and send messages again',
  'assignment.read': 'see who was asked what, and whether it was delivered, opened and answered',
  'court-finding.record': 'record what a court found about whose act it is',
  'denial.record': 'record that a person denied an act by letter, in court or otherwise',
  'capture.keep': 'keep dated prints of contacts of a person',
  'clause.read': 'see the clause library and fill its texts',
  'clause.review': 'say as counsel what a text of the clause library is worth',
  'clause.write': 'take texts into the clause library and make versions of them',
  'document.make': 'make annexes to contracts and official warnings',
  'document.read': 'see documents, how they are preserved, and the files themselves',
  'document.renew': 'ask for the next time-stamp of a document before it is due',
  'assurance.set': 'say how well a person must be known for each purpose',
  'attestation.make': 'record what happened on paper, orally or elsewhere, which is never an act',
  'dossier.create': 'make a dossier of a person or a policy',
  'dossier.read': 'download dossiers',
  'exit.read': 'see how employments ended, and what would follow if one did',
  'exit.record': 'record the end of an employment and hand over the letter about it',
  'employment.read': 'see employments, what is true of them, contracts, and who may sign for the employer',
  'employment.record': 'record facts of employments and of the organisation, and contracts',
  'executed-copy.create': 'make the signed copy of a document to which its parties agreed',
  'identity-check.record': 'record that a person’s proof of identity was seen',
  'hold.place': 'place legal holds and release them',
  'law.check': 'run the rules of law on facts, and ask what a clause covers or a penalty comes to',
  'law.override': 'go on despite a failed rule of severity major, by name and with a reason',
  'law.read': 'see the rules of law and what they said',
  'law.review': 'decide on a finding that is for a lawyer, by name and with a reason',
  'ledger.anchor': 'ask for a timestamp of the ledger as it is now',
  'ledger.read': 'read checkpoints and proofs of the ledger: hashes, no content',
  'mandate.manage': 'say who may sign for the employer',
  'matter.manage': 'open matters, and give lawyers access to them',
  'matter.read': 'see matters, who may read them, and what was read',
  'obligation.read':
    'ask what bound a person on a day, what it covers, until when, and what a breach comes to',
  'organisation.manage-clients': 'make API clients, issue and revoke their keys',
  'organisation.manage-sign-on': 'say where people sign in and what their roles are, and end their sessions',
  'organisation.set-witnesses': 'say which witnesses are asked to cosign the ledger, and how many must',
  'person.export': 'give a person everything that is held about them',
  'person.import': 'take over persons from an HR system',
  'person.read': 'see persons',
  'policy.approve': 'approve a draft that somebody else wrote',
  'policy.publish': 'publish an approved version',
  'policy.read': 'read policies, drafts included',
  'policy.withdraw': 'withdraw a published version',
  'policy.write': 'write policies and drafts',
  'private-mailbox.propose':
    'propose a private mailbox, which counts for nothing until its person confirms it',
  'retention.decide': 'set how long things are kept, ask for erasures and decide on them',
  'retention.read': 'see retention rules, legal holds and erasures',
  'signing.reset': 'end the passkeys of a person who lost them',
  'signing.set-provider': 'say at which provider people sign with a qualified signature',
  'task.dismiss': 'close a task without doing it, by name and with a reason',
  'task.read': 'see what changes made necessary: what to do, for whom, and why',
  'webhook.manage': 'decide to which addresses events are sent, and send them again',
  'webhook.read': 'see endpoints of events and what was sent to them',
} as const

export type RightName = keyof typeof rights

/**
 * Which rights each role holds. The administrator manages keys and sees no evidence content; who writes a version
 * cannot approve it; who publishes did not write it. Lawyers read everything and write nothing but dossiers, legal
 * holds, captures, denials that reached them and what courts found (decision 0146); auditors see the chain and the states, no content (conventions 4.2). Who decides on erasures cannot lift the
 * hold that stands in their way (decision 0062). Whoever manages keys manages where events go: both let a
 * machine in or out. Nobody else reads endpoints, because the address of one can hold a secret of its receiver.
 */
export const roleRights = {
  'organisation-admin': [
    'assurance.set',
    'document.renew',
    'organisation.manage-clients',
    'organisation.manage-sign-on',
    'organisation.set-witnesses',
    'signing.reset',
    'signing.set-provider',
    'webhook.manage',
    'webhook.read',
  ],
  'hr-author': [
    'agreement.read',
    'policy.read',
    'policy.write',
    'person.read',
    'person.import',
    'annex.preview',
    'annex.read',
    'assignment.read',
    'clause.read',
    'clause.write',
    'exit.read',
    'law.check',
    'law.read',
    'obligation.read',
    'employment.read',
    'employment.record',
    'task.read',
  ],
  'hr-approver': [
    'agreement.read',
    'policy.read',
    'policy.approve',
    'person.read',
    'annex.preview',
    'annex.read',
    'assignment.read',
    'clause.read',
    'exit.read',
    'law.check',
    'law.override',
    'law.read',
    'obligation.read',
    'matter.manage',
    'matter.read',
    'retention.decide',
    'retention.read',
    'employment.read',
    'task.dismiss',
    'task.read',
  ],
  'hr-publisher': [
    'policy.read',
    'policy.publish',
    'policy.withdraw',
    'document.make',
    'agreement.make',
    'agreement.read',
    'identity-check.record',
    'person.read',
    'person.import',
    'annex.make',
    'annex.preview',
    'annex.read',
    'assignment.create',
    'assignment.read',
    'act.read',
    'clause.read',
    'document.read',
    'denial.record',
    'executed-copy.create',
    'exit.read',
    'exit.record',
    'law.check',
    'law.read',
    'capture.keep',
    'obligation.read',
    'matter.manage',
    'matter.read',
    'person.export',
    'attestation.make',
    'private-mailbox.propose',
    'retention.decide',
    'retention.read',
    'employment.read',
    'employment.record',
    'mandate.manage',
    'task.dismiss',
    'task.read',
  ],
  'hr-reader': [
    'agreement.read',
    'policy.read',
    'person.read',
    'annex.read',
    'assignment.read',
    'act.read',
    'clause.read',
    'document.read',
    'exit.read',
    'law.read',
    'obligation.read',
    'employment.read',
    'task.read',
  ],
  lawyer: [
    'agreement.read',
    'policy.read',
    'person.read',
    'annex.preview',
    'annex.read',
    'assignment.read',
    'act.read',
    'clause.read',
    'clause.review',
    'court-finding.record',
    'denial.record',
    'document.read',
    'dossier.create',
    'dossier.read',
    'exit.read',
    'hold.place',
    'law.check',
    'law.read',
    'capture.keep',
    'obligation.read',
    'law.review',
    'ledger.anchor',
    'ledger.read',
    'matter.read',
    'person.export',
    'retention.read',
    'employment.read',
    'task.read',
  ],
  auditor: ['assignment.read', 'ledger.anchor', 'ledger.read', 'matter.read'],
} as const satisfies Record<string, readonly RightName[]>

export type RoleName = keyof typeof roleRights

declare module '../http/access.ts' {
  interface AccessVocabulary {
    right: RightName
    role: RoleName
  }
}

export const roleNames = Object.keys(roleRights) as readonly RoleName[]
export const rightNames = Object.keys(rights) as readonly RightName[]

/** What a key may do: the rights of its client's role, or the part of them that its scopes name. */
export function effectiveRights(role: RoleName, scopes: readonly string[] | null): ReadonlySet<RightName> {
  const held: readonly RightName[] = roleRights[role]
  return new Set(scopes === null ? held : held.filter((right) => scopes.includes(right)))
}

/**
 * What a lawyer who signed in may do at all: read, and take along what was read. Of whom or what is decided for each request
 * by the matters that were opened to this lawyer (conventions 4.2). A program with the role has all rights of the role.
 */
export const lawyerSessionRights: ReadonlySet<RightName> = new Set<RightName>([
  'employment.read',
  'policy.read',
  'person.read',
  'assignment.read',
  'act.read',
  'agreement.read',
  'document.read',
  'dossier.create',
  'dossier.read',
  'exit.read',
  'ledger.read',
  'obligation.read',
  'matter.read',
  'person.export',
])
