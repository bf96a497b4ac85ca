import { loadPageFiles, sha256Hex } from './page-files.ts'
import type { PageFile } from './page-files.ts'
import { loadTemplates } from './templates.ts'
import type { Templates } from './templates.ts'

/** What the pages of this process consist of. `release` names exactly this set of files. */
export type PageKit = {
  readonly release: string
  readonly files: ReadonlyMap<string, PageFile>
  readonly templates: Templates
  readonly assets: readonly { readonly file: string; readonly sha256: string }[]
}

let loaded: PageKit | undefined

/** The pages, read and compiled once in a process. */
export function pageKit(): PageKit {
  loaded ??= load()
  return loaded
}

function load(): PageKit {
  const files = loadPageFiles()
  const templates = loadTemplates()
  const assets = [
    ...files.map(({ name, sha256 }) => ({ file: `assets/${name}`, sha256 })),
    ...templates.files,
  ]
  return {
    release: sha256Hex(assets.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('')),
    files: new Map(files.map((file) => [file.name, file])),
    templates,
    assets,
  }
}

/**
 * Names the pages that a person answers on: SHA-256 over one line for each file (`<sha256>  <file>`, the form of
 * sha256sum, sorted as listed), and those hashes. It goes into the record of an act, so that it can be shown later which
 * scripts and which markup a choice was made with.
 */
export function pageRelease(): Pick<PageKit, 'release' | 'assets'> {
  const { release, assets } = pageKit()
  return { release, assets }
}
