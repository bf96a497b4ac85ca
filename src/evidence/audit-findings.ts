/** Everything an audit can find. The name says which two things contradict each other. */
export type AuditFindingName =
  | 'key-differs' // the log's key is not the key its id and origin say
  | 'entry-missing' // there is no row for an index below the head's size
  | 'entry-malformed' // the stored bytes are not an entry, or it refers to an entry that is not before it
  | 'entry-kind-differs' // the column says another kind than the entry
  | 'entry-time-differs' // the column says another time than the entry
  | 'entry-time-goes-back' // the entry says an earlier time than the one before it
  | 'leaf-hash-differs' // the stored leaf hash is not the hash of the entry
  | 'disclosures-missing' // content is gone and no erasure in the log says so
  | 'disclosures-not-erased' // the log says that content was erased and it is still there
  | 'disclosure-differs' // the disclosures are not those the entry committed to
  | 'disclosure-malformed' // a disclosure is not one, or they are out of order
  | 'proof-fails' // the stored proof does not lead from the entry to its checkpoint
  | 'checkpoint-missing' // the checkpoint that an entry's proof leads to is not there
  | 'checkpoint-root-differs' // the stored or signed root is not the root over the entries
  | 'checkpoint-time-differs' // the column says another time than the last entry of the checkpoint
  | 'checkpoint-note-invalid' // the note is not a checkpoint of that size signed by the log's key
  | 'tile-missing' // a tile that is full by the head's size is not there
  | 'tile-differs' // a tile holds other hashes than the tree
  | 'tile-unexpected' // there are more tiles than the head's size allows
  | 'head-differs' // the head's frontier or time is not that of the entries
  | 'beyond-head' // entries or checkpoints lie outside the size the head says

/** One contradiction, and where: `entry 12`, `tile 0/3`, `checkpoint 17`, `head`. */
export type AuditFinding = { readonly name: AuditFindingName; readonly subject: string }

const listedMax = 1_000

/** Collects findings; keeps the first 1,000, because one changed entry makes every later checkpoint wrong. */
export class AuditFindings {
  readonly listed: AuditFinding[] = []
  omitted = 0

  add(name: AuditFindingName, subject: string): void {
    if (this.listed.length < listedMax) this.listed.push({ name, subject })
    else this.omitted += 1
  }
}
