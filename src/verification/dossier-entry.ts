import { demandActFacts, editionSha256, isEditionList, reportAct, reportActLimits } from './act-facts.ts'
import type { Json } from './canonical-json.ts'
import type { Facts } from './disclosures.ts'
import { entryFolder, fileOf } from './dossier-files.ts'
import type { Manifest } from './dossier-files.ts'
import { parseEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import { checkEntryProof } from './entry-proof.ts'
import type { ProvenEntry } from './entry-proof.ts'
import type { Findings } from './findings.ts'
import { leafHash } from './merkle-tree.ts'
import { checkDisclosures } from './receipt-evidence.ts'
import { demand } from './refusal.ts'
import { decodeUtf8, isSha256Hex } from './strict-text.ts'
import type { Trust } from './trust.ts'
import type { Archive } from './zip-archive.ts'

/** What an entry of a dossier came to. */
export type DossierEntry = {
  readonly leafHash: string
  /** undefined if the content was erased or did not match. */
  readonly facts: Facts | undefined
  readonly erased: boolean
  /** Hashes of documents that the facts name. */
  readonly documents: readonly string[]
  /** The hash of the content that a publication names. */
  readonly contentSha256: string | undefined
}

/** Checks one entry of a dossier: both proofs, its disclosures, and that the manifest says of it what it says. */
export function checkDossierEntry(
  outer: Findings,
  trust: Trust,
  files: Archive,
  manifest: Manifest | undefined,
  index: number,
): DossierEntry {
  const folder = entryFolder(index)
  const findings = outer.under(folder)
  const bytes = fileOf(files, `${folder}/entry.json`)
  const entry = findings.attempt(
    'entry.json',
    () => parseEntry(bytes),
    (read) => `${read.kind} of ${read.at}`,
  )
  for (const part of ['receipt.tlog-proof', 'dossier.tlog-proof']) {
    const proven = checkEntryProof(findings.under(part), trust, fileOf(files, `${folder}/${part}`), bytes)
    if (proven !== undefined) checkPlace(findings.under(part), files, part, proven, index)
  }
  const disclosed = files.get(`${folder}/disclosures.txt`)
  const facts = entry === undefined ? undefined : checkFacts(findings, entry, disclosed)
  if (entry !== undefined && manifest !== undefined)
    checkAgainstManifest(findings, manifest, index, entry, facts)
  return {
    leafHash: leafHash(bytes).toString('hex'),
    facts,
    erased: disclosed === undefined,
    documents: facts === undefined ? [] : documentsNamedBy(facts),
    contentSha256: facts === undefined ? undefined : publishedContent(facts),
  }
}

function checkPlace(
  findings: Findings,
  files: Archive,
  part: string,
  proven: ProvenEntry,
  index: number,
): void {
  findings.attempt(
    'place',
    () => {
      demand(proven.index === index, `the proof is for index ${proven.index}, the folder for index ${index}`)
      const same = fileOf(files, 'checkpoint').equals(Buffer.from(proven.checkpoint.note, 'utf8'))
      demand(
        part === 'receipt.tlog-proof' || same,
        'the proof leads to another checkpoint than that of the dossier',
      )
      return proven
    },
    () => (part === 'receipt.tlog-proof' ? 'the same index as its folder' : 'the checkpoint of the dossier'),
  )
}

function checkFacts(findings: Findings, entry: Entry, disclosed: Buffer | undefined): Facts | undefined {
  if (disclosed === undefined) {
    findings.passed('disclosures', 'ERASED: what the entry said is gone; that it stood here is still proven')
    return undefined
  }
  const lines = findings.attempt(
    'disclosures.txt',
    () => {
      const text = decodeUtf8(disclosed)
      demand(text === '' || text.endsWith('\n'), 'the last disclosure has no newline')
      return text.split('\n').slice(0, -1)
    },
    ({ length }) => `${length} disclosures, one a line`,
  )
  const facts = lines === undefined ? undefined : checkDisclosures(findings, { entry }, lines)
  if (facts === undefined || entry.kind !== 'act') return facts
  findings.attempt(
    'act facts',
    () => {
      demandActFacts(facts)
      return facts
    },
    () => 'the facts are exactly those of an act',
  )
  reportAct(findings, facts)
  reportActLimits(findings, facts)
  return facts
}

function checkAgainstManifest(
  findings: Findings,
  manifest: Manifest,
  index: number,
  entry: Entry,
  facts: Facts | undefined,
): void {
  findings.attempt(
    'manifest',
    () => {
      const listed = manifest.entries.get(index)
      demand(listed !== undefined, 'the manifest does not list this entry')
      demand(listed.kind === entry.kind, `the manifest calls this ${entry.kind} a ${listed.kind}`)
      for (const hash of listed.documents) {
        demand(manifest.documentTitles.has(hash), `document ${hash} of this entry is not in the dossier`)
      }
      for (const earlier of entry.references) demand(earlier < index, 'the entry refers to a later one')
      if (facts !== undefined) demandFactsOf(manifest, entry, facts, listed.documents)
      return listed
    },
    () => 'the manifest says of this entry what it says itself',
  )
}

function demandFactsOf(manifest: Manifest, entry: Entry, facts: Facts, listed: readonly string[]): void {
  const named = documentsNamedBy(facts)
  for (const hash of listed) demand(named.includes(hash), `the manifest ties document ${hash} to an entry that does not name it`) // prettier-ignore
  if (entry.kind !== 'act') return
  demand(facts.get('organisationId') === manifest.organisation.id, 'the act was done at another organisation')
  const subject = facts.get(manifest.subject.kind === 'person' ? 'personId' : 'policyId')
  demand(
    subject === manifest.subject.id,
    `the act is about another ${manifest.subject.kind} than the dossier`,
  )
}

/** The hashes of documents in facts: what was shown, its other editions, or the editions of a publication. */
function documentsNamedBy(facts: Facts): string[] {
  const shown = facts.get('documentSha256')
  const editions = [facts.get('otherEditionsSha256'), facts.get('documents')].flatMap(hashesOf)
  return isSha256Hex(shown) ? [shown, ...editions] : editions
}

function publishedContent(facts: Facts): string | undefined {
  const hash = facts.get('contentSha256')
  return isSha256Hex(hash) ? hash : undefined
}

function hashesOf(value: Json | undefined): string[] {
  if (value === undefined || !isEditionList(value)) return []
  return (value as string[]).map((item) => editionSha256(item) as string)
}
