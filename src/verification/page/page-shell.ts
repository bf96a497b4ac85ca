/** What the page is put together from. */
export type PageParts = {
  readonly contentSecurityPolicy: string
  readonly program: string
  readonly style: string
  readonly licences: string
}

/**
 * The page without its words: those are put in by the program, in the language that is chosen. Text for readers without
 * JavaScript is the only one that stands here.
 */
export function pageShell({ contentSecurityPolicy, program, style, licences }: PageParts): string {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Bewijs controleren · Check evidence</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main" data-text="skip"></a>
<header>
<p class="brand">Beding</p>
<div class="languages" role="group" data-label="language">
<button type="button" data-language="nl" lang="nl">Nederlands</button>
<button type="button" data-language="en" lang="en">English</button>
</div>
</header>
<main id="main" tabindex="-1">
<h1 data-text="title"></h1>
<noscript>
<p class="notice">Zet JavaScript aan: de controle wordt in uw browser gedaan.</p>
<p class="notice" lang="en">Turn on JavaScript: the check is done in your browser.</p>
</noscript>
<p data-text="introduction"></p>
<section aria-labelledby="keys-title">
<h2 id="keys-title" data-text="keysTitle"></h2>
<p data-text="keysHelp"></p>
<div class="fields">
<div><label for="keys" data-text="keysLabel"></label><input id="keys" type="file" multiple></div>
<div><label for="key-folder" data-text="folderLabel"></label><input id="key-folder" type="file" webkitdirectory></div>
</div>
<label for="fingerprints" data-text="fingerprintsLabel"></label>
<p class="hint" id="fingerprints-help" data-text="fingerprintsHelp"></p>
<textarea id="fingerprints" rows="2" spellcheck="false" autocomplete="off" aria-describedby="fingerprints-help"></textarea>
<div id="key-problem" role="alert"></div>
<div id="pinned"></div>
</section>
<section aria-labelledby="files-title">
<h2 id="files-title" data-text="filesTitle"></h2>
<div id="drop">
<label for="files" data-text="filesLabel"></label>
<input id="files" type="file" multiple>
<p class="hint" data-text="filesHelp"></p>
</div>
<button id="clear" type="button" data-text="clear"></button>
</section>
<section aria-labelledby="results-title">
<h2 id="results-title" data-text="resultsTitle"></h2>
<p id="status" role="status"></p>
<div id="results"></div>
</section>
</main>
<footer>
<p data-text="footer"></p>
<details><summary data-text="licences"></summary><pre lang="en" tabindex="0">${escapeText(licences)}</pre></details>
</footer>
<script>${program}</script>
</body>
</html>
`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
