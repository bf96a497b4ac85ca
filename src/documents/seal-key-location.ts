import { parseStrictJson } from '#core'

/**
 * Where the private half of a seal key lives (decision 0088). What stands here is kept in the database in clear: it says
 * where a secret is, and is none.
 */
export type SealKeyLocation =
  /** In the database, sealed under the master key. */
  | { readonly kind: 'database' }
  /** In a PEM file of the operator (PKCS #8, not encrypted). */
  | { readonly kind: 'file'; readonly keyFile: string }
  /** In a token that is reached by PKCS #11: the path of the module, the labels of token and key, the file with the PIN. */
  | {
      readonly kind: 'token'
      readonly module: string
      readonly token: string
      readonly label: string
      readonly pinFile: string
    }
  /** In a service that signs over HTTP: its address, the name of the key there, the file with the bearer token. */
  | { readonly kind: 'service'; readonly url: string; readonly key: string; readonly tokenFile: string }

/** A place that is not the database. */
export type OutsideLocation = Exclude<SealKeyLocation, { readonly kind: 'database' }>

export type SealKeyLocationKind = SealKeyLocation['kind']

const settingNames: Readonly<Record<SealKeyLocationKind, readonly string[]>> = {
  database: [],
  file: ['keyFile'],
  token: ['module', 'token', 'label', 'pinFile'],
  service: ['url', 'key', 'tokenFile'],
}

/** The settings of a location as they are stored. */
export function settingsOf(location: SealKeyLocation): string {
  return JSON.stringify(
    Object.fromEntries(
      settingNames[location.kind].map((name) => [name, location[name as keyof typeof location]]),
    ),
  )
}

/** The location that was stored. Throws an Error when the row is not one that this version wrote. */
export function readLocation(kind: SealKeyLocationKind, settings: string): SealKeyLocation {
  const found = parseStrictJson(settings) as Readonly<Record<string, unknown>>
  for (const name of settingNames[kind])
    if (typeof found[name] !== 'string') throw new Error(`the location of a seal key has no ${name}`)
  return { ...found, kind } as SealKeyLocation
}
