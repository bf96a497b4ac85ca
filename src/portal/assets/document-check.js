/**
 * Fetches every document of the page and compares its bytes with the fingerprint that an answer names. Where they differ
 * nobody can go on. Without this script, or without WebCrypto, the page says that nothing was computed here.
 */
const words = document.getElementById('check-words')

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {HTMLElement} file @returns {Promise<void>} */
async function check(file) {
  const status = file.querySelector('.file-status')
  if (status === null || words === null) return
  const answer = await fetch(file.dataset['href'] ?? '', { credentials: 'same-origin' })
  if (!answer.ok) return
  const same = (await sha256Hex(await answer.arrayBuffer())) === file.dataset['sha256']
  status.textContent = (same ? words.dataset['same'] : words.dataset['different']) ?? ''
  status.className = `file-status file-status-${same ? 'same' : 'different'}`
  if (same) return
  for (const button of document.querySelectorAll('form.answer button')) button.setAttribute('disabled', '')
}

if (globalThis.crypto?.subtle !== undefined) {
  for (const file of document.querySelectorAll('.document')) {
    check(/** @type {HTMLElement} */ (file)).catch(() => undefined)
  }
}
