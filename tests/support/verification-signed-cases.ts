import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { aSoftwareAuthenticator, attestationCertificate } from './software-authenticator.ts'
import type { DossierWishes } from './verification-dossier.ts'
import { digestOf, organisationId, personId } from './verification-log.ts'
import type { FactValue } from './verification-log.ts'
import { canonical, enrolmentFacts, mailboxRecord } from './verification-signed.ts'
import type { SignedWishes } from './verification-signed.ts'

/** A dossier with a signed act, whether it is accepted, and the check that says why not. */
export type SignedCase = readonly [
  name: string,
  refusedBy: string | undefined,
  wishes: SignedWishes,
  more?: Partial<DossierWishes>,
]

type Facts = Record<string, FactValue>
const aaguid = '00112233445566778899aabbccddeeff'
const other = '0190a000-0000-7000-8000-0000000000b0'

const act = (changes: Facts): SignedWishes => ({ act: (honest) => ({ ...honest, ...changes }) })
const signing = (changes: object): SignedWishes => ({ signing: (honest) => ({ ...honest, ...changes }) })
const manifest = (changes: object): SignedWishes => ({ manifest: (honest) => ({ ...honest, ...changes }) })
const enrolment = (changes: Facts): SignedWishes => ({ enrolment: (honest) => ({ ...honest, ...changes }) })
const revokedAt = '2026-11-20T20:00:00.000Z'

/** A key whose maker vouches for it, and the root above. */
export function attested(changes: SignedWishes = {}, backupEligible = false): SignedWishes {
  const root = attestationCertificate({ name: 'Root', authority: true, unit: 'Authorities' })
  return {
    authenticator: aSoftwareAuthenticator({ aaguid, backupEligible }),
    registration: { attestation: 'certified', certificate: attestationCertificate({ aaguid, issuer: root }) },
    attestationRoot: root,
    ...act({ assurance: 'passkey-bound-attested' }),
    ...changes,
  }
}

/** The bundle of a document and perhaps one annex. */
export function bundleOf(document: string, annex: string | undefined, changes: object = {}): string {
  const part = (sha256: string, role: string, mark: string): object => ({ sha256, role, mark, byteLength: 1000, documentId: other, language: 'nl', pages: 2, title: mark }) // prettier-ignore
  return canonical({
    v: 1,
    organisationId,
    purpose: 'covenant',
    language: 'nl',
    documents: [part(document, 'main', 'Overeenkomst'), ...(annex === undefined ? [] : [part(annex, 'annex', 'Bijlage 1')])], // prettier-ignore
    references: annex === undefined ? [] : [{ from: document, to: annex, text: 'zie Bijlage 1', page: 2 }],
    statements: [{ statementId: 'main', kind: 'main', subject: 'Overeenkomst' }],
    ...changes,
  })
}

