/**
 * Takes the personal link out of the address, where only this device can read it, and sends it in a form. Opening the
 * address alone records nothing; without this script the link is pasted by hand.
 */
const secret = location.hash.slice(1)
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('enter'))
const field = /** @type {HTMLInputElement | null} */ (document.getElementById('link'))

if (/^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$/.test(secret) && form !== null && field !== null) {
  // Out of the address bar and the history first (decision 0035).
  history.replaceState(null, '', location.pathname)
  field.value = secret
  const opening = document.getElementById('opening')
  if (opening !== null) opening.hidden = false
  form.submit()
}
