import type { AccessExpectation } from './identity-access-matrix.ts'

const day = '2026-12-05'

/** Who may call the routes about the clause library and the rules of law. */
export const lawRows: AccessExpectation = {
  'GET /v1/clause-starters': { access: 'clause.read' },
  'GET /v1/clause-templates': { access: 'clause.read' },
  'POST /v1/clause-templates': { access: 'clause.write', body: { name: 'N', starterId: 'none' } },
  'GET /v1/clause-templates/:clauseTemplateId': { access: 'clause.read' },
  'POST /v1/clause-templates/:clauseTemplateId/versions': { access: 'clause.write', body: { content: { kind: 'ronselbeding', heading: { nl: 'R', en: 'R' }, parameters: [], paragraphs: [{ text: { nl: 'T', en: 'T' } }] } } }, // prettier-ignore
  'GET /v1/clause-templates/:clauseTemplateId/versions/:versionNumber': { access: 'clause.read', objects: { versionNumber: '1' } }, // prettier-ignore
  'POST /v1/clause-templates/:clauseTemplateId/versions/:versionNumber/reviews': { access: 'clause.review', objects: { versionNumber: '1' }, body: { reviewer: 'R', outcome: 'approved', remarks: '' } }, // prettier-ignore
  'POST /v1/clause-templates/:clauseTemplateId/versions/:versionNumber/fillings': { access: 'clause.read', objects: { versionNumber: '1' }, body: { values: {}, locatedIn: 'main' } }, // prettier-ignore
  'GET /v1/rule-sets': { access: 'law.read' },
  'POST /v1/legal-checks/previews': { access: 'law.check', body: { jurisdiction: 'nl', moments: ['sign'], facts: { asOf: day } } }, // prettier-ignore
  'POST /v1/legal-checks': { access: 'law.check', body: { jurisdiction: 'nl', moments: ['sign'], facts: { asOf: day } } }, // prettier-ignore
  'GET /v1/legal-checks/:legalCheckId': { access: 'law.read' },
  'POST /v1/legal-checks/:legalCheckId/reviews': { access: 'law.review', body: { ruleId: 'r', outcome: 'pass', reviewer: 'R', reason: 'A reason that is long enough.' } }, // prettier-ignore
  'POST /v1/legal-checks/:legalCheckId/overrides': { access: 'law.override', body: { ruleId: 'r', reviewer: 'R', reason: 'A reason that is long enough.' } }, // prettier-ignore
  'POST /v1/contact-questions': { access: 'law.check', body: { clause: { months: 12, answers: [], covers: { suppliers: false, prospects: false, initiativeOfOther: false, onlineContact: false }, listed: [], exemptions: [] }, contact: { relation: 'R', relationKind: 'customer', channel: 'call', startedBy: 'employee', on: day }, lastDay: null } }, // prettier-ignore
  'POST /v1/penalty-calculations': { access: 'law.check', body: { terms: { amountCents: 1, perDayCents: null, perDayFrom: 'day-after', maximumCents: null, currency: 'EUR' }, breaches: [{ id: 'b', from: day, until: day, capture: null }] } }, // prettier-ignore
}
