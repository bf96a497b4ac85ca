/** The words of signing at a trust service provider. */
const nl = {
  title: 'Ondertekenen bij een vertrouwensdienst',
  lead: (provider: string) =>
    `U ondertekent bij ${provider}. Daar bewijst u wie u bent. Uw werkgever kan dat niet in uw plaats doen.`,
  legend: 'Wat is uw antwoord?',
  hint: 'U ziet deze zin straks ook bij de dienst. Er is pas iets vastgelegd als u terug bent en bevestigt.',
  begin: 'Verder naar de dienst',
  back: 'Terug naar de tekst',
  goTitle: 'U gaat nu naar een andere website',
  goText: (provider: string) => [
    `Bij ${provider} laat u zien wie u bent en geeft u toestemming voor één handtekening.`,
    'Daarna komt u vanzelf hier terug. U hebt tien minuten.',
  ],
  go: 'Naar de ondertekendienst',
  returnTitle: 'Nog één stap',
  returnText: 'U gaf toestemming voor uw handtekening. Bevestig dat uw antwoord mag worden vastgelegd.',
  finish: 'Leg mijn antwoord vast',
  againTitle: 'Er is niets vastgelegd',
  again: 'Opnieuw beginnen',
  reasons: {
    'signing-not-authorised': 'U of de dienst gaf geen toestemming, of de toestemming is verlopen.',
    'signing-challenge-expired': 'Het duurde langer dan tien minuten.',
    'signing-challenge-unknown':
      'Deze ondertekening hoort niet bij deze sessie. Begin opnieuw op hetzelfde apparaat.',
    'signing-challenge-used': 'Deze ondertekening is al gebruikt.',
    'signing-response-refused': 'Het antwoord van de dienst hoort niet bij deze ondertekening.',
    'signing-provider-missing': 'Uw werkgever gebruikt nu geen ondertekendienst. Vraag wat u kunt doen.',
    'signing-provider-unavailable': 'De ondertekendienst gaf geen goed antwoord. Probeer het later nog eens.',
    'signer-name-differs':
      'De naam bij de dienst is een andere dan de naam die uw werkgever van u heeft. Onderteken met uw eigen account, of laat uw naam verbeteren.',
    'qualified-signature-refused':
      'De handtekening van de dienst is geen geldige gekwalificeerde handtekening. Vraag de dienst wat er met uw certificaat is.',
    'signing-declaration-changed': 'De tekst is intussen veranderd. Lees hem opnieuw.',
  } as Record<string, string>,
}

const en: typeof nl = {
  title: 'Signing at a trust service',
  lead: (provider) =>
    `You sign at ${provider}. There you prove who you are. Your employer cannot do that in your place.`,
  legend: 'What is your answer?',
  hint: 'You will see this sentence at the service too. Nothing is recorded until you are back and confirm.',
  begin: 'On to the service',
  back: 'Back to the text',
  goTitle: 'You now go to another website',
  goText: (provider) => [
    `At ${provider} you show who you are and allow one signature.`,
    'After that you come back here by yourself. You have ten minutes.',
  ],
  go: 'To the signing service',
  returnTitle: 'One more step',
  returnText: 'You allowed your signature. Confirm that your answer may be recorded.',
  finish: 'Record my answer',
  againTitle: 'Nothing was recorded',
  again: 'Begin again',
  reasons: {
    'signing-not-authorised': 'You or the service did not allow it, or it was allowed too long ago.',
    'signing-challenge-expired': 'It took longer than ten minutes.',
    'signing-challenge-unknown':
      'This signature does not belong to this session. Begin again on the same device.',
    'signing-challenge-used': 'This signature was used before.',
    'signing-response-refused': 'The answer of the service does not belong to this signature.',
    'signing-provider-missing': 'Your employer uses no signing service now. Ask what you can do.',
    'signing-provider-unavailable': 'The signing service gave no right answer. Try again later.',
    'signer-name-differs':
      'The name at the service is not the name that your employer has of you. Sign with your own account, or have your name corrected.',
    'qualified-signature-refused':
      'The signature of the service is no valid qualified signature. Ask the service what is wrong with your certificate.',
    'signing-declaration-changed': 'The text has changed meanwhile. Read it again.',
  },
}

export const qualifiedWords = { nl, en }
