import { fileOf } from './dossier-files.ts'
import { demandEd25519, ed25519KeyOf } from './ed25519.ts'
import type { Findings } from './findings.ts'
import { parsePem } from './pem.ts'
import { demand, reasonOf, refuse } from './refusal.ts'
import { decodeUtf8 } from './strict-text.ts'
import { parseLogKey } from './log-key.ts'
import type { LogKey } from './log-key.ts'
import { parseCertificateList } from './trust.ts'
import type { DossierKey, Trust } from './trust.ts'
import type { Archive } from './zip-archive.ts'

/**
 * Holds each key that the dossier brings against the pinned ones. A dossier brings keys for readers who have nothing
 * else; for us they only may not differ.
 */
export function checkBroughtKeys(findings: Findings, trust: Trust, files: Archive): void {
  comparePinned(findings, 'keys/log.vkey', trust.logKeys.length, () => {
    const brought = parseLogKey(textOf(files, 'keys/log.vkey'))
    const pinned = trust.logKeys.filter((key) => key.name === brought.name)
    return pinned.some((key) => key.publicKey.equals(brought.publicKey))
  })
  comparePinned(findings, 'keys/log.pem', trust.logKeys.length, () => {
    const brought = ed25519KeyOf(parsePem(textOf(files, 'keys/log.pem'), 'PUBLIC KEY'))
    const { publicKey } = parseLogKey(textOf(files, 'keys/log.vkey'))
    demand(publicKey.equals(brought), 'keys/log.pem and keys/log.vkey hold different keys')
    return trust.logKeys.some((key) => key.publicKey.equals(brought))
  })
  comparePinned(findings, 'keys/dossier.pem', trust.dossierKeys.length, () => {
    const brought = broughtDossierKey(files)
    return trust.dossierKeys.some((key) => key.publicKey.equals(brought))
  })
  comparePinned(findings, 'keys/root.pem', trust.roots.length, () => {
    // The root of the key in use first, then those of earlier keys.
    const brought = parseCertificateList(fileOf(files, 'keys/root.pem'))
    demand(brought.length > 0, 'keys/root.pem holds no certificate')
    return brought.every(({ der }) => trust.roots.some((root) => root.der.equals(der)))
  })
  checkTsaRoots(findings, trust, files)
}

/** A dossier may bring roots of several authorities; those that are not pinned count for nothing. */
function checkTsaRoots(findings: Findings, trust: Trust, files: Archive): void {
  const name = 'keys/tsa-roots.pem'
  try {
    const brought = parseCertificateList(fileOf(files, name))
    const pinned = brought.filter(({ der }) => trust.tsaRoots.some((root) => root.der.equals(der)))
    if (brought.length === 0) findings.passed(name, 'the dossier brings none')
    else if (pinned.length > 0) findings.passed(name, `${pinned.length} of ${brought.length} are pinned`)
    else if (trust.tsaRoots.length === 0)
      findings.indeterminate(name, 'the dossier brings roots of authorities, but nothing pins one')
    else findings.failed(name, 'none of the roots in the dossier is a pinned one')
  } catch (error) {
    findings.failed(name, reasonOf(error))
  }
}

/** The log's key that a dossier brings, or undefined if it cannot be read: the check of the key says why. */
export function broughtLogKey(files: Archive): Buffer | undefined {
  try {
    return parseLogKey(textOf(files, 'keys/log.vkey')).publicKey
  } catch {
    return undefined
  }
}

function comparePinned(findings: Findings, name: string, pinnedCount: number, isPinned: () => boolean): void {
  try {
    const pinned = isPinned()
    if (pinned) findings.passed(name, 'the key in the dossier is the pinned one')
    else if (pinnedCount === 0)
      findings.indeterminate(name, 'the dossier brings this key, but nothing pins it')
    else findings.failed(name, 'the key in the dossier is not the pinned one')
  } catch (error) {
    findings.failed(name, reasonOf(error))
  }
}

/**
 * Checks the signature over SHA256SUMS with the pinned keys. With none pinned, the dossier's own key is tried: that it
 * fits shows the file is whole, not whose it is. Returns the pinned key that signed.
 */
export function checkDossierSignature(
  findings: Findings,
  trust: Trust,
  files: Archive,
): DossierKey | undefined {
  const name = 'dossier signature'
  try {
    const sums = fileOf(files, 'SHA256SUMS')
    const signature = fileOf(files, 'SHA256SUMS.sig')
    if (trust.dossierKeys.length === 0) {
      demandEd25519(broughtDossierKey(files), sums, signature)
      findings.indeterminate(
        name,
        'it fits the key that the dossier itself brings, but nothing pins that key',
      )
      return undefined
    }
    const reasons: string[] = []
    for (const key of trust.dossierKeys) {
      const reason = reasonAgainst(() => demandEd25519(key.publicKey, sums, signature))
      if (reason === undefined) {
        findings.passed(name, 'the pinned dossier key signed the list of all files')
        return key
      }
      reasons.push(reason)
    }
    return refuse(reasons[0] ?? 'no pinned key made the signature')
  } catch (error) {
    findings.failed(name, reasonOf(error))
    return undefined
  }
}

/** Says whether log and dossier key were pinned as keys of one organisation, where the pins name organisations. */
export function checkOneOwner(
  findings: Findings,
  log: LogKey | undefined,
  dossier: DossierKey | undefined,
): void {
  if (log === undefined || dossier === undefined) return
  const name = 'one organisation'
  const apart = log.owner !== '' && dossier.owner !== '' && log.owner !== dossier.owner
  if (apart) findings.failed(name, `the log is pinned for ${log.owner}, the dossier key for ${dossier.owner}`)
  else findings.passed(name, 'log and dossier key are not pinned for different organisations')
}

function broughtDossierKey(files: Archive): Buffer {
  return ed25519KeyOf(parsePem(textOf(files, 'keys/dossier.pem'), 'PUBLIC KEY'))
}

function textOf(files: Archive, name: string): string {
  return decodeUtf8(fileOf(files, name))
}

function reasonAgainst(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return reasonOf(error)
  }
}
