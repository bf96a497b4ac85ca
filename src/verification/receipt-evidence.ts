import { checkActEvidence } from './act-evidence.ts'
import { demandActFacts, reportAct, reportActLimits, reportLogLimits } from './act-facts.ts'
import { exactObject, parseCanonicalJson } from './canonical-json.ts'
import type { Json, JsonObject } from './canonical-json.ts'
import { factText, openAllDisclosures } from './disclosures.ts'
import type { Facts } from './disclosures.ts'
import { checkEntryProof } from './entry-proof.ts'
import type { ProvenEntry } from './entry-proof.ts'
import type { Findings } from './findings.ts'
import { demand } from './refusal.ts'
import { SigningEntries } from './signing-entries.ts'
import type { Trust } from './trust.ts'

/** What the `evidence.json` of a receipt came to. */
export type ReceiptEvidence = { readonly proven: ProvenEntry; readonly facts: Facts }

type EvidenceFile = {
  readonly disclosures: readonly string[]
  readonly entry: string
  readonly tlogProof: string
  /** Entries that the act rests on; undefined in the first format. */
  readonly supporting: readonly ProvenText[] | undefined
}

type ProvenText = Pick<EvidenceFile, 'disclosures' | 'entry' | 'tlogProof'>

/** Checks the evidence in a receipt: the entry, everything it commits to, and its place in the pinned log. */
export function checkReceiptEvidence(
  findings: Findings,
  trust: Trust,
  bytes: Uint8Array,
): ReceiptEvidence | undefined {
  const file = findings.attempt(
    'evidence form',
    () => parseEvidence(bytes),
    ({ disclosures }) => `evidence.json is canonical and holds ${disclosures.length} disclosures`,
  )
  if (file === undefined) return undefined
  const proven = checkEntryProof(findings, trust, Buffer.from(file.tlogProof, 'utf8'), {
    expected: Buffer.from(file.entry, 'utf8'),
  })
  if (proven === undefined) return undefined
  const facts = findings.attempt(
    'disclosures',
    () => openAllDisclosures(proven.entry, file.disclosures),
    ({ size }) => `all ${size} facts match their commitments, one to one`,
  )
  if (facts === undefined) return undefined
  findings.attempt(
    'act facts',
    () => {
      demand(proven.entry.kind === 'act', `the receipt is about a ${proven.entry.kind}, not about an act`)
      demandActFacts(facts)
      const ours = proven.checkpoint.origin.endsWith(`/${factText(facts.get('organisationId'))}`)
      demand(ours, 'the log is that of another organisation than the act')
      return facts
    },
    () => 'the facts are exactly those of an act, at the organisation whose log this is',
  )
  const { origin } = proven.checkpoint
  const entries =
    file.supporting && checkSupporting(findings, trust, file.supporting, { origin, index: proven.index })
  checkActEvidence(findings, facts, {
    index: proven.index,
    logOrigin: origin,
    entries,
    anchors: undefined,
    documents: undefined,
    qualifiedRoots: trust.qualifiedRoots.map(({ der }) => der),
    whole: true,
  })
  reportAct(findings, facts)
  for (const [name, value] of facts) findings.fact(name, factText(value))
  findings.fact('logged', `entry ${proven.index} of ${proven.checkpoint.origin}, written ${proven.entry.at}`)
  reportActLimits(findings, facts)
  reportLogLimits(findings)
  return { proven, facts }
}

/** Checks the entries that an act rests on: each like the act's own, before it, in the same log, and shown whole. */
function checkSupporting(
  findings: Findings,
  trust: Trust,
  list: readonly ProvenText[],
  act: { readonly origin: string; readonly index: number },
): SigningEntries {
  const entries = new SigningEntries()
  let before = -1
  for (const [position, text] of list.entries()) {
    const inside = findings.under(`supporting ${position + 1}`)
    const expected = Buffer.from(text.entry, 'utf8')
    const proven = checkEntryProof(inside, trust, Buffer.from(text.tlogProof, 'utf8'), { expected })
    if (proven === undefined) continue
    const { index, leafHash, checkpoint, entry } = proven
    const facts = inside.attempt(
      'disclosures',
      () => {
        demand(checkpoint.origin === act.origin, 'the entry is of another log than the act')
        demand(before < index && index < act.index, 'the entry does not stand before the act, in order')
        return openAllDisclosures(entry, text.disclosures)
      },
      ({ size }) => `entry ${index}, ${entry.kind}: all ${size} facts match their commitments`,
    )
    before = index
    if (facts === undefined) continue
    const { kind, references } = entry
    entries.see(inside, { index, leafHash, kind, references, facts, whole: true })
  }
  findings.limit('A receipt does not show whether the key of a signature had been ended; a dossier does.')
  return entries
}

const formats = ['beding-evidence/v1', 'beding-evidence/v2']
const supportingMax = 8

function parseEvidence(bytes: Uint8Array): EvidenceFile {
  const names = ['disclosures', 'entry', 'format', 'tlogProof']
  const value = exactObject(parseCanonicalJson(bytes), 'evidence.json', names, ['supporting'])
  const second = value['format'] === formats[1]
  demand(second || value['format'] === formats[0], `evidence.json is not of format ${formats.join(' or ')}`)
  demand(
    second === Object.hasOwn(value, 'supporting'),
    'evidence.json does not have the members of its format',
  )
  return { ...provenTextOf(value), supporting: second ? supportingOf(value['supporting']) : undefined }
}

function supportingOf(value: Json | undefined): ProvenText[] {
  const right = Array.isArray(value) && value.length > 0 && value.length <= supportingMax
  demand(right, 'the entries that the act rests on are not a list')
  return (value as Json[]).map((each) =>
    provenTextOf(exactObject(each, 'an entry that the act rests on', ['disclosures', 'entry', 'tlogProof'])),
  )
}

function provenTextOf({ disclosures, entry, tlogProof }: JsonObject): ProvenText {
  demand(typeof entry === 'string' && typeof tlogProof === 'string', 'the entry or its proof is not a text')
  demand(
    Array.isArray(disclosures) && disclosures.every((item) => typeof item === 'string'),
    'the disclosures are not texts',
  )
  return { disclosures: disclosures as string[], entry, tlogProof }
}
