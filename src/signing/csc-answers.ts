import { fromBase64, problem } from '#core'

/** A JSON object that a provider answered; nothing in it has been looked at. */
export type CscAnswer = Readonly<Record<string, unknown>>

const retryAfter_s = 30

/** Nothing that can be used came back from the provider. */
export function unusable(cause?: unknown) {
  return problem('signing-provider-unavailable', { retryAfter_s, cause })
}

/** What the provider says of itself (CSC API section 11.1). */
export type CscService = {
  readonly name: string
  readonly specs: string
  readonly region: string | null
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  /** Of the authorization server, where it names itself; then its redirects must (RFC 9207). */
  readonly issuer: string | null
}

/**
 * Reads the answer of `info`. Where the authorization server is stands in it: as a base address, or as an issuer whose
 * metadata are then asked for. Throws `signing-provider-unavailable` for anything else.
 */
export async function readService(
  info: CscAnswer,
  metadataOf: (issuer: string) => Promise<CscAnswer>,
): Promise<CscService> {
  const about = {
    name: textIn(info['name'], 200),
    specs: textIn(info['specs'], 30),
    region: typeof info['region'] === 'string' ? info['region'].slice(0, 30) : null,
  }
  if (typeof info['oauth2Issuer'] === 'string') {
    const issuer = address(info['oauth2Issuer'])
    const metadata = await metadataOf(issuer)
    // RFC 8414 section 3.3: metadata of another issuer are of no use.
    if (metadata['issuer'] !== issuer) throw unusable()
    const authorizationEndpoint = address(metadata['authorization_endpoint'])
    return { ...about, issuer, authorizationEndpoint, tokenEndpoint: address(metadata['token_endpoint']) }
  }
  const base = address(info['oauth2']).replace(/\/+$/, '')
  return {
    ...about,
    issuer: null,
    authorizationEndpoint: `${base}/oauth2/authorize`,
    tokenEndpoint: `${base}/oauth2/token`,
  }
}

/** A key at the provider (CSC API section 11.5). */
export type CscCredential = {
  readonly enabled: boolean
  /** What the provider says of the certificate: `valid`, `expired`, `revoked`, `suspended`; null where it says nothing. */
  readonly certificateStatus: string | null
  /** OIDs of signature algorithms. */
  readonly algorithms: readonly string[]
  /** DER, the person's first. */
  readonly certificates: readonly Buffer[]
  /** `2` where an authorisation is bound to the hashes that are signed. */
  readonly soleControl: string
}

/** Reads the answer of `credentials/info`. Throws `signing-provider-unavailable` for anything that is not of its form. */
export function readCredential(answer: CscAnswer): CscCredential {
  const [key, cert] = [record(answer['key']), record(answer['cert'])]
  const algorithms = list(key['algo'], 50).map((each) => textIn(each, 100))
  const certificates = list(cert['certificates'], 10).map((each) => {
    const der = fromBase64(textIn(each, 20_000))
    if (der === undefined) throw unusable()
    return der
  })
  if (certificates.length === 0) throw unusable()
  return {
    enabled: key['status'] === 'enabled',
    certificateStatus: typeof cert['status'] === 'string' ? cert['status'].slice(0, 30) : null,
    algorithms,
    certificates,
    soleControl: typeof answer['SCAL'] === 'string' ? answer['SCAL'].slice(0, 3) : '1',
  }
}

function record(value: unknown): CscAnswer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unusable()
  return value as CscAnswer
}

function list(value: unknown, lengthMax: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > lengthMax) throw unusable()
  return value as unknown[]
}

/** A text of an answer, or `signing-provider-unavailable`. */
export function textIn(value: unknown, lengthMax: number): string {
  if (typeof value !== 'string' || value === '' || value.length > lengthMax) throw unusable()
  return value
}

function address(value: unknown): string {
  const url = URL.parse(textIn(value, 2_048))
  if (url === null || url.hash !== '' || url.username !== '' || url.password !== '') throw unusable()
  return value as string
}
