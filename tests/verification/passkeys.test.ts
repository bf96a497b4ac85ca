import { constants, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import t from 'tap'
import { actLabel, challengeOf, checkAssertion, checkRegistration, demandCounterRose, enrolmentLabel } from '#verification' // prettier-ignore
import * as browserSide from '../../src/verification/page/browser-primitives.ts'
import * as service from '../../src/verification/primitives.ts'
import { readCbor } from '../../src/verification/cbor.ts'
import { parseCoseKey } from '../../src/verification/cose-key.ts'
import { parseAuthenticatorData } from '../../src/verification/authenticator-data.ts'
import { writeCbor, type Writable } from '../support/cbor-writer.ts'
import {
  aSoftwareAuthenticator,
  attestationCertificate,
  type Asserted,
  type Ceremony,
  type RegistrationWishes,
} from '../support/software-authenticator.ts'

const rpId = 'sign.example'
const origin = 'https://sign.example'
const manifest = Buffer.from('{"v":1}')
const at = '2026-11-27T12:00:00.000Z'
const algorithms = ['ES256', 'EdDSA', 'RS256'] as const
const aaguid = '00112233445566778899aabbccddeeff'

const actCeremony = { rpId, origin, challenge: challengeOf(actLabel, manifest) }
const enrolment = { rpId, origin, challenge: challengeOf(enrolmentLabel, manifest) }

const check = (publicKeyCose: Buffer, asserted: Asserted, changed = {}): ReturnType<typeof checkAssertion> =>
  checkAssertion({ label: actLabel, manifest, rpId, allowedOrigins: [origin], publicKeyCose, ...asserted, ...changed }) // prettier-ignore

const register = (
  wishes: Partial<RegistrationWishes> = {},
  roots: readonly Buffer[] = [],
  authenticator = aSoftwareAuthenticator({ aaguid }),
): ReturnType<typeof checkRegistration> => {
  const made = authenticator.register({ ...enrolment, ...wishes })
  return checkRegistration({ label: enrolmentLabel, manifest, rpId, allowedOrigins: [origin], attestationRoots: roots, at, ...made }) // prettier-ignore
}

t.test('every kind of key enrols and signs, as another library sees it too', async (t) => {
  for (const algorithm of algorithms) {
    for (const attestation of ['none', 'self', 'certified'] as const) {
      const authenticator = aSoftwareAuthenticator({ algorithm, aaguid, backupEligible: true })
      const made = authenticator.register({ ...enrolment, attestation })
      const registration = checkRegistration({ label: enrolmentLabel, manifest, rpId, allowedOrigins: [origin], attestationRoots: [], at, ...made }) // prettier-ignore
      t.equal(registration.attestation.kind, attestation)
      t.same(registration.key.spki, made.publicKeySpki, `${algorithm}: the key is the one Node knows`)
      t.same(registration.credentialId, made.credentialId)
      t.equal(registration.aaguid, '00112233-4455-6677-8899-aabbccddeeff')
      t.same(registration.flags, { userPresent: true, userVerified: true, backupEligible: true, backupState: false }) // prettier-ignore
      const id = made.credentialId.toString('base64url')
      const theirs = await verifyRegistrationResponse({
        response: {
          id,
          rawId: id,
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: made.clientDataJson.toString('base64url'),
            attestationObject: made.attestationObject.toString('base64url'),
          },
        },
        expectedChallenge: enrolment.challenge.toString('base64url'),
        expectedOrigin: origin,
        expectedRPID: rpId,
        supportedAlgorithmIDs: [-7, -8, -257],
      })
      t.ok(theirs.verified, `${algorithm} ${attestation}: the other library agrees`)
      t.same(Buffer.from(theirs.registrationInfo!.credential.publicKey), made.publicKeyCose)

      const asserted = authenticator.assert(actCeremony)
      const assertion = check(made.publicKeyCose, asserted)
      t.equal(assertion.counter, 2)
      t.equal(assertion.origin, origin)
      const agreed = await verifyAuthenticationResponse({
        response: {
          id,
          rawId: id,
          type: 'public-key',
          clientExtensionResults: {},
          response: {
            clientDataJSON: asserted.clientDataJson.toString('base64url'),
            authenticatorData: asserted.authenticatorData.toString('base64url'),
            signature: asserted.signature.toString('base64url'),
          },
        },
        expectedChallenge: actCeremony.challenge.toString('base64url'),
        expectedOrigin: origin,
        expectedRPID: rpId,
        credential: { id, publicKey: Uint8Array.from(made.publicKeyCose), counter: 1 },
      })
      t.ok(agreed.verified, `${algorithm}: the other library agrees about the assertion`)
    }
  }
})

