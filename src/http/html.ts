/** Markup that was put together here. Anything else that goes into a page is text and is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | string | number | null | false | readonly Part[]

/** Puts values into markup. Texts are escaped, also inside attributes, which always stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    strings.reduce(
      (all, string, at) => all + string + (at < parts.length ? textOf(parts[at] as Part) : ''),
      '',
    ),
  )
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text
  if (part === null || part === false) return ''
  if (typeof part === 'object') return part.map(textOf).join('')
  return String(part)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
