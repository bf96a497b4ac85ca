import { demandManifestOfAct } from './act-manifest.ts'
import type { BundleOfAct } from './act-manifest.ts'
import { isOtherKind, rankOf } from './assurance-ladder.ts'
import { checkAuthentication } from './authentication-record.ts'
import type { AuthenticationShown } from './authentication-record.ts'
import { demandBundleOfAct, parseBundle } from './bundle-manifest.ts'
import type { Bundle } from './bundle-manifest.ts'
import { factText } from './disclosures.ts'
import type { Facts } from './disclosures.ts'
import type { Findings } from './findings.ts'
import { checkActKey } from './key-of-act.ts'
import type { KeySurroundings } from './key-of-act.ts'
import type { SigningShown } from './passkey-signing.ts'
import { demand } from './refusal.ts'
import { checkSigning } from './signing-methods.ts'

/** What is known around an act. */
export type ActSurroundings = KeySurroundings & {
  /** Whether every fact of the act is shown. */
  readonly whole: boolean
  /** The documents that came along with it; undefined where a file brings none. */
  readonly documents: ReadonlyMap<string, unknown> | undefined
  /** Pinned roots of authorities whose certificates are qualified, DER. */
  readonly qualifiedRoots: readonly Buffer[]
}

/**
 * Checks everything that an act brings to show who did it and what it was about: the bundle of documents, how the person was
 * known, what their key signed, where that key came from, and that the level it claims is not above all that. What is not
 * there is not asked for, and what is not shown makes the level INDETERMINATE, not wrong.
 */
export function checkActEvidence(findings: Findings, facts: Facts, around: ActSurroundings): void {
  const bundle = isGiven(facts, 'bundleManifest') ? checkBundle(findings, facts, around) : undefined
  const known = isGiven(facts, 'authentication') ? checkKnown(findings, facts) : undefined
  const signing = wasSigned(facts, around.whole)
    ? checkSigned(findings, facts, bundle, around.qualifiedRoots)
    : undefined
  const attested = signing === undefined ? undefined : checkActKey(findings, facts, signing, around)
  for (const limit of [...(known?.limits ?? []), ...(signing?.limits ?? [])]) findings.limit(limit)
  if (signing !== undefined) findings.fact('signed', `with ${signing.words}`)
  checkLevel(findings, facts, around.whole, { known, signing, attested })
  reportMeaning(findings, facts)
}

function isGiven(facts: Facts, name: string): boolean {
  return (facts.get(name) ?? null) !== null
}

/** An act that calls itself signed must show the signature, if nothing of it is hidden. */
function wasSigned(facts: Facts, whole: boolean): boolean {
  const saysSo = ['webauthn', 'csc'].includes(factText(facts.get('method')))
  return isGiven(facts, 'signing') || (saysSo && (whole || facts.has('signing')))
}

function checkBundle(findings: Findings, facts: Facts, { documents }: ActSurroundings): Bundle | undefined {
  return findings.attempt(
    'bundle',
    () => {
      const bundle = parseBundle(facts.get('bundleManifest'))
      demandBundleOfAct(bundle, facts)
      const missing = documents && bundle.documents.find((hash) => !documents.has(hash))
      demand(missing === undefined, `document ${missing ?? ''} of the bundle is not in the dossier`)
      return bundle
    },
    ({ documents: list }) => `${list.length} documents were put before the person together, as listed`,
  )
}

function checkKnown(findings: Findings, facts: Facts): AuthenticationShown | undefined {
  return findings.attempt(
    'authentication',
    () => checkAuthentication(facts.get('authentication'), facts, 'actedAt'),
    ({ words }) => `the person was known: ${words}`,
  )
}

function checkSigned(
  findings: Findings,
  facts: Facts,
  bundle: Bundle | undefined,
  qualifiedRoots: readonly Buffer[],
): SigningShown | undefined {
  return findings.attempt(
    'act signature',
    () => {
      const signing = checkSigning(facts.get('signing'), facts.get('method'), qualifiedRoots)
      demandManifestOfAct(signing.manifest, facts, bundleOf(facts, bundle))
      return signing
    },
    ({ enrolment }) => `${enrolment === undefined ? 'the person’s key at a provider' : 'this device’s key'} signed exactly this sentence and these document hashes`, // prettier-ignore
  )
}

function bundleOf(facts: Facts, bundle: Bundle | undefined): BundleOfAct {
  if (bundle !== undefined) return bundle
  if (facts.get('bundleManifest') !== null) return undefined
  const shown = facts.get('documentSha256')
  return { sha256: null, documents: typeof shown === 'string' ? [shown] : undefined }
}

type Shown = {
  readonly known: AuthenticationShown | undefined
  readonly signing: SigningShown | undefined
  /** Whether the maker vouches for the device; undefined if that cannot be seen here. */
  readonly attested: boolean | undefined
}

const attestedRank = rankOf('passkey-bound-attested')

/** Refuses a level that is above what the evidence shows; that it is below is no harm. */
function checkLevel(findings: Findings, facts: Facts, whole: boolean, shown: Shown): void {
  const name = 'assurance'
  const assurance = facts.get('assurance')
  const claimed = rankOf(assurance)
  // Acts of the first format had no more than their link, and say nothing of it.
  if (assurance === undefined || (claimed === 0 && !facts.has('signing'))) return
  const level = factText(assurance)
  const { known, signing, attested } = shown
  const reached = Math.max(0, rankOf(known?.level) ?? 0, rankOf(signing?.level) ?? 0)
  const attestable = claimed === attestedRank && signing?.level === 'passkey-bound' && !signing.copied
  const hidden = ['authentication', 'signing'].some((fact) => !facts.has(fact)) && !whole
  if (isOtherKind(assurance) && signing === undefined) findings.passed(name, `"${level}" claims no level`)
  else if (claimed === undefined) findings.failed(name, `"${level}" is not a level`)
  else if (signing?.undecided !== undefined && claimed === rankOf(signing.level))
    findings.indeterminate(name, signing.undecided)
  else if (claimed <= reached || (attestable && attested === true))
    findings.passed(name, `"${level}" is not above what the evidence shows`)
  else if (attestable && attested === undefined)
    findings.indeterminate(
      name,
      'whether the maker vouches for the device stands in an enrolment that is not here',
    )
  else if (hidden) findings.indeterminate(name, `what would show "${level}" is not disclosed`)
  else findings.failed(name, `the evidence does not show "${level}"`)
}

function reportMeaning(findings: Findings, facts: Facts): void {
  const [assurance, required] = [facts.get('assurance'), facts.get('requiredAssurance')]
  const [reached, needed] = [rankOf(assurance), rankOf(required)]
  if (needed !== undefined && (reached ?? -1) < needed) {
    findings.limit(
      `An act was done at "${factText(assurance)}", below "${factText(required)}", which the organisation required for it.`,
    )
  }
  if (facts.get('choice') === 'agreed-conditionally') {
    findings.limit('"agreed-conditionally" is not an agreement: the condition stands in the reason.')
  }
}