t.test('whatever is wrong in an assertion has a sentence of its own', async (t) => {
  const authenticator = aSoftwareAuthenticator()
  const { publicKeyCose } = authenticator.register(enrolment)
  const other = aSoftwareAuthenticator().register(enrolment).publicKeyCose
  const withClientData = (clientDataJson: string): Partial<Ceremony> => ({ clientDataJson })
  const challenge = actCeremony.challenge.toString('base64url')
  const cases: [string, Partial<Ceremony>, RegExp][] = [
    ['nobody verified', { userVerified: false }, /did not verify who/],
    ['nobody there', { userPresent: false }, /somebody was present/],
    ['another relying party', { rpId: 'login.example' }, /another relying party/],
    ['another origin', { origin: 'https://sign.example.evil.example' }, /is not one of those allowed/],
    ['the same name over http', { origin: 'http://sign.example' }, /is not one of those allowed/],
    ['an enrolment', { type: 'webauthn.create' }, /is of a "webauthn.create"/],
    ['a frame', { crossOrigin: true }, /inside a page of another origin/],
    [
      'a frame that names who is above',
      { topOrigin: 'https://other.example' },
      /inside a page of another origin/,
    ],
    ['an enrolment’s challenge', { challenge: enrolment.challenge }, /challenge is that of something else/],
    ['no JSON', withClientData('{'), /not JSON/],
    ['a list', withClientData('[]'), /not an object/],
    ['a name twice', withClientData(`{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}","origin":"${origin}"}`), /stands in the client data twice/], // prettier-ignore
    ['a name twice in two spellings', withClientData(`{"type":"webauthn.get","challenge":"${challenge}","\\u006frigin":"x","origin":"${origin}"}`), /stands in the client data twice/], // prettier-ignore
    ['padding', withClientData(`{"type":"webauthn.get","challenge":"${challenge}=","origin":"${origin}"}`), /base64url is not canonical/], // prettier-ignore
    ['too long', withClientData(' '.repeat(5_000)), /longer than 4,096/],
  ]
  for (const [name, wrong, sentence] of cases) {
    t.throws(() => check(publicKeyCose, authenticator.assert({ ...actCeremony, ...wrong })), sentence, name)
  }
  const right = authenticator.assert(actCeremony)
  t.throws(() => check(other, right), /does not match the signed bytes/, 'another key')
  t.throws(() => check(publicKeyCose, right, { manifest: Buffer.from('{"v":2}') }), /challenge is that of/)
  t.throws(
    () => check(publicKeyCose, right, { label: enrolmentLabel }),
    /challenge is that of something else/,
  )
})

t.test('members that browsers add at random are no harm', async (t) => {
  const authenticator = aSoftwareAuthenticator()
  const { publicKeyCose } = authenticator.register(enrolment)
  const challenge = actCeremony.challenge.toString('base64url')
  const added = `{"other_keys_can_be_added_here":"do not compare \\"type\\": with a template {[","nested":{"type":"x","origin":[{"origin":1}]}, "origin":"${origin}","challenge":"${challenge}","type":"webauthn.get","crossOrigin":false}`
  t.ok(check(publicKeyCose, authenticator.assert({ ...actCeremony, clientDataJson: added })))
  const extensions = new Map<string, Writable>([['credProps', new Map([['rk', true]])]])
  t.ok(check(publicKeyCose, authenticator.assert({ ...actCeremony, extensions })))
})

