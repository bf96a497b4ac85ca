import type { OrganisationId } from '#core'

/** A head of a log that somebody outside the database knows. */
export type KnownHead = {
  /** Words for people: `file`, `witness <name>`, `anchor`, `operator`. */
  readonly source: string
  readonly origin: string
  readonly size: number
  /** Null where only the size is known, as from the 409 of a witness (C2SP tlog-witness). */
  readonly root: Buffer | null
  /** The signed note, where it was seen. What has a note is believed only if the log's key signed it. */
  readonly note: string | null
}

/** Asks somebody outside for the heads of an organisation's logs. May fail; then it says nothing about the log. */
export type HeadSource = (organisationId: OrganisationId) => Promise<readonly KnownHead[]>
