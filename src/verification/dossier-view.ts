import type { Checkpoint } from './checkpoint.ts'
import type { Manifest } from './dossier-manifest.ts'
import type { Erasures } from './erasures.ts'
import type { Trust } from './trust.ts'
import type { WitnessPolicy } from './witness-policy.ts'
import type { Archive } from './zip-archive.ts'

/** What the checks of the parts of a dossier need to know of the whole. */
export type DossierView = {
  readonly trust: Trust
  readonly files: Archive
  readonly manifest: Manifest | undefined
  /** The checkpoint of the dossier, if it could be read. */
  readonly checkpoint: Checkpoint | undefined
  /** Whether a pinned key of the log signed that checkpoint. */
  readonly signed: boolean
  /** The log's key that the dossier brings, if it could be read. */
  readonly logKey: Buffer | undefined
  /** The policy that the dossier brings, if it could be read. */
  readonly policy: WitnessPolicy | undefined
  readonly erasures: Erasures
}
