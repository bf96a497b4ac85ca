/**
 * Keeps the personal link. It arrives in the fragment, which browsers never send to a server. It is moved to the
 * session storage of this tab and out of the address bar, so that it is not left in the history, in a bookmark or
 * in a screenshot, while reloading the tab still works (decision 0035).
 */

const key = 'link'
const form = /^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$/

/**
 * The link of this tab, or null where there is none of the right form. A link in the address bar wins over the one
 * kept; where the browser keeps nothing, the link stays in the address bar.
 *
 * @returns {string | null}
 */
export function takeLink() {
  const arrived = location.hash.slice(1)
  if (arrived === '') return readKept()
  if (!form.test(arrived)) return null
  if (keep(arrived)) history.replaceState(history.state, '', location.pathname)
  return arrived
}

/** @param {string} link @returns {boolean} whether it is now kept */
function keep(link) {
  try {
    sessionStorage.setItem(key, link)
    return sessionStorage.getItem(key) === link
  } catch {
    return false
  }
}

/** @returns {string | null} */
function readKept() {
  try {
    const kept = sessionStorage.getItem(key)
    return kept !== null && form.test(kept) ? kept : null
  } catch {
    return null
  }
}