t.test('no byte of an assertion can change', async (t) => {
  for (const algorithm of algorithms) {
    const authenticator = aSoftwareAuthenticator({ algorithm })
    const { publicKeyCose } = authenticator.register(enrolment)
    const right = authenticator.assert(actCeremony)
    const parts = { ...right, publicKeyCose, manifest }
    for (const name of [
      'clientDataJson',
      'authenticatorData',
      'signature',
      'publicKeyCose',
      'manifest',
    ] as const) {
      let accepted = 0
      for (let bit = 0; bit < parts[name].length * 8; bit++) {
        const flipped = Buffer.from(parts[name])
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        try {
          check(publicKeyCose, right, { [name]: flipped })
          accepted++
        } catch {
          // As it should be.
        }
      }
      t.equal(accepted, 0, `${algorithm}: each bit of ${name}`)
    }
  }
})

t.test('an attestation counts only under a root that is given, for its model, at its time', async (t) => {
  const root = attestationCertificate({ name: 'Root', authority: true, unit: 'Authorities' })
  const right = attestationCertificate({ aaguid, issuer: root })
  const attested = register({ attestation: 'certified', certificate: right }, [root.der]).attestation
  t.same(attested, { kind: 'certified', format: 'packed', root: root.der })
  const elsewhere = register({ attestation: 'certified', certificate: right }, [attestationCertificate({ authority: true }).der]) // prettier-ignore
  t.equal(elsewhere.attestation.kind === 'certified' && elsewhere.attestation.root, undefined)
  const itself = register({ attestation: 'certified', certificate: right }, [right.der]).attestation
  t.same(
    itself,
    { kind: 'certified', format: 'packed', root: right.der },
    'a certificate may be pinned itself',
  )
  const wrong: [string, Parameters<typeof attestationCertificate>[0], RegExp][] = [
    ['another model', { aaguid: 'ff'.repeat(16) }, /another model of authenticator/],
    ['another purpose', { unit: 'Seals' }, /not for attestations/],
    ['an authority', { authority: true }, /that of an authority/],
    ['ended', { until: '2026-01-01T00:00:00.000Z' as never }, /was valid from/],
  ]
  for (const [name, wishes, sentence] of wrong) {
    const certificate = attestationCertificate({ aaguid, issuer: root, ...wishes })
    t.throws(() => register({ attestation: 'certified', certificate }, [root.der]), sentence, name)
  }
  const stranger = { ...right, key: attestationCertificate({}).key }
  t.throws(
    () => register({ attestation: 'certified', certificate: stranger }),
    /does not match the signed bytes/,
  )
})

t.test('an enrolment of another challenge, origin or without verification is refused', async (t) => {
  t.throws(() => register({ challenge: actCeremony.challenge }), /challenge is that of something else/)
  t.throws(() => register({ origin: 'https://example' }), /is not one of those allowed/)
  t.throws(() => register({ rpId: 'example' }), /another relying party/)
  t.throws(() => register({ userVerified: false }), /did not verify who/)
  t.throws(() => register({ type: 'webauthn.get' }), /is of a "webauthn.get"/)
  t.throws(() => register({}, [], aSoftwareAuthenticator({ backupState: true })), /yet not able to be/)
})

t.test('CBOR has one form', async (t) => {
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
  t.same(readCbor(bytes('a2010263666d74f6')), new Map<number | string, unknown>([[1, 2], ['fmt', null]])) // prettier-ignore
  t.equal(readCbor(bytes('390100')), -257)
  t.equal(readCbor(bytes('1b001ffffffffffffe')), 2 ** 53 - 2)
  const wrong: [string, RegExp][] = [
    ['', /cut off/],
    ['0101', /follow after the end/],
    ['1801', /shortest form/],
    ['190001', /shortest form/],
    ['1a00000001', /shortest form/],
    ['1b0000000000000001', /shortest form/],
    ['1bffffffffffffffff', /above what is read/],
    ['9fff', /not definite/],
    ['5fff', /not definite/],
    ['5a7fffffff00', /cut off/],
    ['9a7fffffff00', /too many parts/],
    ['c001', /has a tag/],
    ['f90000', /kind not used/],
    ['f7', /kind not used/],
    ['a201020103', /not in order/],
    ['a202010102', /not in order/],
    ['a2200101', /not in order|cut off/],
    ['a1f501', /no number or text/],
    ['61ff', /not UTF-8/],
    [`${'81'.repeat(10)}01`, /nested too deeply/],
    ['99012c' + '01'.repeat(300), /too many parts/],
  ]
  for (const [hex, sentence] of wrong) t.throws(() => readCbor(bytes(hex)), sentence, hex.slice(0, 30))
})

