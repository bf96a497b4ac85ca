import type { DocumentLanguage } from '#documents'
import type { Facts } from '#evidence'

type Words = {
  readonly choices: Readonly<Record<string, string>>
  readonly version: string
  readonly people: (count: number) => string
  readonly erased: string
  readonly denials: Readonly<Record<string, string>>
  readonly findings: Readonly<Record<string, string>>
}

const words: Readonly<Record<DocumentLanguage, Words>> = {
  nl: {
    choices: {
      seen: 'gezien',
      agreed: 'akkoord',
      'agreed-conditionally': 'alleen onder een voorwaarde akkoord',
      'not-agreed': 'niet akkoord, wel gezien',
      declined: 'geen antwoord',
    },
    version: 'versie',
    people: (count) => (count === 1 ? '1 medewerker' : `${count} medewerkers`),
    erased: 'de inhoud is gewist',
    denials: {
      'act-denied': 'de medewerker betwist de handeling',
      'act-denial-recorded': 'door de werkgever genoteerd: de medewerker betwist de handeling',
      'denial-withdrawn': 'de medewerker trekt de betwisting in',
      'not-me': 'ik was het niet',
      'other-text': 'het was een andere tekst',
      'under-pressure': 'onder druk',
      other: 'andere reden',
    },
    findings: { attributed: 'van de medewerker', 'not-attributed': 'niet van de medewerker' },
  },
  en: {
    choices: {
      seen: 'seen',
      agreed: 'agreed',
      'agreed-conditionally': 'agreed only under a condition',
      'not-agreed': 'not agreed, but seen',
      declined: 'no answer',
    },
    version: 'version',
    people: (count) => (count === 1 ? '1 employee' : `${count} employees`),
    erased: 'the content was erased',
    denials: {
      'act-denied': 'the employee disputes the act',
      'act-denial-recorded': 'written down by the employer: the employee disputes the act',
      'denial-withdrawn': 'the employee takes the dispute back',
      'not-me': 'it was not me',
      'other-text': 'it was another text',
      'under-pressure': 'under pressure',
      other: 'another reason',
    },
    findings: { attributed: 'of the employee', 'not-attributed': 'not of the employee' },
  },
}

/** In words what an entry is about, from the facts that are left of it. Says of an erased one that it was. */
export function entryInWords(
  kind: string,
  facts: Facts,
  erased: boolean,
  language: DocumentLanguage,
): string {
  const { choices, version, people, erased: gone, denials, findings } = words[language]
  if (erased) return gone
  const text = (name: string): string => {
    const value = facts[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '…'
  }
  switch (kind) {
    case 'act':
      return `${text('personName')}: ${choices[text('choice')] ?? text('choice')} · ${typeof facts['bundleManifest'] === 'string' ? text('documentTitle') : `${text('policyName')}, ${version} ${text('versionNumber')}`}`
    case 'policy-version-published':
      return `${text('policyName')}, ${version} ${text('versionNumber')}`
    case 'assignments-created': {
      const assigned = facts['assignmentIds']
      return `${version} ${text('versionNumber')}${Array.isArray(assigned) ? `, ${people(assigned.length)}` : ''}`
    }
    case 'annex-made':
    case 'annex-composed':
    case 'warning-made':
      return `${text('personName')}: ${text('title')}`
    case 'act-denied':
    case 'act-denial-recorded':
      return `${denials[kind]}: ${denials[text('ground')] ?? text('ground')} · ${text('actId')}`
    case 'denial-withdrawn':
      return `${denials[kind]} · ${text('actId')}`
    case 'court-finding-recorded':
      return `${text('court')}, ${text('reference')}: ${findings[text('finding')] ?? text('finding')} · ${text('actId')}`
    default:
      return ''
  }
}

const unknownLevel: Readonly<Record<DocumentLanguage, string>> = {
  nl: 'Niet beschreven in deze versie van het rapport.',
  en: 'Not described in this version of the report.',
}

/** What stands where a level is not one that is described here. */
export function notDescribed(language: DocumentLanguage): string {
  return unknownLevel[language]
}
