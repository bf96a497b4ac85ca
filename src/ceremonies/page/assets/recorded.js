/**
 * What stands in the register, and the files to keep.
 *
 * @import { ActAnswer, Presentation } from '../page-contract.ts'
 * @import { ActedMoment, KeepableFile } from './view-acted.js'
 * @import { Focus } from './visit.js'
 */
import { documentFileName } from './document-panel.js'
import { fileName, save } from './file.js'
import { dutchDay, momentInWords } from './format.js'
import { showMessage } from './messages.js'
import { actedView } from './view-acted.js'
import { connected, show, visit } from './visit.js'

/**
 * Fetches what stands and shows it. If it is what was sent from this tab, it was recorded after all.
 *
 * @param {ActedMoment} moment @param {Focus} focus
 */
export async function showStanding(moment, focus) {
  try {
    const answer = await connected().currentAct()
    const sent = visit.lastSent
    const isOurs = sent !== null && sent.statement === answer.statement && sent.choice === answer.choice
    showRecorded(answer, isOurs ? 'now' : moment, focus)
  } catch {
    showMessage('actedUnread', 'done', { onRetry: () => void showStanding(moment, 'heading') })
  }
}

/** @param {ActAnswer} answer @param {ActedMoment} moment @param {Focus} focus */
export function showRecorded(answer, moment, focus) {
  const { presentation, words } = visit
  if (presentation === null) return
  visit.confirming = false
  visit.redraw = () => showRecorded(answer, moment, 'stay')
  const view = actedView({
    words,
    presentation,
    answer,
    moment,
    files: filesToKeep(presentation, answer),
    copies: signedCopies(presentation, answer),
    code: connected().code(),
  })
  const title = words.actedTitle[moment]
  show(view, title, { focus, announce: focus === 'stay' ? title : '' })
}

/** @param {Presentation} presentation @param {ActAnswer} answer @returns {KeepableFile[]} */
function filesToKeep(presentation, answer) {
  const { words } = visit
  const what = [presentation.policy.title, dutchDay(answer.actedAt)]
  return [
    {
      name: words.fileReceipt,
      explanation: words.fileReceiptIs,
      fetchIt: async () =>
        save(await connected().receipt(), 'application/pdf', fileName([words.nameReceipt, ...what], 'pdf')),
    },
    {
      name: words.fileProof,
      explanation: words.fileProofIs,
      // As bytes, not as text: some browsers add `.txt` to the name of a text file.
      fetchIt: async () =>
        save(
          await connected().proof(),
          'application/octet-stream',
          fileName([words.nameProof, ...what], 'tlog-proof'),
        ),
    },
    {
      name: words.fileDocument,
      explanation: words.fileDocumentIs,
      fetchIt: async () =>
        save(
          await connected().document(answer.language),
          'application/pdf',
          documentFileName({ ...presentation, language: answer.language }),
        ),
    },
    {
      name: words.fileBundle,
      explanation: words.fileBundleIs,
      fetchIt: async () =>
        save(await connected().bundle(), 'application/zip', fileName([words.nameBundle, ...what], 'zip')),
    },
  ]
}

/**
 * The signed copies that were made of what was agreed to. None is no failure: the other party may not have answered yet,
 * and the other files are there all the same when the list cannot be had.
 *
 * @param {Presentation} presentation @param {ActAnswer} answer @returns {Promise<KeepableFile[]>}
 */
async function signedCopies(presentation, answer) {
  if (answer.choice !== 'agreed') return []
  const { words } = visit
  const { items } = await connected()
    .signedCopies()
    .catch(() => ({ items: [] }))
  return items.map(({ executedCopyId, madeAt }) => ({
    name: words.fileSignedCopy,
    explanation: words.fileSignedCopyIs(momentInWords(madeAt, words.language)),
    fetchIt: async () =>
      save(
        await connected().signedCopy(executedCopyId),
        'application/pdf',
        fileName([words.nameSignedCopy, presentation.policy.title, dutchDay(madeAt)], 'pdf'),
      ),
  }))
}
