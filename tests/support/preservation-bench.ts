import { addMilliseconds, sha256, sha256Hex, type DocumentId, type Instant, type OrganisationId } from '#core'
import {
  createSealKey,
  loadDocumentFile,
  loadSealKey,
  sealDocument,
  storeDocument,
  type DocumentFile,
} from '#documents'
import { insertOrganisation } from '#organisations'
import type { Logger } from '#platform'
import { preservationJob, type PreservationDeps, type PreservationSettings } from '#preservation'
import type { RevocationEvidence, RevocationOutcome } from '#revocation'
import type { TimestampAuthority } from '#timestamps'
import { renderDocument } from '../../src/documents/document-rendering.ts'
import type { TestDatabase } from './database.ts'
import { aPolicyEdition } from './documents-samples.ts'
import { capturedLog, type CapturedLog } from './http-server.ts'
import { testPlatform, type TestPlatform } from './platform.ts'
import { tsaKeys, type TsaKeys } from './timestamps-keys.ts'
import { aTimestampResponse } from './timestamps-token.ts'

export const minute_ms = 60_000
export const day_ms = 86_400_000
export const year_ms = 365 * day_ms

const rendered = await renderDocument(aPolicyEdition())

/** A TSA somewhere whose certificates end at a moment that the test chooses. */
export type TestTsa = TimestampAuthority & { readonly keys: TsaKeys }

export function aTsa(platform: TestPlatform, name: string, endsAt: Instant): TestTsa {
  const until = `${endsAt.slice(2, 19).replace(/\D/g, '')}Z`
  const keys = tsaKeys({ name, until }, { name: `${name} authority` }, { name: `${name} root` })
  return {
    name,
    keys,
    development: false,
    roots: [keys.root.der],
    exchange: (request) => Promise.resolve(aTimestampResponse(request, keys, platform.clock())),
  }
}

/** What the stand-in for revocation answers; everything is good unless told otherwise. */
export type TestRevocation = {
  readonly revocationOf: PreservationDeps['revocationOf']
  /** From now on this is the answer about chains with that certificate, or about every chain. */
  readonly answer: (outcome: 'good' | 'revoked' | 'unavailable', certificate?: Buffer) => void
  /** How often somebody elsewhere was asked, answers that were shared not counted. */
  readonly asked: () => number
}

/** Answers that hold for a day and are shared while they do, as the room does it; the bytes are made up. */
export function testRevocation(): TestRevocation {
  const shared = new Map<string, RevocationEvidence>()
  let asked = 0
  let mood: { readonly outcome: string; readonly certificate: Buffer | undefined } | undefined
  const evidenceFor = (certificate: Buffer, at: Instant): RevocationEvidence => {
    const certificateSha256 = sha256Hex(certificate)
    const found = shared.get(certificateSha256)
    if (found !== undefined && at <= found.nextUpdate!) return found
    asked += 1
    const made: RevocationEvidence = {
      kind: 'ocsp',
      der: Buffer.concat([Buffer.from('an answer about '), sha256(certificate), Buffer.from(at)]),
      certificates: [Buffer.from('the certificate of a responder')],
      thisUpdate: at,
      nextUpdate: addMilliseconds(at, day_ms),
      certificateSha256,
    }
    shared.set(certificateSha256, made)
    return made
  }
  return {
    revocationOf: (chain, at): Promise<RevocationOutcome> => {
      const [leaf] = chain
      const isMeant = mood?.certificate === undefined || chain.some((each) => each.equals(mood!.certificate!))
      const evidence = chain.slice(0, -1).map((certificate) => evidenceFor(certificate, at))
      if (mood === undefined || mood.outcome === 'good' || !isMeant)
        return Promise.resolve({ kind: 'good', evidence, attempts: [] })
      if (mood.outcome === 'unavailable')
        return Promise.resolve({
          kind: 'unavailable',
          attempts: ['ocsp', 'crl'].map((source) => ({
            source: source as 'ocsp' | 'crl',
            url: `http://${source}.example/`,
            failure: 'unreachable',
            detail: 'nobody is there',
            certificateSha256: sha256Hex(leaf!),
          })),
        })
      return Promise.resolve({
        kind: 'revoked',
        certificateSha256: sha256Hex(leaf!),
        revokedAt: at,
        reason: 'keyCompromise',
        evidence: evidence[0]!,
        attempts: [],
      })
    },
    answer: (outcome, certificate) => void (mood = { outcome, certificate }),
    asked: () => asked,
  }
}

