/**
 * Makes the form nicer; without this file it works as it is. Every word comes from attributes of the form.
 */
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('check'))
if (form !== null) improve(form)
keepFragment()

/** @param {HTMLFormElement} form */
function improve(form) {
  const field = /** @type {HTMLInputElement} */ (find('document'))
  const { dataset } = form
  // Our own words instead of the browser's, which may be in another language.
  form.noValidate = true
  find('drop-help').textContent = dataset['drop'] ?? ''
  field.addEventListener('change', () => showChosen(field, dataset))
  form.addEventListener('submit', (event) => {
    const mistake = mistakeIn(field, dataset)
    if (form.getAttribute('aria-busy') === 'true' || mistake !== '') {
      event.preventDefault()
      showMistake(field, mistake)
      if (mistake !== '') field.focus()
      return
    }
    form.setAttribute('aria-busy', 'true')
    find('submit').setAttribute('aria-disabled', 'true')
    find('status').textContent = dataset['busy'] ?? ''
  })
  takeDropped(form, field, dataset)
  fillPaper(form, dataset)
  // The browser's way back shows the page as it was left.
  addEventListener('pageshow', () => {
    form.removeAttribute('aria-busy')
    find('submit').removeAttribute('aria-disabled')
    find('status').textContent = ''
    showChosen(field, dataset)
  })
}

/** @param {HTMLInputElement} field @param {DOMStringMap} dataset @returns {string} */
function mistakeIn(field, dataset) {
  const file = field.files?.[0]
  if (file === undefined) return dataset['noFile'] ?? ''
  return file.size > Number(dataset['sizeMax']) ? (dataset['tooLarge'] ?? '') : ''
}

/** @param {HTMLInputElement} field @param {string} mistake */
function showMistake(field, mistake) {
  find('mistake').textContent = mistake
  field.setAttribute('aria-invalid', String(mistake !== ''))
}

/** @param {HTMLInputElement} field @param {DOMStringMap} dataset */
function showChosen(field, dataset) {
  const file = field.files?.[0]
  const kibibytes = Math.ceil((file?.size ?? 0) / 1024)
  find('chosen').textContent = file === undefined ? '' : `${dataset['chosen']} ${file.name} (${kibibytes} kB)`
  showMistake(field, file === undefined ? '' : mistakeIn(field, dataset))
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} field @param {DOMStringMap} dataset */
function takeDropped(form, field, dataset) {
  const box = find('drop')
  form.addEventListener('dragover', (event) => {
    event.preventDefault()
    box.classList.add('over')
  })
  form.addEventListener('dragleave', () => box.classList.remove('over'))
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    box.classList.remove('over')
    const dropped = event.dataTransfer?.files
    if (dropped === undefined || dropped.length !== 1) return
    field.files = dropped
    showChosen(field, dataset)
  })
}

/**
 * The code on a printed receipt stands in the fragment of its address, which no browser sends: it goes with the form.
 *
 * @param {HTMLFormElement} form @param {DOMStringMap} dataset
 */
function fillPaper(form, dataset) {
  const code = new URLSearchParams(location.hash.slice(1))
  const names = ['receipt', 'size', 'root', 'log']
  if (!names.every((name) => (code.get(name) ?? '') !== '')) return
  for (const name of names) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = (code.get(name) ?? '').slice(0, 300)
  }
  const notice = find('paper')
  notice.hidden = false
  notice.textContent = (dataset['paper'] ?? '').replace('{receipt}', (code.get('receipt') ?? '').slice(0, 20))
}

/** The page in the other language is told the same code. */
function keepFragment() {
  for (const link of document.querySelectorAll('a[data-keep-fragment]')) {
    if (link instanceof HTMLAnchorElement) link.hash = location.hash
  }
}

/** @param {string} id @returns {HTMLElement} */
function find(id) {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}
