import type { Page } from 'playwright-core'
import type { Test } from 'tap'

type Key = 'Enter' | 'Space'
type Move = 'Tab' | 'Shift+Tab' | 'ArrowDown' | 'ArrowUp'

/** What has the focus, and whether somebody who looks at the page can tell. */
type Focus = { readonly fits: boolean; readonly shows: boolean; readonly what: string }

/**
 * A person who has a keyboard and nothing else: Tab, Shift+Tab, arrows, Enter, Space and letters. At every stop on the
 * way the focus must show: inside the window, with an outline on the thing itself or on its label.
 */
export class Keyboard {
  stops = 0
  /** Where the focus did not show. */
  readonly hidden: string[] = []
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Moves until this has the focus; throws when it never gets it. */
  async to(selector: string, move: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 90; presses += 1) if ((await this.#step(move, selector)).fits) return
    throw new Error(`${move} never reaches ${selector} on ${this.#page.url()}`)
  }

  /** Goes to this and presses a key on it. */
  async press(selector: string, key: Key = 'Enter'): Promise<void> {
    await this.to(selector)
    await this.#page.keyboard.press(key)
  }

  /** The same, and waits for the page it leads to. */
  async go(selector: string, to: RegExp, key: Key = 'Enter'): Promise<void> {
    await this.to(selector)
    await Promise.all([this.#page.waitForURL(to), this.#page.keyboard.press(key)])
    await this.#page.waitForLoadState('load')
  }

  /** Goes into a group of radio buttons and takes this one, with the space bar or the arrows. */
  async take(group: string, option: string): Promise<void> {
    await this.to(group)
    await this.#page.keyboard.press('Space')
    const isTaken = () => this.#page.locator(option).first().isChecked()
    for (let presses = 0; !(await isTaken()); presses += 1) {
      if (presses > 8) throw new Error(`the arrows never reach ${option}`)
      await this.#step('ArrowDown', option)
    }
  }

  async type(selector: string, text: string): Promise<void> {
    await this.to(selector)
    await this.#page.keyboard.type(text)
  }

  /** Nothing that had the focus on the way was out of sight. */
  check(t: Test): void {
    t.same(this.hidden, [], `the focus showed at each of ${this.stops} stops`)
  }

  async #step(move: Move, selector: string): Promise<Focus> {
    await this.#page.keyboard.press(move)
    const focus = await this.#page.evaluate(look, selector)
    this.stops += 1
    if (!focus.shows) this.hidden.push(`${new URL(this.#page.url()).pathname}: ${focus.what}`)
    return focus
  }
}

/** Runs in the page. The end of the page, where the focus is on nothing, is no stop that could show anything. */
function look(selector: string): Focus {
  const element = document.activeElement
  if (element === null || element === document.body)
    return { fits: false, shows: true, what: 'the page itself' }
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
  const outlined = [element, label].some((one) => {
    if (one === undefined) return false
    const style = getComputedStyle(one)
    const { top, bottom, right, left, width, height } = one.getBoundingClientRect()
    const inWindow =
      bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width > 0 && height > 0
    return inWindow && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
  })
  return { fits: element.matches(selector), shows: outlined, what: element.outerHTML.slice(0, 120) }
}
