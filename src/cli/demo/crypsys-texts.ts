/*
 * A case of its own names, after Vzr. Rb. Arnhem 8 March 2011, ECLI:NL:RBARN:2011:BP8592: a sales director, a settlement, five
 * suppliers by name, one year, EUR 10,000 and EUR 1,000 a day, and a connection on a networking site. Persons and companies here
 * are invented.
 */

export const employee = {
  externalId: 'CR-0001',
  givenName: 'Nienke',
  familyName: 'van der Wal',
  workEmail: 'nienke@voorbeeld.example',
}
export const director = {
  externalId: 'CR-0002',
  givenName: 'Pieter',
  familyName: 'Hofstra',
  workEmail: 'pieter@voorbeeld.example',
}

/** Both as an HR system would export them. */
export function crypsysCsv(): string {
  const rows = [
    { ...employee, jobTitle: 'Hoofd verkoop', department: 'Verkoop' },
    { ...director, jobTitle: 'Directeur', department: 'Directie' },
  ].map(
    (person) =>
    [person.externalId, person.givenName, person.familyName, person.workEmail, 'nl', person.department, person.jobTitle].join(','), // prettier-ignore
  )
  return `externalId,givenName,familyName,workEmail,language,department,jobTitle\n${rows.join('\n')}\n`
}

/** The contact that is found afterwards: one of the five. */
export const contacted = 'Noordzee Sensoren B.V.'

export const relations = [
  [
    'Lötschberg Meters AG',
    'Vaste leverancier van meters; zij onderhandelde de prijzen van 2024 tot en met 2026',
  ],
  [contacted, 'Leverancier van sensoren; zij was het enige aanspreekpunt'],
  ['Delta Koppelingen N.V.', 'Leverancier van koppelingen; zij kent de inkoopprijzen en de kortingen'],
  ['Brabo Draad & Kabel', 'Leverancier van bekabeling; zij sloot het raamcontract'],
  ['Yıldız Elektronik', 'Leverancier van printplaten; zij bezocht de fabriek elk kwartaal'],
] as const

export const dispute =
  'Partijen zijn het niet eens over de bonus van 2025 en over de grond voor het einde van de arbeidsovereenkomst. Met deze overeenkomst eindigt dat geschil.'

export const annexTitles = { clauses: 'Relaties, geheimhouding en boete', list: 'Lijst van relaties' }

/** The words of the settlement that refer to its annexes, each on page 1. */
export const references = {
  B: 'Bijlage B hoort bij deze overeenkomst en is daarvan een onderdeel.',
  C: 'De relaties waar het om gaat, staan bij naam in Bijlage C.',
}

/** The settlement as a page that is printed to PDF, as an employer makes it elsewhere. */
export function settlementPage(lastDay: string, names: { readonly employer: string }): string {
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Vaststellingsovereenkomst</title>
<style>body{font:11pt/1.5 'Open Sans',sans-serif;margin:0}h1{font-size:18pt}h2{font-size:12pt;margin:1.2em 0 .2em}p{margin:.3em 0}</style></head><body>
<h1>Vaststellingsovereenkomst</h1>
<p>Partijen: ${names.employer}, vertegenwoordigd door ${director.givenName} ${director.familyName}, en ${employee.givenName} ${employee.familyName}.</p>
<h2>1. Het geschil</h2><p>${dispute}</p>
<h2>2. Einde van het werk</h2><p>De arbeidsovereenkomst eindigt met wederzijds goedvinden. De laatste dag in dienst is ${lastDay}.</p>
<h2>3. Vergoeding</h2><p>De werkgever betaalt binnen een maand na de laatste dag een vergoeding van drie bruto maandsalarissen.</p>
<h2>4. Relaties en geheimhouding</h2><p>${references.B}</p><p>${references.C}</p>
<h2>5. Kwijting</h2><p>Als beide partijen hebben gedaan wat hierboven staat, hebben zij niets meer van elkaar te vragen. Wat in artikel 4 staat, blijft gelden.</p>
</body></html>`
}

/** What somebody sees on a networking site, made up for this demonstration; a print of it is the capture. */
export function networkPage(day: string): string {
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><style>body{font:16px/1.5 'Open Sans',sans-serif;margin:24px;width:560px}
.card{border:1px solid #cdd3da;border-radius:8px;padding:16px}.small{color:#59626d;font-size:14px}</style></head><body>
<p class="small">Nagemaakte netwerksite voor een demonstratie · afdruk van ${day}</p>
<div class="card"><p><b>${employee.givenName} ${employee.familyName}</b> is nu verbonden met <b>inkoop@${contacted}</b></p>
<p class="small">32 minuten geleden · zichtbaar voor alle connecties</p></div></body></html>`
}

export const motivation = {
  text: 'Zij sloot als hoofd verkoop zelf de contracten met de vijf leveranciers op de lijst. Zij kent hun prijzen, kortingen en leveringsvoorwaarden tot en met 2026. Wie die kent, kan een concurrent een jaar lang voordeel geven.',
  functionRef: 'hoofd verkoop',
  interests: ['inkoopprijzen en kortingen', 'leveringsvoorwaarden tot en met 2026'],
  author: `${director.givenName} ${director.familyName}`,
}

/** What fills the three clauses of annex B. */
export const clauseValues = {
  relatiebeding: {
    months: 12,
    definition: 'Een leverancier die op de lijst staat.',
    listedIn: 'annex',
    relationList: 'C',
    suppliers: 'in',
    prospects: 'out',
    initiative: 'in',
    online: 'in',
    area: 'Nederland en de landen waar een leverancier op de lijst is gevestigd',
    areaReason: 'De werknemer deed alleen daar zaken voor de werkgever.',
  },
  geheimhoudingsbeding: {
    information: [
      'inkoopprijzen en kortingen',
      'contracten met leveranciers',
      'plannen voor nieuwe producten',
    ],
    carveOut: true,
  },
  boetebeding: {
    coveredRules: ['B.1', 'B.2'],
    amount: 1_000_000,
    perDay: 100_000,
    benefitsEmployer: true,
    destination: 'de werkgever, om de schade van verloren inkoopvoordeel te dekken',
    derogateLid3: true,
    derogateLid4: false,
    derogateLid5: true,
    cumulation: 'instead',
  },
} as const
