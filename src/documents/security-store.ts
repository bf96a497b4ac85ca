import { need, PdfStructureError } from './pdf-structure.ts'
import { referencesIn } from './pdf-revision.ts'

/** The DSS dictionary of a file (EN 319 142-1, 5.4.2): numbers of stream objects, in the order in which they came. */
export type SecurityStore = Streams & {
  /** One for each signature that somebody gathered validation data for (5.4.2.3). */
  readonly signatures: readonly (Streams & { readonly key: string })[]
}

type Streams = {
  readonly certificates: readonly number[]
  readonly ocsps: readonly number[]
  readonly crls: readonly number[]
}

export const emptyStore: SecurityStore = { certificates: [], ocsps: [], crls: [], signatures: [] }

/** The dictionary as text. An array without references is left out. */
export function writeStore(store: SecurityStore): string {
  const signatures = store.signatures.map(
    ({ key, certificates, ocsps, crls }) =>
      `/${key} << ${[
        '/Type /VRI',
        ...array('Cert', certificates),
        ...array('OCSP', ocsps),
        ...array('CRL', crls),
      ].join(' ')} >>`,
  )
  return [
    '<<',
    '/Type /DSS',
    ...array('Certs', store.certificates),
    ...array('OCSPs', store.ocsps),
    ...array('CRLs', store.crls),
    ...(signatures.length === 0 ? [] : ['/VRI <<', ...signatures, '>>']),
    '>>',
  ].join('\n')
}

function array(entry: string, numbers: readonly number[]): string[] {
  if (numbers.length === 0) return []
  return [`/${entry} [${numbers.map((number) => `${number} 0 R`).join(' ')}]`]
}

/** Reads what `writeStore` wrote, and nothing else: reading and writing again gives the same text. */
export function readStore(dictionary: string): SecurityStore {
  const signatures = [...dictionary.matchAll(/\n\/([0-9A-F]{40}) << \/Type \/VRI ([^\n]*)>>(?=\n)/g)]
  const store = {
    certificates: referencesIn(dictionary, 'Certs'),
    ocsps: referencesIn(dictionary, 'OCSPs'),
    crls: referencesIn(dictionary, 'CRLs'),
    signatures: signatures.map(([, key, entries]) => ({
      key: key!,
      certificates: referencesOn(entries!, 'Cert'),
      ocsps: referencesOn(entries!, 'OCSP'),
      crls: referencesOn(entries!, 'CRL'),
    })),
  }
  if (writeStore(store) !== dictionary)
    throw new PdfStructureError('the validation data is not listed as our writer lists it')
  return store
}

function referencesOn(line: string, entry: string): number[] {
  if (!line.includes(`/${entry} [`)) return []
  const [, list] = need(new RegExp(`/${entry} \\[([\\d R]+)\\]`).exec(line), `the entry ${entry}`)
  return list!.match(/\d+(?= 0 R)/g)!.map(Number)
}
