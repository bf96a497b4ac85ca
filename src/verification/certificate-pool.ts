import type { Certificate } from './certificate.ts'
import { isIssuedBy } from './certificate-chain.ts'
import { demand } from './refusal.ts'

export type IssuedPair = { readonly certificate: Certificate; readonly issuer: Certificate }

/** More signatures than this on certificates no honest file has: above it, nothing is looked at any more (V4). */
const comparisonsMax = 2_000
const certificatesMax = 256

/** All certificates of one file and the pinned roots, each once, and who issued whom. */
export class CertificatePool {
  readonly certificates: Certificate[] = []
  readonly #pinned = new Set<string>()
  readonly #known = new Set<string>()
  readonly #answers = new Map<Certificate, Map<Certificate, boolean>>()
  #comparisons = 0
  #pairs: readonly IssuedPair[] | undefined

  constructor(pinned: readonly Certificate[]) {
    for (const root of pinned) {
      this.#pinned.add(root.der.toString('base64'))
      this.add(root)
    }
  }

  add(certificate: Certificate): void {
    const key = certificate.der.toString('base64')
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.certificates.push(certificate)
  }

  /** Whether the issuer's name and key fit; each question is answered by arithmetic once. */
  isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
    const few = this.certificates.length <= certificatesMax
    demand(few, `the file brings more than ${certificatesMax} certificates`)
    if (!certificate.issuer.equals(issuer.subject)) return false
    const answers = this.#answers.get(certificate) ?? new Map<Certificate, boolean>()
    this.#answers.set(certificate, answers)
    const known = answers.get(issuer)
    if (known !== undefined) return known
    demand(this.#comparisons++ < comparisonsMax, 'the file brings too many certificates of one name')
    const answer = isIssuedBy(certificate, issuer)
    answers.set(issuer, answer)
    return answer
  }

  /** Every certificate with every certificate that issued it. To be asked when all were added. */
  pairs(): readonly IssuedPair[] {
    this.#pairs ??= this.certificates.flatMap((certificate) =>
      this.certificates
        .filter((issuer) => this.isIssuedBy(certificate, issuer))
        .map((issuer) => ({ certificate, issuer })),
    )
    return this.#pairs
  }

  /** Refuses a certificate that is not pinned and that no other one here issued: nothing would notice a change in it. */
  demandVouchedFor(certificate: Certificate): void {
    const pinned = this.#pinned.has(certificate.der.toString('base64'))
    const issued = pinned || this.certificates.some((issuer) => this.isIssuedBy(certificate, issuer))
    demand(issued, `nothing here vouches for the certificate of ${certificate.subjectText}`)
  }
}
