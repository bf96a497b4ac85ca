import { parseCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { checkConsistency } from './consistency-check.ts'
import { demandCosignatures, parseCosignedNote } from './cosigned-note.ts'
import type { DossierView } from './dossier-view.ts'
import { anchorFolder, fileOf, timestampFile } from './dossier-files.ts'
import type { AnchorFiles } from './dossier-files.ts'
import { checkLogSignature } from './entry-proof.ts'
import type { Findings } from './findings.ts'
import { demand } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'
import { checkTimestamps } from './timestamp-checks.ts'
import type { TrustedTimestamp } from './timestamp-checks.ts'
import { parseWitnessPolicy, reachesQuorum, witnessesOf } from './witness-policy.ts'
import type { WitnessKey, WitnessPolicy } from './witness-policy.ts'

/** A checkpoint that somebody outside saw. */
export type Anchor = {
  readonly size: number
  /** The first time-stamp and its renewals; empty unless all are right and the checkpoint belongs to this history. */
  readonly timestamps: readonly TrustedTimestamp[]
  /** Whether pinned witnesses in the number that the pinned policy demands cosigned it. */
  readonly quorum: boolean
}

/** The policy that the reader pinned for this log, if any. */
export function pinnedPolicy(view: DossierView): WitnessPolicy | undefined {
  const origin = view.checkpoint?.origin
  return view.trust.policies.find(({ logs }) => logs.some((log) => log.name === origin))
}

/** Checks the anchors of a dossier and whether together they reach the quorum that the reader demands. */
export function checkAnchors(
  findings: Findings,
  view: DossierView,
  list: readonly AnchorFiles[],
  indexes: readonly number[],
): Anchor[] {
  const anchors: Anchor[] = []
  const policy = pinnedPolicy(view)
  findings.each('anchors', list, (each, files) => {
    anchors.push(checkAnchor(each.part(anchorFolder(files.size)), view, files, policy))
  })
  checkQuorum(findings, policy, anchors, indexes)
  return anchors
}

function checkAnchor(
  findings: Findings,
  view: DossierView,
  { size, timestamps, cosigned }: AnchorFiles,
  policy: WitnessPolicy | undefined,
): Anchor {
  const folder = anchorFolder(size)
  const note = fileOf(view.files, `${folder}/checkpoint`)
  const checkpoint = findings.attempt(
    'checkpoint',
    () => {
      const read = parseCheckpoint(decodeUtf8(note))
      demand(read.size === size, 'the checkpoint has another size than its folder says')
      demand(
        read.origin === (view.checkpoint?.origin ?? read.origin),
        'the checkpoint is that of another log',
      )
      return read
    },
    ({ origin }) => `${origin} at size ${size}`,
  )
  if (checkpoint === undefined) return { size, timestamps: [], quorum: false }
  const signed = checkLogSignature(findings, view.trust, checkpoint) !== undefined
  const proof = fileOf(view.files, `${folder}/consistency`)
  const continued = checkConsistency(findings, view, { checkpoint, signed }, proof)
  const cosigners = cosigned ? checkCosignatures(findings, view, checkpoint, policy) : []
  const files = Array.from({ length: timestamps }, (_, position) => {
    const name = timestampFile(size, position + 1)
    return { name: name.slice(folder.length + 1), bytes: fileOf(view.files, name) }
  })
  const trusted = checkTimestamps(findings, view.trust, note, files)
  const quorum = continued && signed && policy !== undefined && reachesQuorum(policy, cosigners)
  reportAnchor(findings, trusted, cosigners)
  checkDevelopment(findings, view, size, trusted)
  return { size, timestamps: signed && continued ? trusted : [], quorum }
}

/**
 * Checks the witnesses' lines. Those of pinned witnesses count; without a pinned policy the lines are held against the
 * dossier's own copy, which shows that they are whole and not whose they are.
 */
function checkCosignatures(
  findings: Findings,
  view: DossierView,
  checkpoint: Checkpoint,
  pinned: WitnessPolicy | undefined,
): WitnessKey[] {
  const found = findings.attempt(
    'cosignatures',
    () => {
      const text = decodeUtf8(fileOf(view.files, `${anchorFolder(checkpoint.size)}/cosigned`))
      const lines = parseCosignedNote(text, checkpoint.note)
      const witnesses = witnessesOf(pinned ?? view.policy ?? { logs: [], members: new Map(), quorum: 'none' })
      return demandCosignatures(lines, checkpoint.signedText, witnesses)
    },
    (right) => (pinned === undefined ? 'whole, but no policy is pinned' : `${right.length} pinned witnesses`),
  )
  if (pinned !== undefined) return (found ?? []).map(({ witness }) => witness)
  findings.limit(
    'No witness policy is pinned for this log, so the cosignatures in the dossier count for nothing.',
  )
  return []
}

function checkQuorum(
  findings: Findings,
  policy: WitnessPolicy | undefined,
  anchors: readonly Anchor[],
  indexes: readonly number[],
): void {
  if (policy === undefined || policy.quorum === 'none') return
  const name = 'witness quorum'
  const size = Math.max(0, ...anchors.filter(({ quorum }) => quorum).map((anchor) => anchor.size))
  const uncovered = indexes.filter((index) => index >= size).length
  if (size === 0)
    findings.indeterminate(name, 'no checkpoint here has the cosignatures that the pinned policy demands')
  else if (uncovered > 0) {
    const sentence = `witnesses saw the log up to size ${size}; ${uncovered} entries here are newer`
    findings.indeterminate(name, sentence)
  } else
    findings.passed(
      name,
      `the quorum of the pinned policy cosigned size ${size}, which holds every entry here`,
    )
}

function reportAnchor(
  findings: Findings,
  timestamps: readonly TrustedTimestamp[],
  cosigners: readonly WitnessKey[],
): void {
  const [first, ...renewals] = timestamps
  if (first !== undefined) {
    const kind = first.development ? ' (a DEVELOPMENT time-stamping authority)' : ''
    const renewed = renewals.map(({ at, authority }) => `, renewed ${at} by ${authority}`).join('')
    findings.fact('time', `${first.at} by ${first.authority}${kind}${renewed}`)
    const end = (timestamps.at(-1) as TrustedTimestamp).endsAt
    findings.limit(
      `A certificate above a time-stamp ends at ${end}; after that only a renewal shows its age.`,
    )
  }
  for (const { authority } of timestamps.filter((each) => each.development)) {
    findings.limit(
      `${authority} is a development time-stamping authority: whoever runs the service can make its time-stamps.`,
    )
  }
  if (cosigners.length > 0) findings.fact('cosigned by', cosigners.map(({ name }) => name).join(', '))
}

/** Where every time-stamp is right, whether one is for development is known, and the manifest must say it. */
function checkDevelopment(
  findings: Findings,
  view: DossierView,
  size: number,
  timestamps: readonly TrustedTimestamp[],
): void {
  const listed = view.manifest?.anchors.get(size)
  if (listed === undefined || timestamps.length === 0) return
  const development = timestamps.some((each) => each.development)
  findings.attempt(
    'manifest',
    () => {
      const same = listed.development === development
      demand(same, 'the manifest is wrong about whether an authority for development made a time-stamp')
      return listed
    },
    () => 'the manifest says whether an authority is one for development',
  )
}

/** Reads the policy that the dossier brings. It is a copy for readers: it must name the log's key, and decides nothing. */
export function checkBroughtPolicy(findings: Findings, view: DossierView): WitnessPolicy | undefined {
  const bytes = fileOf(view.files, 'policy.txt')
  return findings.attempt(
    'policy.txt',
    () => {
      const policy = parseWitnessPolicy(bytes)
      const named =
        view.logKey === undefined || policy.logs.some((log) => log.publicKey.equals(view.logKey as Buffer))
      demand(named, 'the policy does not name the key in keys/log.vkey')
      return policy
    },
    ({ members, quorum }) =>
      `a policy of ${members.size} names with quorum ${quorum}; only a pinned one counts`,
  )
}
