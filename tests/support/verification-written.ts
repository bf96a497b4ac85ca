import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { EntryId, Instant, LogId, OrganisationId } from '#core'
import type { DocumentInput, RenderPool } from '#documents'
import { keyObjectSigner, sealBytes } from '#documents'
import type { AppendPlan, EntryDraft } from '#evidence'
import { appendedEntries, formatEvidenceFile, planAppend } from '#evidence'
import type { Trust } from '#verification'
import { readTrust } from '#verification'
import { issueCertificate } from '../../src/documents/seal-certificate.ts'
import { noteSigner, formatVerifierKey } from '../../src/evidence/note-key.ts'
import { emptyRange } from '../../src/evidence/merkle-range.ts'
import { anEd25519Key } from './verification-log.ts'

const organisationId = '01931f00-0000-7000-8000-000000000001' as OrganisationId
const at = '2026-11-21T08:00:00.123Z' as Instant

/** A root and a seal's certificate, issued as the documents room does it. */
function issuedSealKeys() {
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const seal = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const validity = {
    notBefore: '2026-01-01T00:00:00.000Z' as Instant,
    notAfter: '2056-01-01T00:00:00.000Z' as Instant,
    signingKey: authority.privateKey,
  }
  const root = issueCertificate({
    ...validity,
    subject: [{ type: 'commonName', text: 'Development root' }],
    publicKey: authority.publicKey,
    issuer: 'self',
    serialNumber: Buffer.of(0x41, 1),
  })
  const leaf = issueCertificate({
    ...validity,
    subject: [
      { type: 'organization', text: 'Jansen & Zn. Zorg B.V.' },
      { type: 'serialNumber', text: organisationId },
    ],
    publicKey: seal.publicKey,
    issuer: { certificate: root },
    serialNumber: Buffer.of(0x41, 2),
  })
  const lines = root.toString('base64').match(/.{1,64}/g) ?? []
  const rootPem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  return { leaf, rootPem, privateKey: seal.privateKey }
}

/** An organisation whose files are made by the product's own writers, without a database. */
export class WritingOrganisation {
  readonly id = organisationId
  readonly origin = `beding.local/log/${organisationId}`
  readonly logKey = anEd25519Key('written log')
  readonly dossierKey = anEd25519Key('written dossier')
  readonly signer = noteSigner(this.origin, this.logKey.privateKey)
  readonly sealKeys = issuedSealKeys()
  #range = emptyRange
  /** The bytes of the entry appended last. */
  lastEntry = Buffer.alloc(0)

  get vkey(): string {
    return formatVerifierKey(this.signer)
  }

  get trust(): Trust {
    return readTrust([
      { name: 'log.vkey', bytes: Buffer.from(this.vkey) },
      { name: 'dossier.pem', bytes: Buffer.from(this.dossierKey.pem) },
      { name: 'root.pem', bytes: Buffer.from(this.sealKeys.rootPem) },
    ])
  }

  /** Appends entries in one flush, as the ledger plans it. */
  append(drafts: readonly Omit<EntryDraft, 'entryId' | 'at'>[]): AppendPlan {
    const head = {
      organisationId,
      logId: 'log' as LogId,
      origin: this.origin,
      keyId: this.signer.keyHash,
      publicKey: this.logKey.raw,
      sealedPrivateKey: Buffer.alloc(0),
      range: this.#range,
      lastAt: at,
      upperHashes: new Map<string, Buffer>(),
    }
    const whole = drafts.map((draft, number) => ({ ...draft, entryId: `entry ${number}` as EntryId, at }))
    const plan = planAppend(head, whole, this.signer, randomBytes)
    this.#range = plan.after.range
    this.lastEntry = Buffer.from(plan.entries.at(-1)?.entry ?? '')
    return plan
  }

  /** The evidence file of the last entry of a flush. */
  evidenceFile(plan: AppendPlan): string {
    const appended = appendedEntries(plan).at(-1)
    if (appended === undefined) throw new Error('nothing was appended')
    return formatEvidenceFile(appended)
  }

  /** Renders and seals a document. */
  async document(pool: RenderPool, input: DocumentInput): Promise<Buffer> {
    const { bytes } = await pool.render(input)
    const signer = keyObjectSigner(this.sealKeys.privateKey, [this.sealKeys.leaf])
    const statement = { at, name: 'Jansen & Zn. Zorg B.V.', reason: 'Verzegeld' }
    return (await sealBytes(bytes, signer, statement)).bytes
  }
}
