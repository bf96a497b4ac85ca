import { checkLogSignature } from './entry-proof.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { checkAnchors, checkBroughtPolicy, pinnedPolicy } from './dossier-anchors.ts'
import type { Anchor } from './dossier-anchors.ts'
import { DossierDocuments } from './dossier-documents.ts'
import { checkDossierEntry } from './dossier-entry.ts'
import type { DossierEntry } from './dossier-entry.ts'
import { demandChecksums, entryFolder, fileOf, readContents } from './dossier-files.ts'
import type { DossierContents } from './dossier-files.ts'
import { broughtLogKey, checkBroughtKeys, checkDossierSignature, checkOneOwner } from './dossier-keys.ts'
import { demandSameContents, parseManifest } from './dossier-manifest.ts'
import type { Manifest } from './dossier-manifest.ts'
import type { DossierView } from './dossier-view.ts'
import { erasureKind, readErasure, wasErased } from './erasures.ts'
import type { Erasures } from './erasures.ts'
import { reportLogLimits } from './act-facts.ts'
import type { Findings } from './findings.ts'
import type { Level } from './long-term-level.ts'
import { checkPersonEntries } from './person-entries.ts'
import type { PersonAct } from './person-entries.ts'
import { demand } from './refusal.ts'
import { SigningEntries } from './signing-entries.ts'
import { decodeUtf8 } from './strict-text.ts'
import { checkTime } from './time-bracket.ts'
import type { Trust } from './trust.ts'
import { readArchive } from './zip-archive.ts'
import type { Archive } from './zip-archive.ts'

/**
 * Checks a dossier: the archive, its checksums and their signature, the keys, the manifest, the anchors, every entry and
 * document. Entries are looked at one after the other, and nothing of what they say is kept.
 */
export function checkDossier(findings: Findings, trust: Trust, bytes: Buffer, atLeast?: Level): void {
  const files = checkArchive(findings, bytes)
  if (files === undefined) return
  const contents = findings.attempt(
    'files',
    () => readContents(files),
    ({ indexes, documents, anchors }) =>
      `${indexes.length} entries, ${documents.length} documents, ${anchors.length} anchors, nothing unknown or missing`,
  )
  if (contents === undefined) return
  findings.attempt(
    'checksums',
    () => {
      demandChecksums(files)
      return files
    },
    () => 'SHA256SUMS names every other file with its hash, and no other',
  )
  const view = checkWhole(findings, trust, files, contents)
  const anchors = checkAnchors(findings, view, contents.anchors, contents.indexes)
  const documents = new DossierDocuments()
  documents.check(findings, view, contents.documents, atLeast)
  const tally = checkEntries(findings, view, contents.indexes, anchors, documents)
  documents.close(findings)
  if (view.manifest?.subject.kind === 'person') checkPersonEntries(findings, tally.acts, tally.unread)
  if (view.manifest !== undefined) reportDossier(findings, view, view.manifest, tally, anchors)
}

/** The checks of the dossier as a whole: signature, keys, policy, manifest, checkpoint. */
function checkWhole(
  findings: Findings,
  trust: Trust,
  files: Archive,
  contents: DossierContents,
): DossierView {
  const dossierKey = checkDossierSignature(findings, trust, files)
  checkBroughtKeys(findings, trust, files)
  const manifest = checkManifest(findings, files, contents)
  const checkpoint = checkCheckpoint(findings, files, manifest)
  const logKey = checkpoint === undefined ? undefined : checkLogSignature(findings, trust, checkpoint)
  checkOneOwner(findings, logKey, dossierKey)
  const signed = logKey !== undefined
  const erasures = readErasures(files, manifest)
  const view = { trust, files, manifest, checkpoint, signed, logKey: broughtLogKey(files), erasures }
  return { ...view, policy: checkBroughtPolicy(findings, { ...view, policy: undefined }) }
}

function checkArchive(findings: Findings, bytes: Buffer): Archive | undefined {
  let files: Archive | undefined
  findings.attempt(
    'archive',
    () => {
      const read = readArchive(bytes)
      files = read.files
      demand(read.damage.length === 0, read.damage.join('; '))
      return read
    },
    (read) => `the canonical ZIP of its ${read.files.size} files, byte for byte`,
  )
  return files
}

function checkManifest(findings: Findings, files: Archive, contents: DossierContents): Manifest | undefined {
  return findings.attempt(
    'manifest',
    () => {
      const manifest = parseManifest(fileOf(files, 'manifest.json'))
      demandSameContents(manifest, contents)
      return manifest
    },
    ({ dossierId }) => `dossier ${dossierId} lists exactly the entries, documents and anchors that are there`,
  )
}

