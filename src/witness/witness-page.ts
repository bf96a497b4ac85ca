import type { Witness } from './witness.ts'

/** The page that says what runs here, in Dutch and English, and how far each log has been seen. */
export function witnessPage(witness: Witness): string {
  const rows = witness.origins.map((origin) => {
    const size = witness.lastCosigned(origin)?.checkpoint.size
    return `<tr><td>${escapeHtml(origin)}</td><td>${size === undefined ? '–' : size}</td></tr>`
  })
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Getuige · Witness</title></head>
<body>
<main>
<section lang="nl">
<h1>Getuige</h1>
<p>Hier draait een getuige van logboeken waarin een werkgever vastlegt wat er met personeelsregels gebeurt. De getuige
zet een handtekening met tijdstip onder de stand van een logboek, en alleen als die stand alles bevat wat hij eerder
zag. Wordt het logboek herschreven, dan weigert hij. Hij ziet geen inhoud en geen namen van personen: alleen hoeveel
regels er zijn en één controlegetal.</p>
</section>
<section lang="en">
<h2>Witness</h2>
<p>This is a witness of logs in which an employer records what happens with staff policies. It signs the state of a log,
with the time, and only if that state contains all that it saw before. When a log is rewritten, it refuses. It sees no
content and no names of persons: only how many entries there are, and one checksum.</p>
</section>
<table>
<caption>Laatst ondertekende stand · newest signed size</caption>
<thead><tr><th scope="col">Logboek · log</th><th scope="col">Regels · entries</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<p>Sleutel van deze getuige · key of this witness:<br><code>${escapeHtml(witness.vkey)}</code></p>
<p>Protocol: <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a> (<code>POST add-checkpoint</code>)</p>
</main>
</body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
