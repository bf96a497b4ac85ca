import { X509Certificate } from 'node:crypto'

/** A certificate as text (RFC 7468). */
export function certificatePem(der: Buffer): string {
  return new X509Certificate(der).toString()
}

/** The certificates of a text, in order, as DER. Throws when there is none. */
export function certificatesOfPem(text: string): Buffer[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (blocks === null) throw new TypeError('there is no certificate in this text')
  return blocks.map((block) => new X509Certificate(block).raw)
}