function checkCheckpoint(
  findings: Findings,
  files: Archive,
  manifest: Manifest | undefined,
): Checkpoint | undefined {
  return findings.attempt(
    'checkpoint',
    () => {
      const checkpoint = parseCheckpoint(decodeUtf8(fileOf(files, 'checkpoint')))
      if (manifest === undefined) return checkpoint
      demand(
        checkpoint.size === manifest.checkpointSize,
        'the checkpoint has another size than the manifest says',
      )
      const ours = checkpoint.origin.endsWith(`/${manifest.organisation.id}`)
      demand(ours, 'the checkpoint is that of another organisation’s log')
      return checkpoint
    },
    ({ origin, size }) => `${origin} at size ${size}, as the manifest says`,
  )
}

/** What was erased must be known before the entries are looked at: an erasure stands after what it is about. */
function readErasures(files: Archive, manifest: Manifest | undefined): Erasures {
  const erasures: Erasures = new Map()
  for (const { index, kind } of manifest?.entries.values() ?? []) {
    if (kind !== erasureKind) continue
    try {
      const folder = entryFolder(index)
      readErasure(erasures, fileOf(files, `${folder}/entry.json`), files.get(`${folder}/disclosures.txt`))
    } catch {
      // The checks of this entry say what is wrong with it; until then it erased nothing.
    }
  }
  return erasures
}

type EntryTally = {
  count: number
  unread: number
  erased: number
  withheld: number
  readonly acts: PersonAct[]
}

function checkEntries(
  findings: Findings,
  view: DossierView,
  indexes: readonly number[],
  anchors: readonly Anchor[],
  documents: DossierDocuments,
): EntryTally {
  const tally: EntryTally = { count: indexes.length, unread: 0, erased: 0, withheld: 0, acts: [] }
  const around = { anchors, signing: new SigningEntries() }
  const aboutPerson = view.manifest?.subject.kind === 'person'
  findings.each('entries', indexes, (each, index) => {
    const inside = each.part(entryFolder(index))
    const checked = checkDossierEntry(inside, view, index, around)
    documents.see(checked)
    const { entry, content } = checked
    if (entry !== undefined) checkTime(inside, anchors, index, entry.at)
    if (content === undefined) tally.unread++
    if ((content?.erased ?? 0) > 0) tally.erased++
    if ((content?.withheld ?? 0) > 0) tally.withheld++
    if (aboutPerson && entry?.kind === 'act') tally.acts.push(personActOf(view, index, checked))
  })
  return tally
}

function personActOf(view: DossierView, index: number, { content }: DossierEntry): PersonAct {
  const number = content?.facts.get('personEntryNumber')
  return {
    index,
    number: typeof number === 'number' ? number : undefined,
    previous: content?.facts.get('previousPersonEntry'),
    erased: wasErased(view.erasures.get(index) ?? [], 'personEntryNumber'),
  }
}

function reportDossier(
  findings: Findings,
  view: DossierView,
  manifest: Manifest,
  tally: EntryTally,
  anchors: readonly Anchor[],
): void {
  const { subject, organisation, unanchored } = manifest
  findings.fact(
    'dossier',
    `${manifest.dossierId} of ${organisation.name} about ${subject.kind} ${subject.id}`,
  )
  findings.fact('made', `${manifest.createdAt}, from the log at size ${manifest.checkpointSize}`)
  const { count, erased, withheld } = tally
  findings.fact('entries', `${count}, of which ${erased} with ERASED and ${withheld} with WITHHELD content`)
  if (withheld > 0) {
    findings.limit(
      'WITHHELD content exists as far as anybody can tell: whoever made the dossier left it out.',
    )
  }
  if (unanchored !== undefined)
    findings.limit(`The maker says that the newest part has no trusted time: ${unanchored}`)
  if (anchors.length === 0)
    findings.limit('The dossier holds no anchor: no time-stamp and no witness stands behind it.')
  if (pinnedPolicy(view) === undefined) {
    findings.limit('No witness policy is pinned for this log: nobody else is known to have seen it.')
  }
  if (subject.kind === 'person') {
    findings.limit('Acts of the person after the highest number shown cannot be missed by their numbers.')
  } else
    findings.limit('The organisation chose what to put into the dossier; nothing shows that it is complete.')
  reportLogLimits(findings)
}
