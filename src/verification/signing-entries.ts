import type { Json } from './canonical-json.ts'
import type { Facts } from './disclosures.ts'
import { checkEnrolment } from './enrolment-record.ts'
import type { Enrolment } from './enrolment-record.ts'
import type { Findings } from './findings.ts'
import { textsOf } from './passkey-signing.ts'
import { sha256 } from './primitives.ts'
import { demand } from './refusal.ts'
import { isInstant, isSha256Hex } from './strict-text.ts'

/** An entry that acts rest on, as it was read. */
export type SupportingEntry = {
  readonly index: number
  readonly leafHash: string
  readonly kind: string
  readonly references: readonly number[]
  readonly facts: Facts
  /** Whether every fact is shown. */
  readonly whole: boolean
}

export type KnownEnrolment = {
  readonly leafHash: string
  /** undefined if not all of it is shown, or it is wrong. */
  readonly enrolment: Enrolment | undefined
  readonly whole: boolean
}

/** What was enrolled, ended and shown so far: some hundred bytes an entry, whatever the entries say (V13). */
export class SigningEntries {
  readonly #enrolments = new Map<number, KnownEnrolment>()
  /** The first end of a key: by the index of its enrolment, and by its identifier. */
  readonly #endOfEntry = new Map<number, number>()
  readonly #endOfCredential = new Map<string, number>()
  readonly #resets = new Map<string, { readonly index: number; readonly at: string }[]>()
  readonly #releases = new Map<string, number>()

  /** Looks at an entry; those of other kinds are nothing to it. Entries come in the order of the log. */
  see(findings: Findings, entry: SupportingEntry): void {
    const { index, kind, facts } = entry
    if (kind === 'signing-credential-enrolled') this.#seeEnrolment(findings, entry)
    if (kind === 'page-release' && entry.whole) this.#seeRelease(findings, entry)
    if (kind === 'signing-credential-revoked' || kind === 'signing-reset') {
      for (const earlier of entry.references) setFirst(this.#endOfEntry, earlier, index)
      for (const credential of credentialsIn(facts)) setFirst(this.#endOfCredential, credential, index)
    }
    if (kind === 'signing-reset') this.#seeReset(index, facts)
  }

  enrolmentAt(index: number): KnownEnrolment | undefined {
    return this.#enrolments.get(index)
  }

  /** The entry that ended a key before this index, if one did. */
  endBefore(index: number, enrolmentIndex: number, enrolment: Enrolment): number | undefined {
    const { personId, signingCredentialId } = enrolment
    const resets = (this.#resets.get(personId) ?? []).map((reset) => reset.index)
    const own = [this.#endOfEntry.get(enrolmentIndex), this.#endOfCredential.get(signingCredentialId)]
    return [...own, ...resets].find((end) => end !== undefined && end > enrolmentIndex && end < index)
  }

  /** When the keys of this person were reset before this index. */
  resetsBefore(index: number, personId: string): string[] {
    return (this.#resets.get(personId) ?? []).filter((reset) => reset.index < index).map(({ at }) => at)
  }

  /** The entry that lists the files of a release of the page. */
  releaseEntry(release: Json | undefined): number | undefined {
    return typeof release === 'string' ? this.#releases.get(release) : undefined
  }

  #seeEnrolment(findings: Findings, { index, leafHash, facts, whole }: SupportingEntry): void {
    const enrolment = whole
      ? findings.attempt(
          'enrolment record',
          () => checkEnrolment(facts),
          () => 'a device made this key for this person, in answer to exactly this question',
        )
      : undefined
    this.#enrolments.set(index, { leafHash, enrolment, whole })
  }

  #seeReset(index: number, facts: Facts): void {
    const [personId, at] = [facts.get('personId'), facts.get('resetAt')]
    if (typeof personId !== 'string' || !isInstant(at)) return
    const before = this.#resets.get(personId)
    if (before === undefined) this.#resets.set(personId, [{ index, at }])
    else before.push({ index, at })
  }

  #seeRelease(findings: Findings, { index, facts }: SupportingEntry): void {
    findings.attempt(
      'page release',
      () => {
        const release = facts.get('release')
        const lines = textsOf(facts.get('assets'), 'the files of the page').map((each) => {
          const [file = '', hash] = each.split(/:(?=[0-9a-f]{64}$)/)
          demand(isSha256Hex(hash), 'a file of the page has no hash')
          return `${hash}  ${file}\n`
        })
        const same = sha256(Buffer.from(lines.join(''), 'utf8')).toString('hex') === release
        demand(same, 'the release of the page is not that of its files')
        setFirst(this.#releases, release as string, index)
        return lines
      },
      ({ length }) => `${length} files, each with its hash`,
    )
  }
}

function credentialsIn(facts: Facts): string[] {
  const [one, several] = [facts.get('signingCredentialId'), facts.get('signingCredentialIds')]
  const list = Array.isArray(several) ? several : []
  return [one, ...list].filter((each) => typeof each === 'string')
}

function setFirst<Key>(map: Map<Key, number>, key: Key, index: number): void {
  if (!map.has(key)) map.set(key, index)
}
