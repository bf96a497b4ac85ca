import type { Language } from '#people'
import { releaseInAddress } from './asset-routes.ts'
import { pageKit } from './release.ts'
import { words } from './words.ts'
import type { Words } from './words.ts'

/** The parts of the menu of who is signed in as a person. */
export type Place = 'todo' | 'receipts' | 'obligations' | 'devices' | 'account'

/** What surrounds a page, whatever it says. */
export type Frame = {
  readonly language: Language
  /** Where choosing the other language leads back to. */
  readonly path: string
  readonly organisationName?: string | undefined
  /** The menu is there for who is signed in as a person; somebody with a link for one document has none. */
  readonly signedIn?: 'person' | 'visit' | undefined
  readonly place?: Place | undefined
}

/** A page: its template, the title of the tab, and the values that go in. */
export type Page = {
  readonly template: string
  readonly title: string
  readonly model: object
  /** Modules that make the page better where they run. */
  readonly scripts?: readonly string[]
}

const placePaths: Readonly<Record<Place, string>> = {
  todo: '/my',
  receipts: '/my/receipts',
  obligations: '/my/obligations',
  devices: '/my/devices',
  account: '/my/account',
}

/** The whole markup of a page. The same values give the same bytes, for ever in one release. */
export function renderPage(frame: Frame, page: Page): string {
  const { templates, release } = pageKit()
  const text = words[frame.language]
  const assets = `/my/assets/${release.slice(0, releaseInAddress)}`
  const body = templates.render(page.template, { w: text, assets, ...page.model })
  return templates.render('layout', {
    w: text,
    assets,
    language: frame.language,
    title: frame.organisationName === undefined ? page.title : `${page.title} – ${frame.organisationName}`,
    brand: frame.organisationName ?? text.brand,
    path: frame.path,
    languages: [
      { code: 'nl', name: 'Nederlands', current: frame.language === 'nl' },
      { code: 'en', name: 'English', current: frame.language === 'en' },
    ],
    menu: frame.signedIn === 'person' ? menu(text, frame.place) : [],
    signOut: frame.signedIn !== undefined,
    scripts: page.scripts ?? [],
    body,
  })
}

function menu(text: Words, place: Place | undefined) {
  return (Object.keys(placePaths) as Place[]).map((name) => ({
    text: text.nav[name],
    href: placePaths[name],
    current: name === place,
  }))
}
