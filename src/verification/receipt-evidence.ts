import { demandActFacts, reportAct, reportActLimits, reportLogLimits } from './act-facts.ts'
import { exactObject, parseCanonicalJson } from './canonical-json.ts'
import { factText, openAllDisclosures } from './disclosures.ts'
import type { Facts } from './disclosures.ts'
import { checkEntryProof } from './entry-proof.ts'
import type { ProvenEntry } from './entry-proof.ts'
import type { Findings } from './findings.ts'
import { demand } from './refusal.ts'
import type { Trust } from './trust.ts'

/** What the `evidence.json` of a receipt came to. */
export type ReceiptEvidence = { readonly proven: ProvenEntry; readonly facts: Facts }

type EvidenceFile = {
  readonly disclosures: readonly string[]
  readonly entry: string
  readonly tlogProof: string
}

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
  reportAct(findings, facts)
  for (const [name, value] of facts) findings.fact(name, factText(value))
  findings.fact('logged', `entry ${proven.index} of ${proven.checkpoint.origin}, written ${proven.entry.at}`)
  reportActLimits(findings, facts)
  reportLogLimits(findings)
  return { proven, facts }
}

function parseEvidence(bytes: Uint8Array): EvidenceFile {
  const names = ['disclosures', 'entry', 'format', 'tlogProof']
  const value = exactObject(parseCanonicalJson(bytes), 'evidence.json', names)
  const { disclosures, entry, tlogProof } = value
  demand(value['format'] === 'beding-evidence/v1', 'evidence.json is not of format beding-evidence/v1')
  demand(typeof entry === 'string' && typeof tlogProof === 'string', 'the entry or its proof is not a text')
  demand(
    Array.isArray(disclosures) && disclosures.every((item) => typeof item === 'string'),
    'the disclosures are not texts',
  )
  return { disclosures: disclosures as string[], entry, tlogProof }
}