/** Cases in which who, what and when were signed by their log, whatever they say. */
export function signedCases(): SignedCase[] {
  const stranger = aSoftwareAuthenticator()
  const foreign = enrolmentFacts(stranger)
  return [
    ['honest: ES256', undefined, {}],
    ['honest: EdDSA', undefined, { authenticator: aSoftwareAuthenticator({ algorithm: 'EdDSA' }) }],
    ['honest: RS256', undefined, { authenticator: aSoftwareAuthenticator({ algorithm: 'RS256' }) }],
    ['honest: a key that is copied', undefined, { authenticator: aSoftwareAuthenticator({ backupEligible: true, backupState: true, counts: false }) }], // prettier-ignore
    ['honest: a key that vouches for itself', undefined, { registration: { attestation: 'self' } }],
    ['honest: a key whose maker vouches for it', undefined, attested()],
    ['honest: below what the key is worth', undefined, act({ assurance: 'mailbox-private' })],
    ['honest: below what was required', undefined, act({ requiredAssurance: 'qualified' })],
    ['honest: with a condition, which is no agreement', undefined, { ...act({ choice: 'agreed-conditionally', reason: 'Als het kan.' }), ...manifest({ choice: 'agreed-conditionally', reason: 'Als het kan.' }) }], // prettier-ignore
    ['a name withheld', undefined, {}, { hidden: { 2: ['personName'] } }],
    ['a key that is copied, as attested', 'assurance', attested({}, true)],
    ['a key that nobody vouches for, as attested', 'assurance', act({ assurance: 'passkey-bound-attested' })],
    ['attested, with no root', 'enrolment record', { ...attested(), ...enrolment({ attestationRoot: null, attestationRootSha256: null }) }], // prettier-ignore
    ['qualified, by a passkey', 'assurance', act({ assurance: 'qualified' })],
    ['a level that is none', 'assurance', act({ assurance: 'certainly' })],
    ['a passkey level without a signature', 'act signature', act({ signing: null })],
    ['the same, by way of a link', 'assurance', act({ signing: null, method: 'one-time-link' })],
    ['signed, but called a link', 'act signature', act({ method: 'one-time-link' })],
    ['a way of signing that is not known', 'act signature', { ...signing({ method: 'csc' }), ...act({}) }],
    ['nobody verified', 'act signature', { ceremony: { userVerified: false } }],
    ['nobody present', 'act signature', { ceremony: { userPresent: false } }],
    ['another origin', 'act signature', { ceremony: { origin: 'https://evil.example' } }],
    ['another origin, which the record allows', 'act signature', { ...signing({ allowedOrigins: ['https://evil.example'] }), ceremony: { origin: 'https://evil.example' } }], // prettier-ignore
    ['another relying party', 'act signature', { ceremony: { rpId: 'login.example' } }],
    ['inside a frame', 'act signature', { ceremony: { crossOrigin: true } }],
    ['an enrolment in place of a signature', 'act signature', { ceremony: { type: 'webauthn.create' } }],
    [
      'a challenge of an enrolment',
      'act signature',
      { ceremony: { challenge: digestOf('beding/enrolment/v1\n') } },
    ],
    ['another key signed', 'act signature', signing({ publicKeyCose: foreign['publicKeyCose'], publicKeySpki: foreign['publicKeySpki'] })], // prettier-ignore
    ['two keys in one record', 'act signature', signing({ publicKeySpki: foreign['publicKeySpki'] })],
    ['flags that the device did not say', 'act signature', signing({ flags: { userPresent: true, userVerified: true, backupEligible: true, backupState: false } })], // prettier-ignore
    ['a counter that the device did not say', 'act signature', signing({ counter: 99 })],
    [
      'files of another page',
      'act signature',
      signing({ assets: [{ file: 'sign.js', sha256: '00'.repeat(32) }] }),
    ],
    ['a signature of another ceremony', 'act signature', manifest({ ceremonyId: other })],
    ['a signature of another statement', 'act signature', manifest({ statementId: 'clause-2' })],
    ['another sentence was signed', 'act signature', manifest({ statement: 'Ik ga nergens mee akkoord.' })],
    ['another choice was signed', 'act signature', manifest({ choice: 'not-agreed' })],
    ['another document was signed', 'act signature', manifest({ documentSha256: ['00'.repeat(32)] })],
    ['a bundle was signed', 'act signature', manifest({ bundleSha256: '00'.repeat(32) })],
    ['another person signed', 'act signature', manifest({ signer: { personId: other, name: 'Jan' } })],
    ['another page was signed at', 'act signature', manifest({ pageRelease: '00'.repeat(32) })],
    ['signed a day before', 'act signature', manifest({ issuedAt: '2026-11-20T07:00:00.000Z', expiresAt: '2026-11-20T08:00:00.000Z' })], // prettier-ignore
    ['a nonce that is short', 'act signature', manifest({ nonce: 'AAAA' })],
    ['a manifest with a member more', 'act signature', manifest({ zz: 1 })],
    ['the enrolment is left out', 'enrolment', {}, { leftOut: [1] }],
    ['the enrolment never was', 'enrolment', { notEnrolled: true }],
    ['the enrolment is withheld', 'enrolment', {}, { hidden: { 1: ['attestationObject'] } }],
    ['the enrolment of another person', 'enrolment', { ...enrolmentOf(other) }],
    ['another entry as the enrolment', 'enrolment', { signing: (honest) => ({ ...honest, enrolment: { ...(honest['enrolment'] as object), leafSha256: '00'.repeat(32) } }) }], // prettier-ignore
    ['an enrolment in another log', 'enrolment', { signing: (honest) => ({ ...honest, enrolment: { ...(honest['enrolment'] as object), logOrigin: 'other.example/log' } }) }], // prettier-ignore
    ['an enrolment known better than it was', 'enrolment', { signing: (honest) => ({ ...honest, enrolment: { ...(honest['enrolment'] as object), enrolledBy: 'sso' } }) }], // prettier-ignore
    ['an enrolment of another key', 'enrolment record', enrolment({ publicKeyCose: foreign['publicKeyCose'] as string })], // prettier-ignore
    ['an enrolment that claims attestation', 'enrolment record', enrolment({ attested: true })],
    ['an enrolment by nobody verified', 'enrolment record', { registration: { userVerified: false } }],
    [
      'an enrolment for another question',
      'enrolment record',
      { registration: { challenge: digestOf('other') } },
    ],
    ['an enrolment known better than shown', 'enrolment record', enrolment({ enrolledBy: 'sso' })],
    ['revoked before the act', 'enrolment', { between: (log, _, signingCredentialId) => log.add('signing-credential-revoked', { personId, signingCredentialId, revokedAt, reason: null }, revokedAt) }, { anchors: later }], // prettier-ignore
    ['revoked before the act, content withheld', 'enrolment', { between: (log, index, signingCredentialId) => log.add('signing-credential-revoked', { signingCredentialId }, revokedAt, [index]) }, { anchors: later, hidden: { 2: ['signingCredentialId'] } }], // prettier-ignore
    ['reset by staff before the act', 'enrolment', { between: (log) => log.add('signing-reset', { organisationId, personId, resetAt: revokedAt }, revokedAt) }, { anchors: later }], // prettier-ignore
    ['another’s key revoked before the act', undefined, { between: (log) => log.add('signing-credential-revoked', { organisationId, personId: other, signingCredentialId: other, revokedAt }, revokedAt) }, { anchors: later }], // prettier-ignore
    ['another reset by staff before the act', undefined, { between: (log) => log.add('signing-reset', { organisationId, personId: other, resetAt: revokedAt }, revokedAt) }, { anchors: later }], // prettier-ignore
    ['no anchor between enrolment and act', 'enrolment anchored', {}, { anchors: [{ size: 1, times: ['20261120090000Z'] }] }], // prettier-ignore
    ['cooling, and it says so', undefined, cooling('mailbox-employer')],
    ['cooling, and a level too high', 'assurance', cooling('passkey-bound')],
    [
      'cooling, and nothing said of it',
      'enrolment',
      { ...cooling('passkey-bound'), signing: (honest) => honest },
    ],
    [
      'known only after the act',
      'authentication',
      act({ authentication: mailboxRecord('2026-11-21T09:00:00.000Z') }),
    ],
    ['known as somebody else', 'authentication', act({ authentication: mailboxRecord('2026-11-21T07:00:00.000Z', { personId: other }) })], // prettier-ignore
    ['a mailbox that claims a phone', 'authentication', act({ authentication: mailboxRecord('2026-11-21T07:00:00.000Z', { assurance: 'sso' }) })], // prettier-ignore
    [
      'a level above a code to a mailbox',
      'assurance',
      act({ assurance: 'sso', signing: null, method: 'session' }),
    ],
    ['the level of a code to a mailbox', undefined, act({ assurance: 'mailbox-private', signing: null, method: 'session' })], // prettier-ignore
    ['a level whose evidence is withheld', 'assurance', act({ assurance: 'mailbox-private', signing: null, method: 'session' }), { hidden: { 2: ['authentication'] } }], // prettier-ignore
    ['a bundle of one document', undefined, bundled()],
    ['a bundle whose annex is left out', 'bundle', bundled({ annex: true })],
    ['a bundle of another purpose', 'bundle', bundled({ changes: { purpose: 'notice' } })],
    ['a bundle without the statement', 'bundle', bundled({ changes: { statements: [] } })],
    ['a bundle that refers to nothing', 'bundle', bundled({ changes: { references: [{ from: '00'.repeat(32), to: '00'.repeat(32), text: 'x', page: 1 }] } })], // prettier-ignore
    [
      'another bundle was signed',
      'act signature',
      { ...bundled(), ...manifest({ bundleSha256: '00'.repeat(32) }) },
    ],
    ['a page whose files are on record', undefined, paged({})],
    ['a page whose files are only in the log', undefined, paged({ inRecord: [] })],
    ['a page of other files', 'page release', paged({ inLog: [['sign.js', '11'.repeat(32)]] })],
    ['paper, which claims no level', undefined, act({ assurance: 'paper', signing: null, authentication: null, method: 'session' })], // prettier-ignore
  ]
}

