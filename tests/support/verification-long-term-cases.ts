import { readTrust } from '#verification'
import type { Level, NamedBytes } from '#verification'
import { dataFor, GrowingFile } from './verification-long-term.ts'
import type { DataWishes } from './verification-long-term.ts'
import { anOcspResponse, aResponder, aRevocationList } from './verification-revocation.ts'
import { pemOf, sealKeys } from './verification-seal.ts'
import { anAuthority } from './verification-timestamp.ts'

export const keys = sealKeys()
export const authority = anAuthority()
export const secondAuthority = anAuthority({ name: 'Second time root' })

export const trustFiles: readonly NamedBytes[] = [
  { name: 'root.pem', bytes: Buffer.from(pemOf(keys.root)) },
  {
    name: 'tsa-roots.pem',
    bytes: Buffer.from(pemOf(authority.root) + pemOf(secondAuthority.root)),
  },
]
export const trust = readTrust(trustFiles)

/** Validation data for the seal and for the first authority, as of a moment. */
export function allData(
  utc: string,
  sealWishes: Parameters<typeof dataFor>[2] = {},
  timeWishes: Parameters<typeof dataFor>[2] = {},
): Required<Pick<DataWishes, 'certificates' | 'ocsps' | 'lists'>> {
  const [seal, time] = [dataFor(keys, utc, sealWishes), dataFor(authority, utc, timeWishes)]
  return {
    certificates: [...seal.certificates, ...time.certificates],
    ocsps: [...seal.ocsps, ...time.ocsps],
    lists: [...seal.lists, ...time.lists],
  }
}

/** R0, R1, T, D, T. */
export function aLongTermFile(): GrowingFile {
  const file = new GrowingFile(keys).stamp(authority, '20261121080005Z')
  return file
    .data({ ...allData('20261121080010Z'), keys: [file.lastKey] })
    .stamp(authority, '20261121080020Z')
}

/** The long-term file, renewed by another authority years later, with data for both. */
export function aRenewedFile(): GrowingFile {
  const file = aLongTermFile()
  const { ocsps, lists } = dataFor(authority, '20350101080000Z')
  file.data({ ocsps, lists, keys: [file.lastKey] }).stamp(secondAuthority, '20350101080100Z')
  return file.data({ ...dataFor(secondAuthority, '20350101080200Z'), keys: [file.lastKey] })
}

/** A file, the level it reaches, or the check that FAILED and why. */
export type LongTermCase = {
  readonly name: string
  readonly bytes: () => Buffer
} & ({ readonly level: Level } | { readonly check: string; readonly reason: RegExp; readonly open?: true })

/** A sealed file with one time-stamp. */
export const stamped = (): GrowingFile => new GrowingFile(keys).stamp(authority, '20261121080005Z')
export const withData = (data: DataWishes): Buffer => stamped().data(data).bytes

export const honestCases: readonly LongTermCase[] = [
  { name: 'a seal alone', level: 'B-B', bytes: () => new GrowingFile(keys).bytes },
  { name: 'with a time-stamp', level: 'B-T', bytes: () => stamped().bytes },
  { name: 'with a time-stamp and data', level: 'B-LT', bytes: () => withData(allData('20261121080010Z')) },
  { name: 'with a later time-stamp', level: 'B-LTA', bytes: () => aLongTermFile().bytes },
  { name: 'renewed', level: 'B-LTA', bytes: () => aRenewedFile().bytes },
  {
    name: 'data first, then time-stamps',
    level: 'B-LTA',
    bytes: () =>
      new GrowingFile(keys)
        .data(allData('20261121080000Z'))
        .stamp(authority, '20261121080005Z')
        .stamp(authority, '20261121080006Z').bytes,
  },
  {
    name: 'data of the seal only',
    level: 'B-T',
    bytes: () => withData(dataFor(keys, '20261121080010Z')),
  },
  {
    name: 'data that is too old',
    level: 'B-T',
    bytes: () => withData(allData('20261120080010Z')),
  },
  {
    name: 'data from before that holds long enough',
    level: 'B-LT',
    bytes: () =>
      withData(
        allData('20261120080010Z', { nextUpdate: '20261122080000Z' }, { nextUpdate: '20261122080000Z' }),
      ),
  },
  {
    name: 'data covered by a time-stamp of which nothing was known when it was made',
    level: 'B-LT',
    bytes: () => {
      const file = stamped().stamp(secondAuthority, '20261121080006Z').data(allData('20261121080010Z'))
      return file.stamp(authority, '20261121080020Z').bytes
    },
  },
  {
    name: 'a responder in place of the issuer',
    level: 'B-LT',
    bytes: () => {
      const responder = aResponder(keys.middle)
      return withData(allData('20261121080010Z', { responder, namedBy: 'name', hash: 'sha256' }))
    },
  },
  {
    name: 'a responder about whom somebody must ask',
    level: 'B-T',
    bytes: () =>
      withData(allData('20261121080010Z', { responder: aResponder(keys.middle, { asked: true }) })),
  },
  {
    name: 'a responder about whom somebody asked',
    level: 'B-LT',
    bytes: () => {
      const data = allData('20261121080010Z', { responder: aResponder(keys.middle, { asked: true }) })
      return withData({ ...data, lists: [...data.lists, aRevocationList(keys.middle)] })
    },
  },
  {
    name: 'a seal whose certificate was revoked afterwards',
    level: 'B-LT',
    bytes: () =>
      withData(allData('20261123080000Z', { status: { revokedAt: '20261122080000Z', reason: 1 } })),
  },
]

/** An OCSP response about the seal of these tests. */
export const good = (wishes: Parameters<typeof anOcspResponse>[2] = {}): Buffer =>
  anOcspResponse(keys.leaf, keys.middle, wishes)
export const tops = [keys.middle.der, keys.root.der]

/** A sealed file with validation data only. */
export const alone = (data: DataWishes): Buffer =>
  new GrowingFile(keys).data({ certificates: tops, ...data }).bytes
