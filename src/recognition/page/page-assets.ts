import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'

export type PageAsset = { readonly contentType: string; readonly bytes: Buffer }

/** The files of the page. `release` names exactly this set and stands in their addresses, so these never change. */
export type PageAssets = { readonly release: string; readonly files: ReadonlyMap<string, PageAsset> }

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Reads the files beside this one. Throws for a file of a kind the page does not know. */
export function loadPageAssets(): PageAssets {
  const folder = new URL('./assets/', import.meta.url)
  const digest = createHash('sha256')
  const files = new Map<string, PageAsset>()
  for (const name of readdirSync(folder).toSorted()) {
    const contentType = contentTypes[extname(name)]
    if (contentType === undefined) throw new Error(`the page has a file of a kind it does not know: ${name}`)
    const bytes = readFileSync(new URL(name, folder))
    digest.update(`${name} ${bytes.length}\n`).update(bytes)
    files.set(name, { contentType, bytes })
  }
  return { release: digest.digest('hex').slice(0, 16), files }
}