const later: NonNullable<DossierWishes['anchors']> = [
  { size: 1, times: ['20261120090000Z'] },
  { size: 2, times: ['20261120110000Z'] },
]

/** An act about a bundle of the document of the dossier, and an annex that the dossier does not hold. */
function bundled({ annex = false, changes = {} }: { annex?: boolean; changes?: object } = {}): SignedWishes {
  const text = (document: string): string => bundleOf(document, annex ? '22'.repeat(32) : undefined, changes)
  return {
    manifest: (honest) => {
      const [document] = honest['documentSha256'] as [string]
      const bundleSha256 = digestOf(text(document)).toString('hex')
      return { ...honest, bundleSha256, documentSha256: annex ? [document, '22'.repeat(32)] : [document] }
    },
    act: (honest) => ({
      ...honest,
      policyId: null,
      policyName: null,
      versionNumber: null,
      effectiveFrom: null,
      bundleManifest: text(honest['documentSha256'] as string),
    }),
  }
}

type PageFiles = readonly (readonly [file: string, sha256: string])[]

/** An act at a page whose files are recorded with it, in the log, or both. */
function paged({ inRecord, inLog }: { inRecord?: PageFiles; inLog?: PageFiles }): SignedWishes {
  const files: PageFiles = [['sign.css', '33'.repeat(32)], ['sign.js', '44'.repeat(32)]] // prettier-ignore
  const pageRelease = digestOf(files.map(([file, hash]) => `${hash}  ${file}\n`).join('')).toString('hex')
  const assets = (inRecord ?? files).map(([file, sha256]) => ({ file, sha256 }))
  return {
    between: (log) => log.add('page-release', { release: pageRelease, assets: (inLog ?? files).map((each) => each.join(':')) }, revokedAt), // prettier-ignore
    ...manifest({ pageRelease }),
    ...signing({ assets }),
    ...act({ pageRelease }),
  }
}

