import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const packageFolder = join(root, 'node_modules/@sparticuz/chromium')

/** What a browser out of npm needs to run: the program, and the environment that points at its own libraries and fonts. */
type UnpackedBrowser = { readonly executablePath: string; readonly environment: Record<string, string> }

/**
 * Starts a real Chromium that came with `npm ci`. Nothing of the machine is used: libraries and fonts come out
 * of the package too, so a bare Debian container is enough. It uses no network but what the pages ask for.
 *
 * `BEDING_TEST_BROWSER` names another Chromium to use, for machines the package has no binary for (it holds
 * one for Linux on x64).
 */
export async function startBrowser(): Promise<Browser> {
  const own = process.env['BEDING_TEST_BROWSER']
  const { executablePath, environment } =
    own === undefined ? await unpackedBrowser() : { executablePath: own, environment: {} }
  return chromium.launch({
    executablePath,
    headless: true,
    // The container of a test or demonstration has no user namespaces to build a sandbox from, and Chromium refuses to run as
    // root with one. The pages it opens are our own, on loopback.
    chromiumSandbox: false,
    args: ['--no-zygote', '--disable-gpu', '--font-render-hinting=none', '--disable-dev-shm-usage'],
    env: { ...inheritedEnvironment(), ...environment },
  })
}

/**
 * The browser unpacked in `.beding/browser/<version>`, unpacked first where it is not there yet.
 *
 * The package by itself unpacks into the shared temporary folder under fixed names: a second user of the machine
 * would find the first one's files, and two test processes would write the same file. So it unpacks here into a
 * fresh folder that is then renamed; whoever loses that race uses the winner's.
 */
async function unpackedBrowser(): Promise<UnpackedBrowser> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(root, '.beding/browser', version)
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    const fresh = mkdtempSync(`${folder}-`)
    await unpackInto(fresh)
    try {
      renameSync(fresh, folder)
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  return {
    executablePath: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  }
}

/**
 * The fonts that came with npm, and no others, so that pages look the same on every machine. The package's own
 * configuration looks in folders of the cloud it was made for; without any font Chromium crashes.
 */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir prefix="relative">../../../node_modules/dejavu-fonts-ttf/ttf</dir>
  <cachedir prefix="xdg">fonts</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`

/** Unpacks program, libraries and fonts into a folder. The package knows only `os.tmpdir()`, so that is what we move. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    if (tmpdir() !== folder) throw new Error(`cannot unpack the test browser into ${folder}`)
    await Promise.all(
      ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((name) =>
        inflate(join(packageFolder, 'bin', name)),
      ),
    )
    writeFileSync(join(folder, 'fonts.conf'), fontConfiguration)
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
