/** A made-up person. `choice` is what they will answer; undefined leaves the assignment open. */
export type ExamplePerson = {
  readonly externalId: string
  readonly givenName: string
  readonly familyName: string
  readonly workEmail: string
  readonly language: 'nl' | 'en'
  readonly department: string
  readonly jobTitle: string
  readonly choice: 'agreed' | 'not-agreed' | 'seen' | 'declined' | undefined
}

const lines = `
Şükrü Çağlar|Yıldız|nl|Verkoop|Accountmanager|agreed
Anna|de Vries|nl|Verkoop|Hoofd verkoop|agreed
Łukasz|Wójcik|en|Verkoop|Sales engineer|agreed
Femke|van den IJssel|nl|Verkoop|Binnendienst|seen
Tom|O’Brien|en|Verkoop|Account manager|not-agreed
Sanne|Jansen & Zn|nl|Verkoop|Vertegenwoordiger|agreed
Daan|Bakker|nl|Productie|Operator|agreed
Emma|Visser|nl|Productie|Ploegleider|agreed
Noah|Smit|nl|Productie|Operator|declined
Julia|Meijer|nl|Productie|Kwaliteitscontrole|agreed
Ahmed|El Amrani|nl|Productie|Monteur|agreed
Zofia|Kowalska|en|Productie|Operator|agreed
Bram|de Boer|nl|Productie|Operator|
Lotte|Mulder|nl|Kantoor|Administratie|agreed
Sem|de Groot|nl|Kantoor|Controller|seen
Mila|Bos|nl|Kantoor|Office manager|agreed
Finn|Vos|nl|Kantoor|Jurist|not-agreed
Grace|Adeyemi|en|Kantoor|Analyst|agreed
Chloé|Dûpont|en|Kantoor|Marketing|agreed
Levi|Peters|nl|Magazijn|Magazijnmedewerker|agreed
Eva|Hendriks|nl|Magazijn|Planner|agreed
Milan|van Dijk|nl|Magazijn|Chauffeur|
Yasmin|Kaya|nl|Magazijn|Magazijnmedewerker|agreed
Liam|Murphy|en|Magazijn|Driver|declined
Nora|van Leeuwen|nl|Magazijn|Hoofd magazijn|agreed`

/** Twenty-five people in four departments, in two languages, with names that break careless software. */
export const examplePeople: readonly ExamplePerson[] = lines
  .trim()
  .split('\n')
  .map((line, index) => {
    const [givenName, familyName, language, department, jobTitle, choice] = line.split('|') as string[]
    return {
      externalId: `HR-${String(index + 1).padStart(4, '0')}`,
      givenName: givenName!,
      familyName: familyName!,
      workEmail: `person${index + 1}@voorbeeld.example`,
      language: language as 'nl' | 'en',
      department: department!,
      jobTitle: jobTitle!,
      choice: (choice === '' ? undefined : choice) as ExamplePerson['choice'],
    }
  })

/** The people as an HR system would export them. */
export function examplePeopleCsv(): string {
  const header = 'externalId,givenName,familyName,workEmail,language,department,jobTitle'
  const rows = examplePeople.map((person) =>
    [
      person.externalId,
      person.givenName,
      person.familyName,
      person.workEmail,
      person.language,
      person.department,
      person.jobTitle,
    ].join(','),
  )
  return `${[header, ...rows].join('\n')}\n`
}
