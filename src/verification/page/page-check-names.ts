/** Names of checks in Dutch. A name not listed here, or the place in front of one, stays as the verifier gives it. */
const dutch: Readonly<Record<string, string>> = {
  'kind of file': 'soort bestand',
  file: 'bestand',
  verifier: 'controleprogramma',
  'proof form': 'vorm van het bewijs',
  entry: 'regel van het logboek',
  'checkpoint form': 'vorm van de stand',
  checkpoint: 'stand van het logboek',
  inclusion: 'opgenomen in het logboek',
  consistency: 'zelfde geschiedenis',
  'log signature': 'handtekening van het logboek',
  'one history': 'één geschiedenis',
  'PDF structure': 'opbouw van de PDF',
  'seal grammar': 'alleen een zegel toegevoegd',
  'seal coverage': 'zegel over het hele bestand',
  'seal form': 'vorm van het zegel',
  'sealed bytes': 'verzegelde inhoud',
  'seal signature': 'handtekening van het zegel',
  'seal certificate': 'certificaat van het zegel',
  'seal time': 'tijd van het zegel',
  'seal owner': 'houder van het zegel',
  'seal revocation': 'intrekking van het zegelcertificaat',
  grammar: 'wat de revisie toevoegt',
  coverage: 'over de hele revisie',
  certificates: 'certificaten',
  issuers: 'herkomst van de certificaten',
  'revocation data': 'gegevens over intrekking',
  revocation: 'intrekking',
  'covered data': 'gegevens onder het tijdstempel',
  level: 'niveau',
  'recorded level': 'vastgelegd niveau',
  revisions: 'revisies',
  'document content': 'inhoud van het document',
  attachment: 'bijlage',
  'policy content': 'inhoud van de regeling',
  'evidence form': 'vorm van het bewijs',
  disclosures: 'openbaar gemaakte gegevens',
  'disclosures.txt': 'lijst van gegevens',
  'act facts': 'gegevens van de handeling',
  bundle: 'samen voorgelegde documenten',
  authentication: 'hoe bekend was wie het is',
  'act signature': 'handtekening van de persoon',
  enrolment: 'herkomst van de sleutel',
  'enrolment record': 'aanmelding van de sleutel',
  'enrolment anchored': 'sleutel was er eerder dan de handeling',
  'page release': 'bestanden van de pagina',
  assurance: 'zekerheid wie het was',
  archive: 'archief',
  files: 'bestanden',
  checksums: 'controlegetallen',
  'dossier signature': 'handtekening van het dossier',
  manifest: 'inhoudsopgave',
  'one organisation': 'één organisatie',
  place: 'plaats',
  hash: 'controlegetal',
  'named by an entry': 'genoemd in het logboek',
  'published content': 'gepubliceerde inhoud',
  'person’s entries': 'nummering van de handelingen',
  'witness quorum': 'genoeg getuigen',
  cosignatures: 'handtekeningen van getuigen',
  form: 'vorm',
  imprint: 'waarover het tijdstempel gaat',
  signature: 'handtekening',
  certificate: 'certificaat',
  order: 'volgorde van vernieuwing',
  time: 'tijd',
}

/** The name of a check in Dutch: `entries: inclusion` is `entries: opgenomen in het logboek`. */
export function dutchCheckName(name: string): string {
  for (let at = 0; at >= 0; at = nextWord(name, at)) {
    const rest = name.slice(at)
    if (Object.hasOwn(dutch, rest)) return `${dutchPlace(name.slice(0, at))}${dutch[rest]}`
  }
  return name
}

function nextWord(name: string, at: number): number {
  const space = name.indexOf(' ', at)
  return space < 0 ? -1 : space + 1
}

/** The place in front of a name, in which only the word for a revision is translated. */
function dutchPlace(place: string): string {
  return place.replace(/(^|\s)revision (\d+ )/, '$1revisie $2')
}
