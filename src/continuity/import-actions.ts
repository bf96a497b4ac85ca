import type { EntryId, OrganisationId } from '#core'
import type { Transaction } from '#database'
import type { EntryDraft, LogOfOrganisation } from '#evidence'
import { appendEntries, listLogs } from '#evidence'
import type { ContinuityDeps } from './guard-actions.ts'
import type { ImportedReceipt } from './import-store.ts'
import { findStanding, insertImports } from './import-store.ts'
import type { ImportRefusalName, KeptReceipt, ReceiptFile } from './receipt-file.ts'
import { ImportRefusal, readReceiptFile } from './receipt-file.ts'
import { OperatorRefusal } from './refusal.ts'

/** What became of one file. `entryIndex` is that of the entry `receipt-imported` in the open log. */
export type ImportResult =
  | { readonly file: string; readonly kind: 'imported'; readonly index: number; readonly entryIndex: number }
  | {
      readonly file: string
      readonly kind: 'refused'
      readonly reason: ImportRefusalName
      readonly detail: string
    }

const filesAtOnce = 200

/**
 * Puts receipts of closed logs beside the open one: those whose entry the restored log does not hold. Each becomes an
 * entry `receipt-imported`, which says that somebody brought a proven receipt and never that an act was recorded now.
 * A file that proves nothing, whose entry is still there, or that was brought before is refused by name and hinders no
 * other. Throws an OperatorRefusal when no log was succeeded. Decision 0067.
 */
export async function importReceipts(
  deps: Pick<ContinuityDeps, 'platform' | 'database'>,
  organisationId: OrganisationId,
  files: readonly ReceiptFile[],
): Promise<ImportResult[]> {
  const results: ImportResult[] = []
  const seen = new Set<string>()
  for (let start = 0; start < files.length; start += filesAtOnce) {
    const part = files.slice(start, start + filesAtOnce)
    results.push(
      ...(await deps.database.inOrganisation(organisationId, (trx) => importPart(deps, trx, organisationId, part, seen))), // prettier-ignore
    )
  }
  return results
}

type Judged = { readonly file: string } & (ImportedReceipt & { readonly standing: string } | { readonly refusal: ImportRefusal }) // prettier-ignore

async function importPart(
  { platform }: Pick<ContinuityDeps, 'platform'>,
  trx: Transaction,
  organisationId: OrganisationId,
  files: readonly ReceiptFile[],
  seen: Set<string>,
): Promise<ImportResult[]> {
  const closed = (await listLogs(trx, organisationId)).filter((log) => !log.open)
  if (closed.length === 0)
    throw new OperatorRefusal('No log of this organisation was succeeded, so nothing was lost.')
  const judged: Judged[] = []
  for (const file of files) {
    try {
      const found = await judgeFile(trx, organisationId, closed, file, seen)
      judged.push({ file: file.name, ...found, entryId: platform.newId() as EntryId })
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error
      judged.push({ file: file.name, refusal: error })
    }
  }
  const accepted = judged.filter((each) => 'receipt' in each)
  const at = platform.clock()
  const entries = accepted.length === 0 ? [] : await appendEntries(platform, trx, organisationId, accepted.map((each): EntryDraft => ({ entryId: each.entryId, kind: 'receipt-imported', at, facts: factsOfImport(each) }))) // prettier-ignore
  await insertImports(trx, organisationId, accepted, at)
  return judged.map((each): ImportResult => {
    if ('refusal' in each) {
      return { file: each.file, kind: 'refused', reason: each.refusal.reason, detail: each.refusal.message }
    }
    const { entryIndex } = entries.find((entry) => entry.entryId === each.entryId)!
    return { file: each.file, kind: 'imported', index: each.receipt.index, entryIndex }
  })
}

async function judgeFile(
  trx: Transaction,
  organisationId: OrganisationId,
  closed: readonly LogOfOrganisation[],
  file: ReceiptFile,
  seen: Set<string>,
): Promise<{ receipt: KeptReceipt; logId: LogOfOrganisation['logId']; standing: string }> {
  const receipt = readReceiptFile(file, closed.map((log) => log.verifierKey)) // prettier-ignore
  const { logId, size } = closed.find((log) => log.origin === receipt.origin)!
  const { held, imported } = await findStanding(trx, organisationId, logId, receipt)
  if (held !== null && held.equals(receipt.leafHash)) {
    throw new ImportRefusal('still-there', `the log holds this entry ${receipt.index} itself`)
  }
  if (imported)
    throw new ImportRefusal('imported-already', `the receipt of entry ${receipt.index} was imported before`)
  const name = `${receipt.origin} ${receipt.index} ${receipt.leafHash.toString('hex')}`
  if (seen.has(name))
    throw new ImportRefusal('twice', `another file holds the receipt of entry ${receipt.index}`)
  seen.add(name)
  return {
    receipt,
    logId,
    standing: receipt.index < size ? 'contradicts-restored-log' : 'beyond-restored-log',
  }
}

function factsOfImport({ receipt, standing }: { readonly receipt: KeptReceipt; readonly standing: string }) {
  const { origin, index, entry, leafHash, checkpoint } = receipt
  return { origin, index, entry, leafHash: leafHash.toString('base64'), checkpoint, standing }
}
