import type { ExamplePerson } from './example-people.ts'
import { examplePeople, examplePeopleCsv } from './example-people.ts'
import { anchorLedger, erasePerson, evidenceBundle, startWitness } from './anchored-story.ts'
import { call, download } from './api-client.ts'
import { playCrypsysStory } from './crypsys-story.ts'
import { playDocuments } from './documents-story.ts'
import { linksInOutbox } from './outbox.ts'
import { playPasskeyStory } from './passkey-story.ts'
import { openSignOn } from './sign-on.ts'

/** What the story needs: where the API is, the keys of three clients, and the folder that plays the mailboxes. */
export type Stage = {
  readonly base: string
  readonly keys: Readonly<
    Record<'organisation-admin' | 'hr-author' | 'hr-approver' | 'hr-publisher' | 'lawyer', string>
  >
  readonly organisationId: string
  readonly outbox: string
  readonly tell: (line: string) => void
}

/** Where the pages stand for the browser: passkeys need a name, not an address. */
export type PasskeyStage = Stage & { readonly publicUrl: string }

/** What the story leaves behind, by file name. */
export type Leavings = {
  readonly spine: Readonly<Record<string, Buffer>>
  readonly anchored: Readonly<Record<string, Buffer>>
  /** Each kind of document: as rendered, at B-LTA and renewed once. */
  readonly documents: Readonly<Record<string, Buffer>>
  /** An act that was signed with a passkey. */
  readonly passkey: Readonly<Record<string, Buffer>>
  /** A settlement with a covenant, an exit, a contact afterwards, and what is to be said of it. */
  readonly crypsys: Readonly<Record<string, Buffer>>
  readonly trust: Readonly<Record<string, Buffer>>
}

type Draft = {
  content: { placeholders: { name: string; value?: string }[]; rules: object[] } & Record<string, unknown>
}
type Shown = {
  language: 'nl' | 'en'
  document: { sha256: string }
  choices: { choice: string; statement: string }[]
}

/** Plays the main story over HTTP, from a policy text to a dossier, and answers the files of it. */
export async function playStory(stage: PasskeyStage, folder: string): Promise<Leavings> {
  const { base, keys, tell } = stage
  const witness = await startWitness(stage, folder)
  try {
    await call(base, 'POST', '/v1/person-imports', { bearer: keys['hr-publisher'], text: { mediaType: 'text/csv', content: examplePeopleCsv() } }) // prettier-ignore
    tell(`${examplePeople.length} people were imported`)
    const policyId = await publishPolicy(stage)
    const links = await assignToEveryone(stage, policyId)
    tell(`${links.size} people have a link in their mailbox`)
    const linkOf = (person: ExamplePerson): string => links.get(person.workEmail)!
    for (const person of examplePeople) await answer(stage, person, linkOf(person))
    const own = linkOf(examplePeople[0]!)
    const dossierId = await orderDossier(stage, policyId)
    const spine = {
      'policy.pdf': await download(base, `/v1/policies/${policyId}/versions/1/editions/nl/document`, keys['hr-author']), // prettier-ignore
      'receipt.pdf': await download(base, '/v1/acts/current/receipt-document', own),
      'receipt.tlog-proof': await download(base, '/v1/acts/current/tlog-proof', own),
      'dossier.zip': await download(base, `/v1/dossiers/${dossierId}/content`, keys.lawyer),
    }
    const documents = await playDocuments(stage, { policyId, dossierId, employee: own, representative: linkOf(examplePeople[1]!) }) // prettier-ignore
    const anchored = await playAnchoredStory(stage, policyId, linkOf)
    const { passkey, crypsys } = await playPasskeys(stage)
    return { spine, anchored, documents, passkey, crypsys, trust: await trustAnchors(stage) }
  } finally {
    await witness.stop()
  }
}

/** What persons do who sign in at their employer's identity provider and sign with passkeys of their own. */
async function playPasskeys(stage: PasskeyStage): Promise<Pick<Leavings, 'passkey' | 'crypsys'>> {
  const person = examplePeople.findLast((each) => each.choice === undefined)!
  const signOn = await openSignOn(stage, { subject: person.externalId, email: person.workEmail })
  try {
    const passkey = await playPasskeyStory(stage, signOn, person)
    return { passkey, crypsys: await playCrypsysStory(stage, signOn) }
  } finally {
    await signOn.stop()
  }
}

/** Somebody answers between two timestamps, somebody else is erased, and a dossier still proves all of it. */
async function playAnchoredStory(
  stage: Stage,
  policyId: string,
  linkOf: (person: ExamplePerson) => string,
): Promise<Leavings['anchored']> {
  const { base, keys } = stage
  await anchorLedger(stage)
  const late = examplePeople.find((person) => person.choice === undefined)!
  await answer(stage, { ...late, choice: 'seen' }, linkOf(late))
  const erased = examplePeople.findLast((person) => person.choice !== undefined)!
  const { body } = await call<{ items: { personId: string; externalId: string }[] }>(base, 'GET', '/v1/persons?pageSize=100', { bearer: keys['hr-publisher'] }) // prettier-ignore
  await erasePerson(stage, body.items.find((person) => person.externalId === erased.externalId)!.personId)
  const dossierId = await orderDossier(stage, policyId)
  const dossier = await download(base, `/v1/dossiers/${dossierId}/content`, keys.lawyer)
  return { 'dossier.zip': dossier, 'anchored-receipt.zip': await evidenceBundle(stage, linkOf(late)) }
}

