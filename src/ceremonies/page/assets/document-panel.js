/**
 * The exact document: its fingerprint, whether what arrived here has that fingerprint, and saving it.
 *
 * @import { Presentation } from '../page-contract.ts'
 * @import { Words } from './words-nl.js'
 *
 * @typedef {'checking' | 'same' | 'different' | 'unchecked' | 'unavailable'} DocumentState
 * `unchecked`: it arrived but this browser cannot compute a fingerprint. `unavailable`: it could not be fetched.
 *
 * @typedef {{ state: DocumentState, bytes: ArrayBuffer | null }} CheckedDocument
 *
 * @typedef {{ sha256: string, outcome: Promise<CheckedDocument>, differs: boolean }} DocumentCheck
 */
import { fileName, save, sha256Hex } from './file.js'
import { sizeInWords } from './format.js'
import { button, element, fingerprint, icon } from './elements.js'

/**
 * Fetches the document and compares its bytes with the fingerprint that an answer would name.
 *
 * @param {() => Promise<ArrayBuffer>} fetchDocument @param {string} expectedSha256
 * @returns {Promise<CheckedDocument>}
 */
export async function checkDocument(fetchDocument, expectedSha256) {
  let bytes
  try {
    bytes = await fetchDocument()
  } catch {
    return { state: 'unavailable', bytes: null }
  }
  const actual = await sha256Hex(bytes)
  if (actual === null) return { state: 'unchecked', bytes }
  return { state: actual === expectedSha256 ? 'same' : 'different', bytes }
}

/**
 * @param {{ words: Words, presentation: Presentation, checked: Promise<CheckedDocument>,
 *   checkAgain: () => Promise<CheckedDocument> }} parts
 * @returns {HTMLElement}
 */
export function documentPanel({ words, presentation, checked, checkAgain }) {
  const status = element('p', { class: 'file-status', role: 'status' }, words.documentState.checking)
  const saveButton = button(words.saveDocument, 'file', () => void saveIt())
  saveButton.prepend(icon('save'))
  let latest = checked

  /** @param {CheckedDocument} outcome */
  const showOutcome = ({ state }) => {
    const mark = state === 'same' ? icon('done') : state === 'different' ? icon('stop') : null
    status.className = `file-status file-status-${state}`
    status.replaceChildren(...(mark === null ? [] : [mark]), element('span', {}, words.documentState[state]))
  }
  const saveIt = async () => {
    let outcome = await latest
    if (outcome.bytes === null) {
      status.replaceChildren(words.documentState.checking)
      latest = checkAgain()
      outcome = await latest
      showOutcome(outcome)
    }
    if (outcome.bytes !== null) save(outcome.bytes, 'application/pdf', documentFileName(presentation))
  }
  void checked.then(showOutcome)

  const { document: file } = presentation
  const textLanguage = presentation.language === words.language ? null : presentation.language
  return element(
    'div',
    {},
    element('p', {}, words.documentExplained),
    element(
      'div',
      { class: 'file' },
      icon('file'),
      element(
        'div',
        { class: 'file-body' },
        element('p', { class: 'file-name', lang: textLanguage }, file.title),
        element('p', { class: 'hint' }, `PDF, ${sizeInWords(file.byteLength)}`),
        saveButton,
      ),
    ),
    element('h3', {}, words.fingerprint),
    fingerprint(file.sha256),
    status,
    element('p', { class: 'hint' }, words.fingerprintExplained),
  )
}

/** @param {Presentation} presentation @returns {string} */
export function documentFileName({ policy, language }) {
  return fileName([policy.title, `v${policy.versionNumber}`, language], 'pdf')
}
