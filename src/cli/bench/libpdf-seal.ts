import type { PDF as Pdf } from '@libpdf/core'
import type { BenchSeal } from './seal-keys.ts'

/** What seals the same files in the same run, for comparison. */
export type LibpdfSeal = {
  readonly seal: (rendered: Buffer, seal: BenchSeal) => Promise<Uint8Array>
  /** With the token and the answer that are given, whatever they say: it does not look at them. */
  readonly sealLongTerm: (
    rendered: Buffer,
    seal: BenchSeal,
    token: Buffer,
    answer: Buffer,
  ) => Promise<Uint8Array>
}

type SignOptions = Parameters<Pdf['sign']>[0]

/** The library @libpdf/core, which reads uploaded contracts and seals nothing of ours; undefined where it is not installed. */
export async function openLibpdf(): Promise<LibpdfSeal | undefined> {
  const library = await import('@libpdf/core').catch(() => undefined)
  if (library === undefined) return undefined
  const sign = async (rendered: Buffer, options: SignOptions): Promise<Uint8Array> => {
    const file = await library.PDF.load(rendered)
    const { bytes } = await file.sign({ reason: 'bench', ...options })
    return bytes
  }
  return {
    seal: (rendered, seal) => sign(rendered, { signer: signerOf(seal), level: 'B-B' }),
    sealLongTerm: (rendered, seal, token, answer) =>
      sign(rendered, {
        signer: signerOf(seal),
        level: 'B-LTA',
        timestampAuthority: { timestamp: () => Promise.resolve(token) },
        revocationProvider: { getOCSP: () => Promise.resolve(answer) },
      }),
  }
}

function signerOf({ kind, signer, chain }: BenchSeal): SignOptions['signer'] {
  const [certificate, ...certificateChain] = chain
  return {
    certificate: certificate!,
    certificateChain,
    keyType: kind === 'ecdsa-p256' ? 'EC' : 'RSA',
    signatureAlgorithm: kind === 'ecdsa-p256' ? 'ECDSA' : 'RSASSA-PKCS1-v1_5',
    sign: (data) => signer.sign(Buffer.from(data)),
  }
}
