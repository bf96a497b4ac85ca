/**
 * Files on their way to the person: the fingerprint of what arrived, and saving it.
 */

/**
 * SHA-256 in hex. Null where the browser has no WebCrypto, which it hides on pages that are not on HTTPS.
 *
 * @param {ArrayBuffer} bytes
 * @returns {Promise<string | null>}
 */
export async function sha256Hex(bytes) {
  if (globalThis.crypto?.subtle === undefined) return null
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Hands bytes to the browser to save. A plain link cannot do it: it would carry no Authorization header.
 *
 * @param {ArrayBuffer} bytes @param {string} type @param {string} name
 */
export function save(bytes, type, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  document.body.append(anchor)
  anchor.click()
  anchor.remove()
  // The browser may still be reading; a minute is long for a file of this size and short for memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/**
 * A file name that every system accepts.
 *
 * @param {readonly (string | number)[]} parts @param {string} extension
 * @returns {string}
 */
export function fileName(parts, extension) {
  const plain = parts
    .map((part) =>
      String(part)
        .normalize('NFKD')
        .replace(/[\u0300-\u036f]/g, '')
        .toLowerCase(),
    )
    .map((part) =>
      part
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 60),
    )
    .filter((part) => part !== '')
  return `${plain.join('-')}.${extension}`
}
