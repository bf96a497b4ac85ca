import { sha256, type DocumentId } from '#core'
import { findDocumentOfRevision, loadDocumentFile, type DocumentFile } from '#documents'
import { runDueJobs } from '#jobs'
import { preservationOf } from './preservation-service.ts'
import type { TestAnswer, TestService } from './service.ts'
import { assigned, imported, published, shown, somePeople } from './story.ts'

/** Uploads a file as anybody may. */
export async function verifyUpload(
  service: Pick<TestService, 'server'>,
  bytes: Uint8Array,
  { query = '', mediaType = 'application/pdf', address = '127.0.0.1' } = {},
): Promise<TestAnswer> {
  const answer = await service.server.inject({
    method: 'POST',
    url: `/v1/document-verifications${query}`,
    headers: { 'content-type': mediaType },
    payload: Buffer.from(bytes),
    remoteAddress: address,
  })
  return {
    status: answer.statusCode,
    body: JSON.parse(answer.body) as unknown,
    headers: answer.headers as TestAnswer['headers'],
    bytes: answer.rawPayload,
  }
}

/** Files that the service handed out, made the way people make them. */
export type HandedOut = {
  readonly edition: Buffer
  readonly receipt: Buffer
  readonly personName: string
}

/** Publishes a policy, lets one person answer, and fetches the Dutch edition and the receipt. */
export async function filesHandedOut(service: TestService, tenant = service.own): Promise<HandedOut> {
  const people = somePeople(1)
  await imported(service, tenant, people)
  const version = await published(service, tenant)
  const links = await assigned(service, tenant, version, 1)
  const link = [...links.values()][0]!
  const act = await service.send('POST', '/v1/acts', {
    as: link,
    body: await shown(service, link, 'agreed'),
  })
  if (act.status !== 201) throw new Error(JSON.stringify(act.body))
  const receipt = await service.send('GET', '/v1/acts/current/receipt-document', { as: link })
  const path = `/v1/policies/${version.policyId}/versions/1/editions/nl/document`
  const edition = await service.send('GET', path, { as: tenant.keys['hr-author'] })
  if (receipt.status !== 200 || edition.status !== 200) throw new Error('a file could not be fetched')
  const [person] = people
  return {
    edition: edition.bytes,
    receipt: receipt.bytes,
    personName: `${person!.givenName} ${person!.familyName}`,
  }
}

/** Lets every document get as far as it can with the authorities of this installation, as the service does in the background. */
export async function preserve(service: TestService): Promise<void> {
  const { database, platform } = service
  const { job } = await preservationOf(service)
  for (let round = 0; round < 10 && (await runDueJobs({ platform, database }, [job])) > 0; round++) {
    platform.advanceClock(1_000)
  }
}

/** The file with one bit changed in the middle of its longest stream, and where. */
export function withOneBitChanged(bytes: Buffer): { readonly changed: Buffer; readonly place: number } {
  const streams = [...bytes.toString('latin1').matchAll(/\nstream\n[^]*?\nendstream/g)]
  const longest = streams.toSorted((one, other) => other[0].length - one[0].length)[0]!
  const place = longest.index + Math.floor(longest[0].length / 2)
  const changed = Buffer.from(bytes)
  changed[place]! ^= 1
  return { changed, place }
}

/** What stands about the document that was handed out as these bytes, with its newest ones. */
export function documentFile({ database, own }: TestService, handedOut: Buffer): Promise<DocumentFile> {
  const { organisationId } = own
  return database.readInOrganisation(organisationId, async (trx) => {
    const found = await findDocumentOfRevision(trx, organisationId, sha256(handedOut))
    return loadDocumentFile(trx, organisationId, found?.documentId as DocumentId)
  })
}
