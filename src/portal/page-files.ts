import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** A file of the pages, in the three forms in which it can go over the line. */
export type PageFile = {
  readonly name: string
  readonly contentType: string
  readonly sha256: string
  readonly plain: Buffer
  readonly gzip: Buffer
  readonly br: Buffer
}

const folder = new URL('./assets/', import.meta.url)
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Reads the styles, scripts and pictures from beside this file. */
export function loadPageFiles(): readonly PageFile[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const contentType = contentTypes[extname(name)]
      if (contentType === undefined)
        throw new Error(`the pages have a file of a kind they do not know: ${name}`)
      const plain = readFileSync(new URL(name, folder))
      return {
        name,
        contentType,
        sha256: sha256Hex(plain),
        plain,
        gzip: gzipSync(plain, { level: 9 }),
        br: brotliCompressSync(plain),
      }
    })
}

export function sha256Hex(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}
