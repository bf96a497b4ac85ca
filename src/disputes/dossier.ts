import type { ClientId, DossierId, EntryId, Instant, LogId, PersonId, PolicyId } from '#core'
import type { PadesLevel, RevisionKind } from '#documents'

/** Whom or what a dossier is about. */
export type DossierSubject =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'policy'; readonly policyId: PolicyId }

/** What an archive is about: a dossier's subject, or the one act of a person's own evidence bundle. */
export type ArchiveSubject = { readonly kind: 'person' | 'policy' | 'act'; readonly id: string }

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
  /** The human who made it, by the name and in the role of their sign-in; null where a program did. */
  readonly exportedBy: string | null
}

/** From when on a dossier's file stays the same, and why its own checkpoint has no anchor, if it has none. */
export type FrozenDossier = { readonly frozenAt: Instant; readonly unanchoredBecause: string | null }

/** An entry of the ledger that belongs in a dossier, with everything that proves it. */
export type DossierEntry = {
  readonly index: number
  readonly kind: string
  readonly entry: string
  /** null once its whole content was erased; a null among them is a fact that was. The proofs stay valid. */
  readonly disclosures: readonly (string | null)[] | null
  /** The proof as it was handed out when the entry was made. */
  readonly receiptProof: string
  /** The proof of the same entry in the dossier's checkpoint. */
  readonly dossierProof: string
  /** From the checkpoint of the proof that was handed out to that of the dossier. */
  readonly consistency: readonly Buffer[]
  /** SHA-256, in hex, of the documents that the entry speaks of. */
  readonly documents: readonly string[]
}

/** A checkpoint to which others have put their time or their signature. */
export type DossierAnchor = {
  readonly size: number
  /** As the log signed it, and as the timestamp authority hashed it. */
  readonly note: string
  /** Timestamp responses (RFC 3161, DER): the first is over the note, each other over the one before. */
  readonly timestamps: readonly Buffer[]
  /** The note with the lines of the witnesses; null without any. */
  readonly cosigned: string | null
  /** True when the timestamps are of a development authority, which proves nothing to anybody else. */
  readonly development: boolean
  /** To the checkpoint of the dossier. */
  readonly consistency: readonly Buffer[]
}

/** A document at the revision that it had when the dossier was frozen. */
export type DossierDocument = {
  /** Of the file as it was sealed, which people were shown and entries name, in hex. */
  readonly sha256: string
  readonly frozenLength: number
  readonly title: string
  /** `none` of a file that came from elsewhere: it has no seal of ours. */
  readonly level: PadesLevel | 'none'
  /** Oldest first; the last one is the file that travels. */
  readonly revisions: readonly DossierRevision[]
  readonly bytes: Buffer
}

/** The first so many bytes of a file, and their SHA-256 in hex. */
export type DossierRevision = {
  readonly kind: RevisionKind
  readonly length: number
  readonly sha256: string
}

/** Everything a dossier's file is made from. */
export type DossierMaterial = {
  readonly dossierId: string
  readonly subject: ArchiveSubject
  readonly treeSize: number
  readonly createdAt: Instant
  /** The human who took it along; null where a program did. */
  readonly exportedBy: string | null
  readonly organisation: { readonly id: string; readonly name: string }
  readonly checkpoint: string
  readonly entries: readonly DossierEntry[]
  readonly documents: readonly DossierDocument[]
  readonly keys: {
    readonly logVkey: string
    readonly logPem: string
    readonly dossierPem: string
    readonly rootPem: string
    /** Of seal keys that were used before; none for most. */
    readonly earlierRootPems: readonly string[]
    /** The roots of the timestamp authorities, one after the other; empty without any. */
    readonly tsaRootsPem: string
  }
  readonly anchors: readonly DossierAnchor[]
  /** Why the dossier's own checkpoint has no timestamp; null when it has one. */
  readonly unanchored: string | null
  /** A copy of the witness policy (C2SP tlog-policy). */
  readonly policy: string
  /** The verifiers that travel along. */
  readonly verifiers: { readonly html: string; readonly python: string }
}

/** How many acts one dossier may hold, so that making it stays within memory and patience. */
export const dossierActsMax = 10_000
