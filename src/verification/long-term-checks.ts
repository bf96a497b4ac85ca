import { buildChain, demandChainMaySeal, demandValidAt } from './certificate-chain.ts'
import type { Certificate } from './certificate.ts'
import { placeOf } from './document-signatures.ts'
import type { DocumentSignatures, ReadSeal } from './document-signatures.ts'
import type { Findings } from './findings.ts'
import { isAtLeast, levelOf, levels } from './long-term-level.ts'
import type { Level, Reached, SoundSeal, Stamp } from './long-term-level.ts'
import type { Step } from './pdf-history.ts'
import { demand, reasonOf, refuse } from './refusal.ts'
import { clockTolerance_ms, RevocationRecord, shifted } from './revocation-record.ts'
import { isDevelopment } from './timestamp.ts'
import { checkAuthority, checkOrder } from './timestamp-checks.ts'
import type { Trust } from './trust.ts'

/** What a document proves: the level it reaches, and since when its seal was there. */
export type LongTerm = Reached & {
  /** The trusted moment by which the newest seal was there. */
  readonly provenAt: string | undefined
  /** Those among the time-stamping authorities that are for development only, each once. */
  readonly developmentAuthorities: readonly string[]
}

/**
 * Checks whom the signatures come from and what the file knows of their certificates: first of the time-stamps, then of the
 * seals, each at the moment that the first time-stamp over it proves, and without one at the moment it claims.
 */
export function checkLongTerm(
  findings: Findings,
  trust: Trust,
  steps: readonly Step[],
  read: DocumentSignatures,
): LongTerm | undefined {
  const record = new RevocationRecord(read.evidence)
  const stamps = checkStamps(findings, trust, read, record)
  const sound = read.seals.map((seal) => {
    const inside = placeOf(findings, seal.step)
    const proof = stamps.find(({ revision }) => revision > seal.step.number)
    return checkSealer(inside, trust, seal, proof, record)
  })
  const count = steps.filter(({ kind }) => kind === 'seal').length
  if (sound.length !== count || !sound.every((seal) => seal !== undefined)) return undefined
  return reachedByAll(sound, stamps, record)
}

/** The level of a document is that of the seal that reaches least. */
function reachedByAll(
  seals: readonly SoundSeal[],
  stamps: readonly Stamp[],
  record: RevocationRecord,
): LongTerm | undefined {
  const newest = Math.max(...seals.map(({ revision }) => revision))
  const provenAt = stamps.find(({ revision }) => revision > newest)?.trusted.at
  const [lowest] = seals
    .map((seal) => levelOf(seal, stamps, record))
    .toSorted((left, right) => levels.indexOf(left.level) - levels.indexOf(right.level))
  if (lowest === undefined) return undefined
  const development = stamps.map(({ trusted }) => trusted).filter((trusted) => trusted.development)
  const developmentAuthorities = [...new Set(development.map(({ authority }) => authority))]
  return { ...lowest, provenAt, developmentAuthorities }
}

/** The time-stamps whose every check PASSED. */
function checkStamps(
  findings: Findings,
  trust: Trust,
  { stamps, pool }: DocumentSignatures,
  record: RevocationRecord,
): Stamp[] {
  const trusted: Stamp[] = []
  for (const [position, { step, timestamp }] of stamps.entries()) {
    const inside = placeOf(findings, step)
    const authority = checkAuthority(inside, trust, timestamp, pool)
    const before = stamps[position - 1]?.timestamp
    const last = trusted.at(-1)
    const inOrder = before === undefined || checkOrder(inside, before, timestamp, last?.trusted)
    const young = record.isYoungerThan(timestamp.at, step.number)
    if (young)
      inside.failed('covered data', 'revocation data under the time-stamp claims to be younger than it')
    if (authority !== undefined && inOrder && !young)
      trusted.push({ revision: step.number, trusted: authority })
  }
  return trusted.filter((stamp, position) => {
    const provenBy = trusted[position + 1]?.trusted.at
    const { chain, at } = stamp.trusted
    const inside = findings.under(`revision ${stamp.revision}`)
    return checkRevocation(inside, record, { chain, at, provenBy })
  })
}

