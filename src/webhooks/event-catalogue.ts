/**
 * Every event that another system can be told of: when it happens, and what its `data` holds. Data are ids, words of ours,
 * counts, digests and moments, never a person's name or address (decision 0064). A type is never reused; data that
 * change in a way that breaks a reader get a new type.
 */
export const eventCatalogue = {
  'act.status-changed': {
    summary:
      'Something was said against an act, or taken back, or a court found whose act it is. While it is denied nothing may rest on it.',
    data: 'The act, what happened (denied, denial-recorded, denial-withdrawn, court-finding), and the status after it.',
  },
  'agreement.concluded': {
    summary:
      'Both parties answered everything. With outcome blocked a rule stops it, and it never comes into force.',
    data: 'The agreement, the outcome, when the second party acted, the evaluation, and what blocks it.',
  },
  'agreement.ended': {
    summary: 'An agreement, or one annex of it, is not in force from a day on.',
    data: 'The agreement, the annex or null, the day, how it ended, and the agreement that came in its place.',
  },
  'agreement.imported': {
    summary: 'An agreement from before this service was taken over. It is never in force here.',
    data: 'The agreement, the employment, and the evaluation.',
  },
  'agreement.offered': {
    summary: 'One bundle was put before an employee and before somebody who signs for the employer.',
    data: 'The agreement, the employment, the hash of the bundle, and the annexes.',
  },
  'ceremony.ended': {
    summary: 'A request to answer ended without an answer: its term ran out, it was withdrawn, or replaced.',
    data: 'How it ended, when, how many, the entry in the ledger, and the first hundred assignments.',
  },
  'ceremony.misdelivered': {
    summary: 'Whoever opened a link said that it is not for them. The link takes no answer any more.',
    data: 'The assignment, the person it was meant for, and when.',
  },
  'delivery.bounced': {
    summary: 'A message to a person came back.',
    data: 'The assignment, the message, and when.',
  },
  'document.preservation-delayed': {
    summary:
      'A document could not be given its next time-stamp or validation data. It keeps the level it has.',
    data: 'The document, its level, the step, why it waits, and since when. Of causes that lie with others, the first document only.',
  },
  'ledger.anchor-delayed': {
    summary: 'No time-stamping authority gave a token for the newest checkpoint in time.',
    data: 'The log, the size of the checkpoint that waits, and since when.',
  },
  'ledger.anchor-rejected': {
    summary: 'A time-stamping authority answered with a token that does not hold.',
    data: 'The log, the authority and the named reason.',
  },
  'ledger.audit-failed': {
    summary: 'The audit of the ledger found records that do not agree with each other.',
    data: 'The log and the findings: names and indexes, no content.',
  },
  'ledger.stopped': {
    summary: 'The ledger refuses to sign: its head lies behind what is known outside the database.',
    data: 'The log, the size it has and the size that is known.',
  },
  'ledger.witness-conflict': {
    summary: 'A witness has seen a larger ledger than there is here, or one that this one does not continue.',
    data: 'The log, the name of the key of the witness, the size here, and the size there when it is known.',
  },
  'retention.executed': {
    summary: 'Content whose retention ended was erased.',
    data: 'The proposal and how many records it concerned.',
  },
  'retention.proposed': {
    summary: 'The retention of records ends; somebody has to confirm that they are erased.',
    data: 'The proposal, the retention class and how many records it concerns.',
  },
  'task.closed': {
    summary: 'A task that a change had opened has closed.',
    data: 'The task, its kind, and how it closed: agreed, reviewed, settled, ended or dismissed.',
  },
  'task.opened': {
    summary:
      'A change of an employment, of the organisation or of the rules makes something necessary: somebody has to do it.',
    data: 'The task, its kind, employment, person and agreement where it is about one, the evaluation, and the rules.',
  },
  'webhook.test': {
    summary: 'Somebody asked for a test of one endpoint.',
    data: 'The endpoint.',
  },
} as const satisfies Record<string, { readonly summary: string; readonly data: string }>

export type EventType = keyof typeof eventCatalogue
export const eventTypes = Object.keys(eventCatalogue) as readonly EventType[]

/** The types an endpoint can choose. A test goes to the endpoint it was asked for, whatever that one chose. */
export const chosenEventTypes = eventTypes.filter((type) => type !== 'webhook.test')
