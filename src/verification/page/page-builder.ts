import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild-wasm'
import type { Plugin } from 'esbuild-wasm'
import { pageShell } from './page-shell.ts'

const bufferFile = fileURLToPath(new URL('./browser-buffer.ts', import.meta.url))
const primitivesFile = fileURLToPath(new URL('./browser-primitives.ts', import.meta.url))
const programFile = fileURLToPath(new URL('./page-program.ts', import.meta.url))
const styleFile = fileURLToPath(new URL('./page-style.css', import.meta.url))
const pythonFile = fileURLToPath(new URL('../independent/verify.py', import.meta.url))

/** The verifier as one HTML file that needs nothing else. */
export type VerifierPage = {
  readonly html: string
  /** Of the UTF-8 bytes, lower-case hex: what is published so that a copy can be recognised. */
  readonly sha256: string
  /** The policy that stands in the file's own `meta`; a server that serves the file may not be stricter about scripts. */
  readonly contentSecurityPolicy: string
}

let page: Promise<VerifierPage> | undefined

/** Builds the page once per process; the same sources and packages give the same bytes. Rejects if esbuild fails. */
export function buildVerifierPage(): Promise<VerifierPage> {
  page ??= assemble()
  return page
}

/** The verifier in Python, as it stands in the repository: `text` and the SHA-256 of its bytes in hex. */
export async function independentVerifier(): Promise<{ text: string; sha256: string }> {
  const text = await readFile(pythonFile, 'utf8')
  return { text, sha256: sha256Hex(text) }
}

/**
 * Bundles a module of this room for browsers: `Buffer` from npm, and `primitives.ts` replaced by its twin. With a global
 * name, what the module exports is there under that name.
 */
export async function bundleForBrowser(entry: string, globalName?: string): Promise<string> {
  buildsUnderWay += 1
  try {
    return await bundle(entry, globalName)
  } finally {
    buildsUnderWay -= 1
    // esbuild keeps a process of its own; left alone it would outlive this one when this one is killed.
    if (buildsUnderWay === 0) await stop()
  }
}

let buildsUnderWay = 0

async function bundle(entry: string, globalName: string | undefined): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    inject: [bufferFile],
    plugins: [otherPrimitives],
    ...(globalName === undefined ? {} : { globalName }),
  })
  return outputFiles[0]?.text ?? ''
}

/** Packages whose code ends up inside the page, by something in them that can be found. */
const packagesInside = [
  '@noble/curves/ed25519.js',
  '@noble/hashes/sha2.js',
  'buffer/index.js',
  'base64-js',
  'ieee754',
]

const otherPrimitives: Plugin = {
  name: 'browser primitives',
  setup(bundler) {
    bundler.onResolve({ filter: /\/primitives\.ts$/ }, () => ({ path: primitivesFile }))
  },
}

async function assemble(): Promise<VerifierPage> {
  const [program, style, licences] = await Promise.all([
    bundleForBrowser(programFile),
    readFile(styleFile, 'utf8'),
    licencesOf(packagesInside),
  ])
  const sources = [`script-src '${sourceHash(program)}'`, `style-src '${sourceHash(style)}'`]
  const policy = ["default-src 'none'", ...sources, "base-uri 'none'", "form-action 'none'"]
  const contentSecurityPolicy = [...policy, "require-trusted-types-for 'script'"].join('; ')
  const html = pageShell({ contentSecurityPolicy, program, style, licences })
  return { html, sha256: sha256Hex(html), contentSecurityPolicy }
}

/** The licences of the packages that end up inside the page: they ask to travel with it. */
async function licencesOf(packages: readonly string[]): Promise<string> {
  const { resolve } = createRequire(import.meta.url)
  const texts = packages.map(async (name) => `${name}\n\n${await licenceAbove(dirname(resolve(name)))}`)
  return (await Promise.all(texts)).join('\n\n')
}

async function licenceAbove(start: string): Promise<string> {
  for (let place = start; place !== dirname(place); place = dirname(place)) {
    try {
      return (await readFile(join(place, 'LICENSE'), 'utf8')).trim()
    } catch {
      // Not in this folder: the package's root is further up.
    }
  }
  throw new Error(`no licence above ${start}`)
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