/** Only what is known is a check; that something is not known makes a lower level, and no check FAILED. */
function checkRevocation(
  findings: Findings,
  record: RevocationRecord,
  question: {
    readonly chain: readonly Certificate[]
    readonly at: string
    readonly provenBy: string | undefined
  },
  name = 'revocation',
): boolean {
  const standing = record.standing(question)
  if (standing.kind === 'revoked') {
    const open = question.provenBy === undefined && standing.at > question.at && name !== 'revocation'
    if (open) findings.indeterminate(name, standing.sentence)
    else findings.failed(name, standing.sentence)
    return false
  }
  if (standing.kind === 'good') {
    const later = standing.revokedLater
    findings.passed(name, 'nothing in the chain of certificates was revoked by then')
    if (later !== undefined)
      findings.fact('revoked later', `${later}, after what it signed was proven to be there`)
  }
  return true
}

function checkSealer(
  findings: Findings,
  trust: Trust,
  { step, cms, sound }: ReadSeal,
  proof: Stamp | undefined,
  record: RevocationRecord,
): SoundSeal | undefined {
  const { claimedAt } = step.signature
  const provenBy = proof?.trusted.at
  const at = provenBy ?? claimedAt
  const chain = checkSealChain(findings, trust, cms, at)
  if (chain === undefined) return undefined
  const timely = checkSealTime(findings, claimedAt, proof)
  const right = checkRevocation(findings, record, { chain, at, provenBy }, 'seal revocation')
  const authority = chain.at(-1) as Certificate
  findings.fact(
    'seal authority',
    `${authority.subjectText}${isDevelopment(chain) ? ', for development only' : ''}`,
  )
  return timely && right && sound ? { revision: step.number, chain } : undefined
}

/** The chain with its pinned root last; undefined, with the reason in the report, if there is none. */
function checkSealChain(
  findings: Findings,
  trust: Trust,
  cms: ReadSeal['cms'],
  at: string,
): readonly Certificate[] | undefined {
  const name = 'seal certificate'
  try {
    const chain = buildChain(cms.leaf, cms.otherCertificates, trust.roots)
    demandChainMaySeal(chain)
    demandValidAt(chain, at)
    if (chain.root === undefined) {
      demand(trust.roots.length === 0, 'no pinned root stands above the certificate of the seal')
      findings.indeterminate(name, 'no root is pinned, so nothing says whose seal this is')
      return undefined
    }
    findings.passed(name, `issued under the pinned root ${chain.root.subjectText}, valid at ${at}`)
    return [...chain.certificates, chain.root]
  } catch (error) {
    findings.failed(name, reasonOf(error))
    return undefined
  }
}

function checkSealTime(findings: Findings, claimedAt: string, proof: Stamp | undefined): boolean {
  const claim = `the sealer claims ${claimedAt}`
  const passed = findings.attempt(
    'seal time',
    () => {
      const latest = proof === undefined ? undefined : shifted(proof.trusted.at, clockTolerance_ms)
      if (latest !== undefined && claimedAt > latest)
        refuse(`${claim}, after ${proof?.trusted.at}, when a time-stamp already covered the seal`)
      return { claimedAt }
    },
    () =>
      proof === undefined
        ? `${claim}, within the validity of every certificate; no trusted time confirms it`
        : `sealed not after ${proof.trusted.at}, says the time-stamp of revision ${proof.revision}; ${claim}`,
  )
  return passed !== undefined
}

/** States what was reached, and how long that lasts. */
export function reportLongTerm(
  findings: Findings,
  found: LongTerm | undefined,
  asked: Level | undefined,
): void {
  if (asked !== undefined) {
    findings.attempt(
      'level',
      () => {
        demand(
          isAtLeast(found?.level, asked),
          `the document reaches ${found?.level ?? 'no level'}, below ${asked}`,
        )
        return { asked }
      },
      () => `the document reaches ${found?.level}, asked for was ${asked}`,
    )
  }
  if (found === undefined) return
  findings.fact('level', found.level)
  const { provenAt, protectedUntil } = found
  findings.fact(
    'proven time',
    provenAt === undefined ? 'none, only the sealer’s claim' : `sealed not after ${provenAt}`,
  )
  if (protectedUntil === undefined) {
    findings.limit('The time of a seal is claimed by the sealer; no trusted time confirms it.')
    return
  }
  findings.fact('protected until', protectedUntil)
  for (const authority of found.developmentAuthorities)
    findings.limit(
      `${authority} is a development time-stamping authority: whoever runs the service can make its time-stamps.`,
    )
  findings.limit(
    `A certificate behind the newest time-stamp that counts ends at ${protectedUntil}: whoever looks after that needs a renewal made before.`,
  )
  if (!isAtLeast(found.level, 'B-LT'))
    findings.limit(
      'The document does not hold whether its certificates were revoked: that had to be asked elsewhere.',
    )
}