export type PreservationBench = {
  readonly organisationId: OrganisationId
  readonly platform: TestPlatform
  readonly captured: CapturedLog
  readonly deps: PreservationDeps
  readonly revocation: TestRevocation
  /** The certificate of the seal. */
  readonly sealLeaf: Buffer
  readonly store: () => Promise<DocumentId>
  readonly round: () => Promise<Instant | null>
  readonly file: (documentId: DocumentId) => Promise<DocumentFile>
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
  readonly state: (documentId: DocumentId) => Promise<any>
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test asserts
  readonly events: () => Promise<any[]>
  readonly metric: (name: string, labels?: string) => number | undefined
}

/** An organisation with a seal, whose documents are preserved with these authorities. */
export async function aPreservationBench(
  db: TestDatabase,
  authorities: readonly TimestampAuthority[],
  platform: TestPlatform = testPlatform(),
  settings: Partial<PreservationSettings> = {},
): Promise<PreservationBench> {
  const { database, adminQuery } = db
  const organisationId = platform.newId() as OrganisationId
  const captured = capturedLog()
  const revocation = testRevocation()
  await database.inOrganisation(organisationId, async (trx) => {
    await insertOrganisation(trx, { organisationId, name: 'Jansen & Zn.', createdAt: platform.clock() })
    await createSealKey(platform, trx, organisationId, 'Jansen & Zn.', platform.clock())
  })
  const keyInUse = () =>
    database.readInOrganisation(organisationId, (trx) => loadSealKey(platform, trx, organisationId))
  const roots = authorities.flatMap((authority) => authority.roots)
  const deps: PreservationDeps = {
    platform: { ...platform, log: captured.log as Logger },
    database,
    authorities,
    timestampRoots: () => Promise.resolve(roots),
    revocationOf: revocation.revocationOf,
    settings,
  }
  const store = async (): Promise<DocumentId> => {
    const sealed = await sealDocument(await keyInUse(), rendered, {
      at: platform.clock(),
      name: 'Jansen & Zn.',
    })
    const documentId = platform.newId() as DocumentId
    await database.inOrganisation(
      organisationId,
      (trx) =>
      storeDocument(trx, organisationId, { documentId, kind: 'policy-edition', language: 'nl', title: 'Code', createdAt: platform.clock() }, sealed), // prettier-ignore
    )
    return documentId
  }
  return {
    organisationId,
    platform,
    captured,
    deps,
    revocation,
    sealLeaf: (await keyInUse()).signer.chain[0]!,
    store,
    round: () => preservationJob(deps).work(organisationId),
    file: (documentId) =>
      database.readInOrganisation(organisationId, (trx) => loadDocumentFile(trx, organisationId, documentId)),
    state: async (documentId) => {
      const rows = await adminQuery('select * from document_preservation where document_id = $1', [
        documentId,
      ])
      return rows[0]
    },
    events: async () => {
      const rows = await adminQuery<{ body: string }>(
        "select body from webhook_event where organisation_id = $1 and type like 'document.%' order by occurred_at, event_id",
        [organisationId],
      )
      return rows.map(({ body }) => JSON.parse(body).data)
    },
    metric: (name, labels = '') => {
      const line = platform.metrics
        .render()
        .split('\n')
        .find((each) => each.startsWith(`${name}${labels} `))
      return line === undefined ? undefined : Number(line.split(' ').at(-1))
    },
  }
}
