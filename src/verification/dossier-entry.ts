import { checkActEvidence } from './act-evidence.ts'
import {
  demandPartOfActFacts,
  editionSha256,
  isEditionList,
  reportAct,
  reportActLimits,
} from './act-facts.ts'
import { documentsOfBundle } from './bundle-manifest.ts'
import type { Json } from './canonical-json.ts'
import { checkConsistency } from './consistency-check.ts'
import { factText, openDisclosures } from './disclosures.ts'
import type { Disclosed, Facts } from './disclosures.ts'
import type { Anchor } from './dossier-anchors.ts'
import { entryFolder, fileOf } from './dossier-files.ts'
import type { Manifest } from './dossier-manifest.ts'
import type { DossierView } from './dossier-view.ts'
import { parseEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import { checkEntryProof } from './entry-proof.ts'
import type { ProofWishes, ProvenEntry } from './entry-proof.ts'
import { countErased, disclosureLines, erasureKind } from './erasures.ts'
import type { Findings } from './findings.ts'
import { leafHash } from './merkle-tree.ts'
import { demand } from './refusal.ts'
import type { SigningEntries } from './signing-entries.ts'
import { isSha256Hex } from './strict-text.ts'

/** What is shown of an entry, and what became of the rest. */
export type Content = {
  readonly facts: Facts
  /** How many facts are not shown because they were erased, and how many for no reason that is given. */
  readonly erased: number
  readonly withheld: number
  /** Names of facts that are not shown, where the kind of the entry tells them. */
  readonly hiddenNames: readonly string[] | undefined
}

/** What is known when an entry is looked at: the anchors, and what earlier entries say about keys. */
export type EntrySurroundings = { readonly anchors: readonly Anchor[]; readonly signing: SigningEntries }

/** What an entry of a dossier came to. */
export type DossierEntry = {
  readonly leafHash: string
  readonly entry: Entry | undefined
  /** undefined if what is shown did not match. */
  readonly content: Content | undefined
  /** Hashes of documents that the facts name. */
  readonly documents: readonly string[]
  /** The hash of the content that a publication names. */
  readonly contentSha256: string | undefined
}

/** Checks one entry of a dossier: both proofs, its disclosures, and that the manifest says of it what it says. */
export function checkDossierEntry(
  findings: Findings,
  view: DossierView,
  index: number,
  around: EntrySurroundings,
): DossierEntry {
  const folder = entryFolder(index)
  const bytes = fileOf(view.files, `${folder}/entry.json`)
  const entry = findings.attempt(
    'entry.json',
    () => parseEntry(bytes),
    (read) => `${read.kind} of ${read.at}`,
  )
  const expected = { expected: bytes, entry }
  checkReceipt(findings, view, index, expected)
  checkDossierProof(findings, view, index, expected)
  const content = entry === undefined ? undefined : checkContent(findings, view, entry, index)
  if (entry !== undefined && view.manifest !== undefined)
    checkAgainstManifest(findings, view.manifest, index, entry, content)
  const facts: Facts = content?.facts ?? new Map()
  const hash = leafHash(bytes).toString('hex')
  if (entry !== undefined && content !== undefined)
    checkSigning(findings, view, { index, leafHash: hash, entry, content }, around)
  return {
    leafHash: hash,
    entry,
    content,
    documents: documentsNamedBy(facts),
    contentSha256: publishedContent(facts),
  }
}

/** What an act rests on: the act itself, or an entry about keys that acts behind it rest on. */
function checkSigning(
  findings: Findings,
  { checkpoint, manifest, trust }: DossierView,
  {
    index,
    leafHash: hash,
    entry,
    content,
  }: { index: number; leafHash: string; entry: Entry; content: Content },
  { anchors, signing }: EntrySurroundings,
): void {
  const { facts } = content
  const whole = content.erased + content.withheld === 0
  const { kind, references } = entry
  signing.see(findings, { index, leafHash: hash, kind, references, facts, whole })
  if (kind !== 'act') return
  const logOrigin = checkpoint?.origin
  const documents = manifest?.documents
  const qualifiedRoots = trust.qualifiedRoots.map(({ der }) => der)
  checkActEvidence(findings, facts, { index, logOrigin, entries: signing, anchors, documents, qualifiedRoots, whole }) // prettier-ignore
}

/** The proof that was handed out when the entry was made, and that its checkpoint is the beginning of the dossier's. */
function checkReceipt(outer: Findings, view: DossierView, index: number, wishes: ProofWishes): void {
  const part = 'receipt.tlog-proof'
  const findings = outer.under(part)
  const bytes = fileOf(view.files, `${entryFolder(index)}/${part}`)
  const proven = checkEntryProof(findings, view.trust, bytes, wishes)
  if (proven === undefined) return
  checkPlace(findings, proven, index)
  checkConsistency(outer, view, proven, fileOf(view.files, `${entryFolder(index)}/consistency`))
}

/** The proof of the same entry in the checkpoint of the dossier. */
function checkDossierProof(outer: Findings, view: DossierView, index: number, wishes: ProofWishes): void {
  const part = 'dossier.tlog-proof'
  const findings = outer.under(part)
  const { checkpoint, signed } = view
  const known = checkpoint === undefined ? undefined : { checkpoint, signed }
  const bytes = fileOf(view.files, `${entryFolder(index)}/${part}`)
  const proven = checkEntryProof(findings, view.trust, bytes, { ...wishes, known })
  if (proven !== undefined) checkPlace(findings, proven, index, checkpoint?.note ?? '')
}

function checkPlace(findings: Findings, proven: ProvenEntry, index: number, note?: string): void {
  findings.attempt(
    'place',
    () => {
      demand(proven.index === index, `the proof is for index ${proven.index}, the folder for index ${index}`)
      const same = note === undefined || proven.checkpoint.note === note
      demand(same, 'the proof leads to another checkpoint than that of the dossier')
      return proven
    },
    () => (note === undefined ? 'the same index as its folder' : 'the checkpoint of the dossier'),
  )
}

/** Checks what is shown of an entry, and says of the rest whether it was ERASED or is WITHHELD (decision 0057). */
function checkContent(
  findings: Findings,
  view: DossierView,
  entry: Entry,
  index: number,
): Content | undefined {
  const disclosed = view.files.get(`${entryFolder(index)}/disclosures.txt`)
  const lines = findings.attempt(
    'disclosures.txt',
    () => (disclosed === undefined ? entry.commitments.map(() => '') : disclosureLines(disclosed)),
    ({ length }) => (disclosed === undefined ? 'there is none' : `${length} lines`),
  )
  if (lines === undefined) return undefined
  const opened = findings.attempt(
    'disclosures',
    () => openDisclosures(entry, lines),
    ({ facts }) => `${facts.size} of ${lines.length} facts are shown and match their commitments`,
  )
  if (opened === undefined) return undefined
  const names = entry.kind === 'act' ? checkActFacts(findings, opened) : undefined
  if (entry.kind === erasureKind) reportErasure(findings, entry, opened.facts)
  const hidden = opened.names.filter((name) => name === undefined).length
  const { facts } = opened
  const erased = countErased(view.erasures.get(index) ?? [], { count: hidden, names, shown: facts })
  const withheld = hidden - erased
  if (hidden > 0) findings.fact('content', describeHidden(erased, withheld, lines.length, names))
  return { facts, erased, withheld, hiddenNames: names }
}

function reportErasure(findings: Findings, { references }: Entry, facts: Facts): void {
  const say = (name: string): string => factText(facts.get(name) ?? '(not disclosed)')
  const first = references.slice(0, referencesShown).join(', ')
  const more = references.length > referencesShown ? ` and ${references.length - referencesShown} more` : ''
  const ground = `${say('ground')} (class ${say('retentionClass')})`
  findings.fact(
    'erasure',
    `of entries ${first}${more}, facts ${say('fields')}, on ${say('erasedAt')}: ${ground}`,
  )
}

const referencesShown = 10

function checkActFacts(findings: Findings, opened: Disclosed): readonly string[] | undefined {
  const hidden = findings.attempt(
    'act facts',
    () => demandPartOfActFacts(opened),
    () => 'what is shown are facts of an act, each of its form',
  )
  if (opened.facts.size === 0) return hidden
  reportAct(findings, opened.facts)
  reportActLimits(findings, opened.facts)
  return hidden
}

function describeHidden(
  erased: number,
  withheld: number,
  total: number,
  names: readonly string[] | undefined,
): string {
  const parts = [
    ...(erased === 0 ? [] : [`${erased === total ? 'all' : erased} of ${total} facts ERASED`]),
    ...(withheld === 0 ? [] : [`${withheld === total ? 'all' : withheld} of ${total} facts WITHHELD`]),
  ]
  const named = names === undefined || names.length === total ? '' : ` (${names.join(', ')})`
  return `${parts.join(', ')}${named}; that the entry stood here is still proven`
}

function checkAgainstManifest(
  findings: Findings,
  manifest: Manifest,
  index: number,
  entry: Entry,
  content: Content | undefined,
): void {
  findings.attempt(
    'manifest',
    () => {
      const listed = manifest.entries.get(index)
      demand(listed !== undefined, 'the manifest does not list this entry')
      demand(listed.kind === entry.kind, `the manifest calls this ${entry.kind} a ${listed.kind}`)
      for (const hash of listed.documents) {
        demand(manifest.documents.has(hash), `document ${hash} of this entry is not in the dossier`)
      }
      for (const earlier of entry.references) demand(earlier < index, 'the entry refers to a later one')
      if (content !== undefined) demandFactsOf(manifest, entry, content, listed.documents)
      return listed
    },
    () => 'the manifest says of this entry what it says itself',
  )
}

const subjectFacts = { person: 'personId', policy: 'policyId', act: 'actId' } as const

function demandFactsOf(
  manifest: Manifest,
  entry: Entry,
  { facts, erased, withheld }: Content,
  listed: readonly string[],
): void {
  const named = documentsNamedBy(facts)
  // A fact that is hidden may be the one that names the document.
  for (const hash of erased + withheld > 0 ? [] : listed) {
    demand(named.includes(hash), `the manifest ties document ${hash} to an entry that does not name it`)
  }
  if (entry.kind !== 'act') return
  const { organisation, subject } = manifest
  const organisationId = facts.get('organisationId')
  const ours = organisationId === undefined || organisationId === organisation.id
  demand(ours, 'the act was done at another organisation')
  const about = facts.get(subjectFacts[subject.kind])
  const same = about === undefined || about === subject.id
  demand(same, `the act is about another ${subject.kind} than the dossier`)
}

/** The hashes of documents in facts: what was shown, its other editions, or the editions of a publication. */
function documentsNamedBy(facts: Facts): string[] {
  const shown = facts.get('documentSha256')
  const editions = [facts.get('otherEditionsSha256'), facts.get('documents')].flatMap(hashesOf)
  const bundled = documentsOfBundle(facts.get('bundleManifest'))
  return [...(isSha256Hex(shown) ? [shown] : []), ...editions, ...bundled]
}

function publishedContent(facts: Facts): string | undefined {
  const hash = facts.get('contentSha256')
  return isSha256Hex(hash) ? hash : undefined
}

function hashesOf(value: Json | undefined): string[] {
  if (value === undefined || !isEditionList(value)) return []
  return (value as string[]).map((item) => editionSha256(item) as string)
}