/** A key of somebody else, who enrolled it rightly. */
function enrolmentOf(person: string): SignedWishes {
  return {
    enrolmentManifest: (honest) => ({ ...honest, signer: { personId: person, name: 'Jan' } }),
    enrolment: (honest) => ({
      ...honest,
      personId: person,
      personName: 'Jan',
      authentication: mailboxRecord('2026-11-20T09:59:00.000Z', { personId: person }),
    }),
  }
}

/** A key that was enrolled the day before by way of a mailbox of the employer. */
function cooling(assurance: string): SignedWishes {
  return {
    enrolment: (honest) => ({ ...honest, enrolledBy: 'mailbox-employer', authentication: null }),
    signing: (honest) => ({
      ...honest,
      coolingUntil: '2026-11-23T10:00:00.000Z',
      enrolment: { ...(honest['enrolment'] as object), enrolledBy: 'mailbox-employer' },
    }),
    ...act({ assurance, authentication: null }),
  }
}

export type SignOnWishes = {
  readonly algorithm?: 'RS256' | 'PS256' | 'ES256' | 'EdDSA'
  readonly claims?: Record<string, unknown>
  readonly record?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  /** Signed by another key than the recorded one. */
  readonly forged?: boolean
}

/** The record of a single sign-on at 07:59, with a token that was signed by a provider of the test. */
export function signOnRecord({ algorithm = 'RS256', ...wishes }: SignOnWishes = {}): string {
  const { privateKey, publicKey } = providerKeys(algorithm)
  const at = '2026-11-21T07:59:00.000Z'
  const now = Date.parse(at) / 1000
  const claims = { iss: 'https://id.example', aud: 'beding', sub: 'sukru', nonce: 'n-1', auth_time: now - 60, iat: now, exp: now + 300, amr: ['pwd', 'otp'], acr: 'silver' } // prettier-ignore
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${encode({ alg: algorithm, kid: 'k1', ...wishes.header })}.${encode({ ...claims, ...wishes.claims })}`
  const key = wishes.forged ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : privateKey
  const options = { EdDSA: {}, RS256: {}, ES256: { dsaEncoding: 'ieee-p1363' as const }, PS256: { padding: 6, saltLength: -1 } } // prettier-ignore
  const hash = algorithm === 'EdDSA' ? null : 'sha256'
  const signature = sign(hash, Buffer.from(input), { key, ...options[algorithm] }).toString('base64url')
  return canonical({
    v: 'beding-authentication/v1',
    method: 'oidc',
    assurance: 'sso-mfa',
    at,
    authTime: '2026-11-21T07:58:00.000Z',
    issuer: 'https://id.example',
    clientId: 'beding',
    providerId: other,
    subjectSha256: createHash('sha256').update('sukru').digest('hex'),
    nonce: 'n-1',
    maxAge_s: 300,
    amr: ['pwd', 'otp'],
    acr: 'silver',
    idToken: `${input}.${signature}`,
    jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: algorithm },
    ...wishes.record,
  })
}

const kept = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>()

function providerKeys(algorithm: string): { privateKey: KeyObject; publicKey: KeyObject } {
  const known = kept.get(algorithm)
  if (known !== undefined) return known
  const made =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : algorithm === 'EdDSA'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
  kept.set(algorithm, made)
  return made
}

/** Acts of people who signed in with their employer's provider. */
export function signOnCases(): SignedCase[] {
  const asked = (wishes: SignOnWishes, assurance = 'sso-mfa'): SignedWishes =>
    act({ assurance, signing: null, method: 'session', authentication: signOnRecord(wishes) })
  const hour = 3600
  const now = Date.parse('2026-11-21T07:59:00.000Z') / 1000
  return [
    ['sign-on: RS256', undefined, asked({})],
    ['sign-on: PS256', undefined, asked({ algorithm: 'PS256' })],
    ['sign-on: ES256', undefined, asked({ algorithm: 'ES256' })],
    ['sign-on: EdDSA', undefined, asked({ algorithm: 'EdDSA' })],
    ['sign-on: one audience in a list', undefined, asked({ claims: { aud: ['beding'] } })],
    ['sign-on: forged', 'authentication', asked({ forged: true })],
    ['sign-on: PS256 forged', 'authentication', asked({ forged: true, algorithm: 'PS256' })],
    ['sign-on: unsigned', 'authentication', asked({ header: { alg: 'none' } })],
    ['sign-on: another algorithm', 'authentication', asked({ header: { alg: 'PS256' } })],
    ['sign-on: a header with demands', 'authentication', asked({ header: { crit: ['exp'] } })],
    ['sign-on: another key', 'authentication', asked({ header: { kid: 'k2' } })],
    ['sign-on: another issuer', 'authentication', asked({ claims: { iss: 'https://evil.example' } })],
    ['sign-on: for somebody else', 'authentication', asked({ claims: { aud: 'shop' } })],
    ['sign-on: for two', 'authentication', asked({ claims: { aud: ['beding', 'shop'] } })],
    ['sign-on: a nonce of another attempt', 'authentication', asked({ claims: { nonce: 'n-2' } })],
    ['sign-on: another subject', 'authentication', asked({ claims: { sub: 'jan' } })],
    ['sign-on: proven an hour ago', 'authentication', asked({ claims: { auth_time: now - hour }, record: { authTime: '2026-11-21T06:59:00.000Z' } })], // prettier-ignore
    [
      'sign-on: proven when the record says otherwise',
      'authentication',
      asked({ claims: { auth_time: now } }),
    ],
    ['sign-on: not proven', 'authentication', asked({ claims: { auth_time: undefined } })],
    ['sign-on: expired', 'authentication', asked({ claims: { exp: now - hour } })],
    ['sign-on: a second factor that is only recorded', 'authentication', asked({ claims: { amr: ['pwd'] } })],
    ['sign-on: no second factor', 'authentication', asked({ claims: { amr: [], acr: undefined }, record: { amr: [], acr: null } })], // prettier-ignore
    ['sign-on: no second factor, and none claimed', undefined, asked({ claims: { amr: [], acr: undefined }, record: { amr: [], acr: null, assurance: 'sso' } }, 'sso')], // prettier-ignore
    ['sign-on: a level above it', 'assurance', asked({}, 'passkey-bound')],
  ]
}