t.test('keys have one form', async (t) => {
  const { publicKeyCose } = aSoftwareAuthenticator().register(enrolment)
  const members = readCbor(publicKeyCose) as Map<number, Writable>
  const changed = (...changes: [number, Writable][]): Buffer => writeCbor(new Map([...members, ...changes]))
  t.doesNotThrow(() =>
    createPublicKey({ key: parseCoseKey(publicKeyCose).spki, format: 'der', type: 'spki' }),
  )
  t.throws(() => parseCoseKey(changed([3, -35])), /not ES256, EdDSA or RS256/)
  t.throws(() => parseCoseKey(changed([-1, 2])), /not on the curve P-256/)
  t.throws(() => parseCoseKey(changed([-3, true])), /is not bytes/)
  t.throws(() => parseCoseKey(changed([-3, Buffer.alloc(32, 1)])), /no point of its curve/)
  t.throws(() => parseCoseKey(changed([4, 'x'])), /unknown member/)
  const rsa = aSoftwareAuthenticator({ algorithm: 'RS256' }).register(enrolment).publicKeyCose
  const numbers = readCbor(rsa) as Map<number, Writable>
  const padded = writeCbor(new Map([...numbers, [-2, Buffer.of(0, 1, 0, 1)]]))
  t.throws(() => parseCoseKey(padded), /leading zeros/)
  const short = writeCbor(new Map([...numbers, [-1, Buffer.alloc(128, 0xff)]]))
  t.throws(() => parseCoseKey(short), /2048 to 8192 bits/)
})

t.test('authenticator data ends where it ends', async (t) => {
  const { authenticatorData } = aSoftwareAuthenticator().register(enrolment)
  for (let length = 0; length < authenticatorData.length; length++) {
    t.throws(() => parseAuthenticatorData(authenticatorData.subarray(0, length)))
  }
  t.throws(() => parseAuthenticatorData(Buffer.concat([authenticatorData, Buffer.of(0)])), /follow after/)
})

t.test('a counter rises or is not there', async (t) => {
  t.doesNotThrow(() => demandCounterRose(0, 0))
  t.doesNotThrow(() => demandCounterRose(0, 1))
  t.doesNotThrow(() => demandCounterRose(7, 8))
  for (const [before, now] of [
    [1, 1],
    [2, 1],
    [1, 0],
  ] as const)
    // prettier-ignore
    t.throws(() => demandCounterRose(before, now), /did not rise/)
})

t.test(
  'RSASSA-PSS is verified alike by Node and by the code of the page, also for keys of odd lengths',
  async (t) => {
    for (const modulusLength of [2048, 2049, 2055, 3072]) {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
      const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
      const [modulus, exponent] = [Buffer.from(n, 'base64url'), Buffer.from(e, 'base64url')]
      const message = Buffer.from('message')
      const pss = (saltLength: number): Buffer => sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }) // prettier-ignore
      // One that begins with a zero byte, so that leaving that byte out keeps the number and changes the length alone.
      let right = pss(32)
      for (let tries = 0; modulusLength % 8 > 0 && right[0] !== 0 && tries < 1000; tries++) right = pss(32)
      const flipped = Buffer.from(right)
      flipped[7]! ^= 1
      const cases = [
        [right, true],
        [flipped, false],
        [pss(20), false],
        [pss(0), false],
        [sign('sha256', message, privateKey), false],
        [right.subarray(1), false],
      ] as const
      for (const [signature, held] of cases) {
        const verdicts = [service, browserSide].map((side) => side.verifyRsaPss(modulus, exponent, 'sha256', message, signature)) // prettier-ignore
        t.same(verdicts, [held, held], `${modulusLength} bits`)
      }
    }
  },
)
