import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** A file of the page, in the three forms in which it can go over the line. */
export type PageAsset = {
  readonly name: string
  readonly contentType: string
  /** Strong validator without quotes: SHA-256 of the bytes before compression. */
  readonly tag: string
  readonly plain: Buffer
  readonly gzip: Buffer
  readonly br: Buffer
}

/** Everything the page consists of. */
export type PageAssets = {
  /** Names this exact set of files; it stands in their addresses, so an address never changes its content. */
  readonly release: string
  readonly files: ReadonlyMap<string, PageAsset>
  readonly shell: PageAsset
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Reads the page from beside this file. All files share one content hash in their folder name: the modules can then
 * import each other by plain relative names, and a page never runs with modules of two versions (decision 0036).
 */
export function loadPageAssets(): PageAssets {
  const folder = new URL('./assets/', import.meta.url)
  const files = readdirSync(folder)
    .toSorted()
    .map((name) => assetOf(name, readFileSync(new URL(name, folder))))
  const release = sha256Hex(files.map((file) => `${file.name} ${file.tag}\n`).join('')).slice(0, 16)
  const preload = files
    .filter((file) => file.name.endsWith('.js'))
    .map((file) => `<link rel="modulepreload" href="/assets/${release}/${file.name}" />`)
  const shell = readFileSync(new URL('./page-shell.html', import.meta.url), 'utf8')
    .replaceAll('{{assets}}', `/assets/${release}`)
    .replace('{{preload}}', preload.join('\n    '))
  return {
    release,
    files: new Map(files.map((file) => [file.name, file])),
    shell: assetOf('page-shell.html', Buffer.from(shell)),
  }
}

function assetOf(name: string, plain: Buffer): PageAsset {
  const contentType = contentTypes[extname(name)]
  if (contentType === undefined) throw new Error(`the page has a file of a kind it does not know: ${name}`)
  return {
    name,
    contentType,
    tag: sha256Hex(plain).slice(0, 32),
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    br: brotliCompressSync(plain),
  }
}

function sha256Hex(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}
