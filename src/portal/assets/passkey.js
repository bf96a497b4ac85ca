/**
 * Makes a passkey and signs with one. The browser asks the person for finger, face or PIN (user verification is required);
 * what it answers goes to the service in the form of the page, unchanged. Without this script, and in a browser without
 * passkeys, the page says what to do instead.
 */
const form = /** @type {HTMLFormElement | null} */ (
  document.getElementById('confirm-form') ?? document.getElementById('enrol-form')
)
const button = /** @type {HTMLButtonElement | null} */ (document.getElementById('passkey'))
const status = document.getElementById('sign-status')

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** @param {ArrayBuffer} bytes @returns {string} base64url without padding */
function textOf(bytes) {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @param {string} name */
function say(name) {
  if (status !== null) status.textContent = status.dataset[name] ?? ''
}

/** Asks the service what to ask the browser. A page as an answer, a refusal, is shown as it is. @param {string} address */
async function begin(address) {
  const answer = await fetch(address, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(/** @type {any} */ (new FormData(/** @type {HTMLFormElement} */ (form)))),
  })
  return /** @type {{ status: number, body: any }} */ ({ status: answer.status, body: await answer.json() })
}

/** @param {any[]} list */
const descriptors = (list) => list.map((one) => ({ ...one, id: bytesOf(one.id) }))

/** @param {any} begun @returns {Promise<Record<string, unknown>>} */
async function sign({ challengeId, options }) {
  const credential = /** @type {PublicKeyCredential} */ (
    await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytesOf(options.challenge),
        allowCredentials: descriptors(options.allowCredentials),
      },
    })
  )
  const response = /** @type {AuthenticatorAssertionResponse} */ (credential.response)
  return {
    challengeId,
    credentialId: textOf(credential.rawId),
    clientDataJson: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  }
}

/** @param {any} begun @returns {Promise<Record<string, unknown>>} */
async function enrol({ challengeId, options }) {
  const credential = /** @type {PublicKeyCredential} */ (
    await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytesOf(options.challenge),
        user: { ...options.user, id: bytesOf(options.user.id) },
        excludeCredentials: descriptors(options.excludeCredentials),
      },
    })
  )
  const response = /** @type {AuthenticatorAttestationResponse} */ (credential.response)
  return {
    challengeId,
    credentialId: textOf(credential.rawId),
    clientDataJson: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  }
}

/** @param {HTMLFormElement} own @param {string} address @param {string} field @param {(begun: any) => Promise<Record<string, unknown>>} ask */
async function carryOut(own, address, field, ask) {
  say('signing')
  if (button !== null) button.disabled = true
  try {
    const begun = await begin(address)
    // A refusal is told by the form's own address, as a page with the way on.
    const said = begun.status === 200 ? JSON.stringify(await ask(begun.body)) : 'refused'
    const input = /** @type {HTMLInputElement} */ (own.elements.namedItem(field))
    input.value = said
    own.submit()
  } catch {
    say('cancelled')
    if (button !== null) button.disabled = false
  }
}

const signing = form?.dataset['signing']
const enrolling = form?.dataset['options']
if (form !== null && button !== null && (signing !== undefined || enrolling !== undefined)) {
  document.getElementById('sign-needs')?.remove()
  if (globalThis.PublicKeyCredential === undefined) say('unsupported')
  else {
    button.disabled = false
    button.hidden = false
    button.addEventListener('click', (event) => {
      event.preventDefault()
      if (!form.reportValidity()) return
      if (signing !== undefined) void carryOut(form, signing, 'assertion', sign)
      else if (enrolling !== undefined) void carryOut(form, enrolling, 'credential', enrol)
    })
  }
}
