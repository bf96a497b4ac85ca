import { Buffer } from 'node:buffer'

/** A signature of a PDF as it stands in the bytes: found by text alone, with no code of the product. */
export type WrittenSignature = {
  readonly subFilter: string
  /** The CMS, without the zeros behind it. */
  readonly cms: Buffer
  /** Everything it covers. */
  readonly covered: Buffer
  /** Where the covered range ends: the file's length when this signature was made. */
  readonly end: number
  readonly isPaddedWithZeros: boolean
}

/** All signatures of a file in the order in which they were appended. */
export function writtenSignatures(bytes: Buffer): WrittenSignature[] {
  const text = bytes.toString('latin1')
  return [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/g)].map((match) => {
    const [start, first, second, rest] = match.slice(1).map(Number) as [number, number, number, number]
    const dictionary = text.slice(text.lastIndexOf(' 0 obj', match.index), match.index)
    const contents = Buffer.from(text.slice(first + 1, second - 1), 'hex')
    const length = 4 + contents.readUInt16BE(2)
    return {
      subFilter: /\/SubFilter \/([\w.]+)/.exec(dictionary)?.[1] ?? '',
      cms: contents.subarray(0, length),
      covered: Buffer.concat([bytes.subarray(start, first), bytes.subarray(second, second + rest)]),
      end: second + rest,
      isPaddedWithZeros: contents.subarray(length).every((byte) => byte === 0),
    }
  })
}

type QpdfValue =
  string | number | boolean | null | readonly QpdfValue[] | { readonly [name: string]: QpdfValue }
export type QpdfJson = {
  readonly qpdf: readonly [unknown, Readonly<Record<string, { readonly value?: QpdfValue }>>]
}

/** What the catalog's /DSS and /AcroForm hold, as qpdf reads the newest state of a file. */
export function validationData({ qpdf: [, objects] }: QpdfJson): {
  readonly certificates: number
  readonly revocations: number
  readonly vri: readonly string[]
  readonly extension: boolean
  readonly sigFlags: QpdfValue
} {
  const follow = (value: QpdfValue | undefined): Readonly<Record<string, QpdfValue>> => {
    const found = typeof value === 'string' ? objects[`obj:${value}`]?.value : value
    return (found ?? {}) as Readonly<Record<string, QpdfValue>>
  }
  const catalog = Object.values(objects)
    .map(({ value }) => value as Readonly<Record<string, QpdfValue>> | undefined)
    .find((value) => value?.['/Type'] === '/Catalog')!
  const dss = follow(catalog['/DSS'])
  const lengthOf = (name: string): number => ((dss[name] as readonly QpdfValue[] | undefined) ?? []).length
  return {
    certificates: lengthOf('/Certs'),
    revocations: lengthOf('/OCSPs') + lengthOf('/CRLs'),
    vri: Object.keys(follow(dss['/VRI'])),
    extension: '/ESIC' in follow(catalog['/Extensions']),
    sigFlags: follow(catalog['/AcroForm'])['/SigFlags'] ?? null,
  }
}

/** How many link references there are in the structure tree, and how many name another page than the annotation's. */
export function linkReferences({ qpdf: [, objects] }: QpdfJson): {
  readonly links: number
  readonly wrong: number
} {
  const dictionaries = Object.entries(objects).map(
    ([name, { value }]) => [name, (value ?? {}) as Readonly<Record<string, QpdfValue>>] as const,
  )
  const pageOf = new Map<QpdfValue, string>()
  for (const [name, value] of dictionaries)
    if (value['/Type'] === '/Page')
      for (const annotation of (value['/Annots'] as readonly QpdfValue[] | undefined) ?? [])
        pageOf.set(annotation, name.replace('obj:', ''))
  let [links, wrong] = [0, 0]
  for (const [, value] of dictionaries) {
    if (value['/S'] !== '/Link') continue
    for (const kid of [value['/K']].flat() as Readonly<Record<string, QpdfValue>>[]) {
      if (kid?.['/Type'] !== '/OBJR') continue
      links += 1
      if (pageOf.get(kid['/Obj'] ?? null) !== kid['/Pg']) wrong += 1
    }
  }
  return { links, wrong }
}