const values: Readonly<Record<string, string>> = {
  'NAAM ORGANISATIE': 'Voorbeeld & Zonen B.V.',
}
const valueByKind: Readonly<Record<string, string>> = {
  email: 'communicatie@voorbeeld.example',
  person: 'Anna de Vries',
  phone: '+31 20 123 4567',
  url: 'https://voorbeeld.example/regels',
  date: '2027-01-01',
  text: 'afdeling Communicatie',
}

export async function publishPolicy({ base, keys, tell }: Stage): Promise<string> {
  const author = { bearer: keys['hr-author'] }
  const policy = await call<{ policyId: string }>(base, 'POST', '/v1/policies', {
    ...author,
    body: { name: 'Sociale media', owner: 'Communicatie', legalNature: 'contract-term' },
  })
  const { policyId } = policy.body
  await call(base, 'POST', `/v1/policies/${policyId}/drafts`, {
    ...author,
    body: { templateId: 'social-media' },
  })
  const path = `/v1/policies/${policyId}/drafts/1`
  const draft = await call<Draft>(base, 'GET', path, author)
  const { content } = draft.body
  const filled = content.placeholders.map((gap) => ({ ...gap, value: values[gap.name] ?? valueByKind[(gap as { kind?: string }).kind ?? 'text'] })) // prettier-ignore
  const written = await call(base, 'PUT', path, {
    ...author,
    ifMatch: draft.headers.get('etag') ?? '',
    body: { content: { ...content, placeholders: filled, rules: content.rules.map(asContractTerm) } },
  })
  await call(base, 'POST', `${path}/approvals`, {
    bearer: keys['hr-approver'],
    ifMatch: written.headers.get('etag') ?? '',
  })
  tell('the policy was written by one client and approved by another')
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date())
  await call(base, 'POST', `${path}/publications`, {
    bearer: keys['hr-publisher'],
    body: { effectiveFrom: today },
  })
  tell('version 1 was published: one sealed PDF in Dutch, one in English')
  return policyId
}

/** The story asks for agreement, so that all four answers occur; the template by itself is an instruction. */
function asContractTerm(rule: object): object {
  return { ...rule, legalNature: 'contract-term' }
}

async function assignToEveryone(
  { base, keys, outbox }: Stage,
  policyId: string,
): Promise<Map<string, string>> {
  const dueDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(
    Date.now() + 14 * 86_400_000,
  )
  await call(base, 'POST', '/v1/assignments', {
    bearer: keys['hr-publisher'],
    body: { policyId, versionNumber: 1, dueDate, audience: { everyone: true } },
  })
  return linksInOutbox(outbox, examplePeople.length, 60_000)
}

async function answer({ base }: Stage, person: ExamplePerson, link: string): Promise<void> {
  const { body: shown } = await call<Shown>(base, 'POST', '/v1/openings', {
    bearer: link,
    body: { language: null },
  })
  if (person.choice === undefined) return
  const offer = shown.choices.find((each) => each.choice === person.choice)
  if (offer === undefined) throw new Error(`${person.choice} is not offered`)
  const reason = person.choice === 'declined' ? { reason: shown.language === 'nl' ? 'Ik wil dit eerst met de ondernemingsraad bespreken.' : 'I want to discuss this with the works council first.' } : {} // prettier-ignore
  await call(base, 'POST', '/v1/acts', {
    bearer: link,
    body: {
      choice: person.choice,
      language: shown.language,
      documentSha256: shown.document.sha256,
      statement: offer.statement,
      ...reason,
    },
  })
}

async function orderDossier({ base, keys, tell }: Stage, policyId: string): Promise<string> {
  const { body } = await call<{ dossierId: string; treeSize: number }>(base, 'POST', '/v1/dossiers', {
    bearer: keys.lawyer,
    body: { subject: { policyId }, purpose: 'Demonstration' },
  })
  tell(`a dossier was frozen at ${body.treeSize} entries of the ledger`)
  return body.dossierId
}

async function trustAnchors({ base, organisationId }: Stage): Promise<Record<string, Buffer>> {
  type Keys = Record<'logVkey' | 'dossierPem' | 'rootPem' | 'tsaRootsPem' | 'witnessPolicy', string> & { earlierRootPems: string[] } // prettier-ignore
  const { body } = await call<Keys>(base, 'GET', `/v1/organisations/${organisationId}/verification-keys`) // prettier-ignore
  return {
    'log.vkey': Buffer.from(`${body.logVkey}\n`),
    'dossier.pem': Buffer.from(body.dossierPem),
    'root.pem': Buffer.from(body.rootPem),
    ...Object.fromEntries(body.earlierRootPems.map((pem, position) => [`earlier-${position + 1}-root.pem`, Buffer.from(pem)])), // prettier-ignore
    'tsa-roots.pem': Buffer.from(body.tsaRootsPem),
    'policy.txt': Buffer.from(body.witnessPolicy),
  }
}
