import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Eta } from 'eta'
import { icons } from './icons.ts'

const folder = new URL('./templates/', import.meta.url)

/** A template by its name, with the SHA-256 of the file it was compiled from. */
export type Template = { readonly file: string; readonly sha256: string }

/** Everything the pages are made of on this side: values go in, markup comes out. */
export type Templates = {
  readonly files: readonly Template[]
  /** The markup of a template. Texts in `model` are escaped; only drawings of this room are put in as they are. */
  readonly render: (name: string, model: object) => string
}

/** The engine with the drawings, which templates ask for by name. */
class PortalEta extends Eta {
  readonly icons = icons
}

/**
 * Compiles every template once. Nothing is read from disk afterwards, so that a page is always made of the release whose
 * hash it names (decision 0140). A template that cannot be compiled keeps the service from starting.
 */
export function loadTemplates(): Templates {
  const eta = new PortalEta({
    autoEscape: true,
    cache: true,
    useWith: false,
    varName: 'it',
    autoTrim: [false, 'nl'],
    functionHeader: 'const icon = (name) => this.icons[name];',
  })
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.eta'))
    .toSorted()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8')
      const name = `@${file.slice(0, -'.eta'.length)}`
      // oxlint-disable-next-line typescript/unbound-method -- Eta keeps functions by name and binds them itself
      eta.loadTemplate(name, eta.compile(text))
      return { file: `templates/${file}`, sha256: createHash('sha256').update(text).digest('hex') }
    })
  return { files, render: (name, model) => eta.render(`@${name}`, model) }
}
