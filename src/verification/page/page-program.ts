import { compareReports, verifyFile } from '../verify-file.ts'
import { isAccepted } from '../report.ts'
import type { Equivocation, Report } from '../report.ts'
import { reasonOf } from '../refusal.ts'
import { readTrust } from '../trust.ts'
import type { NamedBytes, Trust } from '../trust.ts'
import { fingerprintsIn, pinsByFingerprint, pinsOf } from './page-pins.ts'
import { element, equivocationElement, pinList, reportElement } from './page-report.ts'
import { texts } from './page-texts.ts'
import type { Language, Words } from './page-texts.ts'

// What the page holds. Files stay where they are until they are read; nothing is stored and nothing is sent.
let language: Language = navigator.language.toLowerCase().startsWith('nl') ? 'nl' : 'en'
let keyFiles: NamedBytes[] = []
let files: File[] = []
let reports: Report[] = []
let trust: Trust = readTrust([])
let keyProblem: string | undefined
let status: (() => string) | undefined
/** Counts runs: one that was overtaken by a newer stops at its next file. */
let run = 0

const fileSizeMax = 1024 * 1024 * 1024
const keyFileSizeMax = 1024 * 1024

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`the page lacks ${selector}`)
  return found
}

/** Takes files that were chosen or dropped: keys by their names, everything else to be checked. */
async function add(chosen: readonly File[]): Promise<void> {
  const isKey = (file: File): boolean => /\.(vkey|pem)$|(^|\.)policy\.txt$/.test(file.name)
  const keys = chosen.filter((file) => isKey(file) && file.size <= keyFileSizeMax)
  files = [...files, ...chosen.filter((file) => !isKey(file))]
  const read = await Promise.all(
    keys.map(async (file) => ({ name: file.name, bytes: Buffer.from(await file.arrayBuffer()) })),
  )
  const names = new Set(read.map(({ name }) => name))
  keyFiles = [...keyFiles.filter(({ name }) => !names.has(name)), ...read]
  await checkAll()
}

/** Checks every file with the keys there are now. Shows each report as soon as it is there. */
async function checkAll(): Promise<void> {
  const mine = ++run
  reports = []
  document.body.dataset['state'] = 'working'
  const fingerprints = fingerprintsIn((find('#fingerprints') as HTMLTextAreaElement).value)
  try {
    trust = readTrust(keyFiles)
    keyProblem = undefined
  } catch (error) {
    trust = readTrust([])
    keyProblem = reasonOf(error)
  }
  status = undefined
  draw()
  const pinned: NamedBytes[] = [...keyFiles]
  for (const [position, file] of (keyProblem === undefined ? files : []).entries()) {
    status = () => texts[language].checking(position + 1, files.length, file.name)
    drawStatus()
    await aMoment()
    const report = await reportOn(file, fingerprints, pinned)
    if (mine !== run) return
    reports.push(report)
    find('#results').append(reportElement(report, language))
  }
  trust = keyProblem === undefined ? readTrust(pinned) : trust
  if (files.length > 0 && keyProblem === undefined) {
    status = () => texts[language].done(judged().filter(isAccepted).length, reports.length)
  }
  draw()
  document.body.dataset['state'] = 'done'
  document.body.dataset['run'] = String(mine)
}

/** The report on one file. Keys that fingerprints picked out of a dossier are added to `pinned`, for the files after it. */
async function reportOn(file: File, fingerprints: readonly string[], pinned: NamedBytes[]): Promise<Report> {
  if (file.size > fileSizeMax) return unreadable(file.name, texts[language].tooLarge)
  try {
    const bytes = Buffer.from(await file.arrayBuffer())
    pinned.push(...pinsByFingerprint(fingerprints, bytes))
    return verifyFile(bytes, file.name, readTrust(pinned))
  } catch {
    return unreadable(file.name, texts[language].unreadable)
  }
}

function unreadable(file: string, sentence: string): Report {
  const nothing = { ...verifyFile(Buffer.alloc(0), file, readTrust([])) }
  return { ...nothing, checks: [{ name: 'file', outcome: 'FAILED', sentence }] }
}

/** Lets the browser draw and answer before the next piece of work. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function draw(): void {
  const words = texts[language]
  document.documentElement.lang = language
  document.title = words.title
  for (const each of document.querySelectorAll<HTMLElement>('[data-text]')) {
    each.textContent = words[each.dataset['text'] as Words]
  }
  for (const each of document.querySelectorAll<HTMLElement>('[data-label]')) {
    each.setAttribute('aria-label', words[each.dataset['label'] as Words])
  }
  for (const each of document.querySelectorAll<HTMLElement>('[data-language]')) {
    each.setAttribute('aria-pressed', String(each.dataset['language'] === language))
  }
  const problem =
    keyProblem === undefined ? [] : [words.keyProblem, ' ', element('span', { lang: 'en' }, keyProblem)]
  find('#key-problem').replaceChildren(...problem)
  find('#pinned').replaceChildren(pinList(pinsOf(trust), language))
  const between = betweenFiles().map((each) => equivocationElement(each, language, 'h3'))
  const shown = judged().map((report) => reportElement(report, language))
  find('#results').replaceChildren(...between, ...shown)
  drawStatus()
}

/** What files checked together contradict each other in, besides what is wrong inside one of them. */
function betweenFiles(): Equivocation[] {
  const known = new Set(reports.flatMap((report) => report.equivocations.map(({ sentence }) => sentence)))
  return reports.length < 2 ? [] : compareReports(reports).filter(({ sentence }) => !known.has(sentence))
}

/** The reports, none of them accepted that another file contradicts: which of the two is right, nobody can say. */
function judged(): Report[] {
  const between = betweenFiles()
  return reports.map((report) => {
    const against = between.filter(({ first, second }) =>
      [first, second].some(({ source }) => source.startsWith(report.file)),
    )
    const failed = against.map(
      ({ sentence }) => ({ name: 'one history', outcome: 'FAILED', sentence }) as const,
    )
    return { ...report, checks: [...report.checks, ...failed] }
  })
}

function drawStatus(): void {
  find('#status').textContent = status?.() ?? texts[language].nothingChecked
}

function start(): void {
  for (const input of ['#keys', '#key-folder', '#files']) {
    const field = find(input) as HTMLInputElement
    field.addEventListener('change', () => {
      const chosen = [...(field.files ?? [])]
      // The same file can then be chosen again.
      field.value = ''
      void add(chosen)
    })
  }
  find('#fingerprints').addEventListener('change', () => void checkAll())
  find('#clear').addEventListener('click', () => {
    files = []
    void checkAll()
  })
  for (const each of document.querySelectorAll<HTMLElement>('[data-language]')) {
    each.addEventListener('click', () => {
      language = each.dataset['language'] as Language
      draw()
    })
  }
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    find('#drop').classList.add('over')
  })
  document.addEventListener('dragleave', () => find('#drop').classList.remove('over'))
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    find('#drop').classList.remove('over')
    void add([...(event.dataTransfer?.files ?? [])])
  })
  draw()
  document.body.dataset['state'] = 'ready'
}

start()
