import { canonicalJson, sha256Hex } from '#core'
import type { DocumentContent, PolicyEditionInput } from './document-inputs.ts'

const content: DocumentContent = {
  languages: ['nl'],
  title: { nl: 'Proef' },
  introduction: [{ nl: 'Deze tekst wordt nergens bewaard: hij zet de lettertypen klaar. ŁşıŽ Ωω ☑' }],
  rules: [
    {
      id: 'proef',
      heading: { nl: 'Proef' },
      text: { nl: 'Een regel met een adres: [ADRES].' },
      modality: 'must',
      scope: { time: 'always', place: 'everywhere', account: 'any-account' },
      legalNature: 'information',
    },
  ],
  sections: [],
  placeholders: [{ name: 'ADRES', kind: 'url', label: { nl: 'Adres' }, value: 'https://example.nl/' }],
  changeSummary: { nl: 'Geen.' },
  materiality: 'editorial',
}

/** A small document that uses every part of the kit once. */
export const warmUpInput: PolicyEditionInput = {
  kind: 'policy-edition',
  organisationName: 'Proef',
  policyName: 'Proef',
  versionNumber: 1,
  legalNature: 'information',
  language: 'nl',
  effectiveFrom: '2026-01-01',
  content,
  contentSha256: sha256Hex(canonicalJson(content)),
  publishedAt: '2026-01-01T00:00:00.000Z',
}
