import type { Instant } from '#core'
import type { Platform } from '#platform'
import { placesOf, type Certificate } from './certificate.ts'
import { crlLengthMax, validateCrl } from './crl-validation.ts'
import { answerOcspRequest, type DevelopmentResponder } from './development-responder.ts'
import { shownUrl } from './egress-rules.ts'
import { exchange } from './http-exchange.ts'
import { certificateIdOf, ocspRequest } from './ocsp-request.ts'
import { ocspLengthMax, validateOcsp, type Answer, type Question } from './ocsp-validation.ts'
import {
  RevocationRefusal,
  type RevocationAttempt,
  type RevocationFailure,
  type RevocationSource,
} from './revocation.ts'
import type { RevocationSources } from './revocation-sources.ts'
import type { Asked } from './shared-answers.ts'

export type AskingDeps = Pick<Platform, 'randomBytes' | 'metrics'>

/** One way to get an answer. */
type Way = {
  readonly source: RevocationSource
  readonly url: string
  readonly ask: () => Promise<Answer>
  /** The same place asked in a simpler manner, after a failure that this may mend. */
  readonly simpler?: () => Promise<Answer>
}

/** Of each kind a certificate may name more places; these are asked. */
const placesMax = 2
/** A responder that answers in advance knows no nonce, and may know no POST (RFC 5019 section 2.1 and 5). */
const mendable: readonly RevocationFailure[] = ['http-status', 'redirect', 'status']
const nonceLength = 16
const ocspHeaders = { accept: 'application/ocsp-response' }

/**
 * Asks about one certificate: the development responder of its issuer where there is one and nobody else, otherwise OCSP
 * and then lists, in the order of the certificate, until an answer counts (decision 0078). Never rejects because of
 * those who are asked.
 */
export async function askAbout(
  deps: AskingDeps,
  sources: RevocationSources,
  { certificate, issuer }: { readonly certificate: Certificate; readonly issuer: Certificate },
  now: Instant,
): Promise<Asked> {
  const attempts: RevocationAttempt[] = []
  const tell = (source: RevocationSource, url: string, failure: RevocationFailure, detail: string) => {
    attempts.push({ source, url, failure, detail, certificateSha256: certificate.sha256 })
    deps.metrics.count('beding_revocation_requests_total', { source, outcome: failure })
  }
  if (certificate.notAfter < now) {
    tell(
      'none',
      '',
      'expired',
      `the certificate ended at ${certificate.notAfter}: answers say nothing about it`,
    )
    return { answer: undefined, attempts }
  }
  const ways = await waysFor(deps, sources, { certificate, issuer, now })
  if (ways.length === 0) tell('none', '', 'no-source', 'the certificate names no place to ask')
  for (const { source, url, ask, simpler } of ways)
    for (const attempt of [ask, simpler]) {
      if (attempt === undefined) continue
      if (attempt === simpler && !mendable.includes(attempts.at(-1)!.failure)) continue
      try {
        const answer = await attempt()
        deps.metrics.count('beding_revocation_requests_total', { source, outcome: answer.status.kind })
        return { answer, attempts }
      } catch (error) {
        const told = error instanceof RevocationRefusal
        tell(
          source,
          shownUrl(url),
          told ? error.reason : 'fault',
          error instanceof Error ? error.message : String(error),
        )
      }
    }
  return { answer: undefined, attempts }
}

async function waysFor(deps: AskingDeps, sources: RevocationSources, question: Question): Promise<Way[]> {
  const development = await sources.developmentResponderOf(question.issuer, question.now)
  if (development !== undefined) return [developmentWay(deps, development, question)]
  const { ocsp, crl } = placesOf(question.certificate)
  const http = { privateHosts: sources.privateHosts, timeout_ms: sources.timeout_ms }
  const id = certificateIdOf(question.certificate, question.issuer, 'sha1')
  return [
    ...ocsp.slice(0, placesMax).map((url): Way => {
      const nonce = deps.randomBytes(nonceLength)
      return {
        source: 'ocsp',
        url,
        ask: async () => {
          const headers = { ...ocspHeaders, 'content-type': 'application/ocsp-request' }
          const body = ocspRequest(id, nonce)
          const bytes = await exchange({ url, body, headers, lengthMax: ocspLengthMax }, http)
          return validateOcsp(bytes, { ...question, nonce })
        },
        simpler: async () => {
          // RFC 6960 appendix A.1: the request in base64, percent-encoded, as the last part of the path.
          const path = encodeURIComponent(ocspRequest(id).toString('base64'))
          const place = `${url}${url.endsWith('/') ? '' : '/'}${path}`
          const bytes = await exchange({ url: place, headers: ocspHeaders, lengthMax: ocspLengthMax }, http)
          return validateOcsp(bytes, question)
        },
      }
    }),
    ...crl.slice(0, placesMax).map((url): Way => ({
      source: 'crl',
      url,
      ask: async () => {
        const headers = { accept: 'application/pkix-crl' }
        return validateCrl(await exchange({ url, headers, lengthMax: crlLengthMax }, http), question)
      },
    })),
  ]
}

function developmentWay(deps: AskingDeps, responder: DevelopmentResponder, question: Question): Way {
  return {
    source: 'development',
    url: '',
    ask: async () => {
      const nonce = deps.randomBytes(nonceLength)
      const request = ocspRequest(certificateIdOf(question.certificate, question.issuer, 'sha1'), nonce)
      const response = answerOcspRequest(request, responder, [question.certificate], question.now)
      return validateOcsp(response, { ...question, nonce })
    },
  }
}
