import type { ClientId, DossierId, EntryId, Instant, LogId, PersonId, PolicyId } from '#core'

/** Whom or what a dossier is about. */
export type DossierSubject =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'policy'; readonly policyId: PolicyId }

/** A dossier: a question frozen at a size of the ledger. */
export type Dossier = {
  readonly dossierId: DossierId
  readonly subject: DossierSubject
  readonly purpose: string
  readonly logId: LogId
  readonly treeSize: number
  readonly createdBy: ClientId
  readonly createdAt: Instant
  readonly entryId: EntryId
}

/** An entry of the ledger that belongs in a dossier, with everything that proves it. */
export type DossierEntry = {
  readonly index: number
  readonly kind: string
  readonly entry: string
  /** null once its content was erased; the proofs stay valid. */
  readonly disclosures: readonly string[] | null
  /** The proof as it was handed out when the entry was made. */
  readonly receiptProof: string
  /** The proof of the same entry in the dossier's checkpoint. */
  readonly dossierProof: string
  /** SHA-256, in hex, of the documents that the entry speaks of. */
  readonly documents: readonly string[]
}

export type DossierDocument = { readonly sha256: string; readonly title: string; readonly bytes: Buffer }

/** Everything a dossier's file is made from. */
export type DossierMaterial = {
  readonly dossier: Dossier
  readonly organisation: { readonly id: string; readonly name: string }
  readonly checkpoint: string
  readonly entries: readonly DossierEntry[]
  readonly documents: readonly DossierDocument[]
  readonly keys: {
    readonly logVkey: string
    readonly logPem: string
    readonly dossierPem: string
    readonly rootPem: string
  }
}

/** How many acts one dossier may hold, so that making it stays within memory and patience. */
export const dossierActsMax = 2_000
