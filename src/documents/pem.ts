import { X509Certificate } from 'node:crypto'

/** A certificate as text (RFC 7468). */
export function certificatePem(der: Buffer): string {
  return new X509Certificate(der).toString()
}

/** The certificates of a text, in order, as DER; what is in them is for others to read. Throws when there is none. */
export function certificatesOfPem(text: string): Buffer[] {
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)]
  if (blocks.length === 0) throw new TypeError('there is no certificate in this text')
  return blocks.map(([, body]) => Buffer.from(body!, 'base64'))
}
