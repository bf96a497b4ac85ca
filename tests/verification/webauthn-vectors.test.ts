import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseAttestationObject } from '../../src/verification/attestation.ts'
import { parseAuthenticatorData } from '../../src/verification/authenticator-data.ts'
import { checkClientData } from '../../src/verification/client-data.ts'
import { demandCoseSignature } from '../../src/verification/cose-key.ts'
import { sha256 } from '../../src/verification/primitives.ts'

// The vectors of WebAuthn Level 3 section 16, out of the source of the specification (github.com/w3c/webauthn, index.bs).
const source = join(process.env['BEDING_VECTORS'] ?? '../shared/vectors', 'webauthn/index.bs')
const skip = existsSync(source) ? false : 'no source of the specification here'

/** What is refused, and why; everything else is read and its signature holds. */
const refused: Readonly<Record<string, RegExp>> = {
  crossOrigin: /inside a page of another origin/,
  topOrigin: /inside a page of another origin/,
  ES384: /not ES256, EdDSA or RS256/,
  ES512: /not ES256, EdDSA or RS256/,
  Ed448: /not ES256, EdDSA or RS256/,
}

function checkVector(text: string): void {
  const values = (name: string): Buffer[] =>
    [...text.matchAll(new RegExp(`^${name} = h'([0-9a-f]+)'`, 'gm'))].map(([, hex]) =>
      Buffer.from(hex!, 'hex'),
    )
  const [made, asked] = values('challenge') as [Buffer, Buffer]
  const [enrolled, signed] = values('clientDataJSON') as [Buffer, Buffer]
  const { authenticatorData } = parseAttestationObject(values('attestationObject')[0]!)
  const { key } = parseAuthenticatorData(authenticatorData).attested!
  const data = values('authenticatorData')[0]!
  parseAuthenticatorData(data)
  demandCoseSignature(key, Buffer.concat([data, sha256(signed)]), values('signature')[0]!)
  const allowedOrigins = ['https://example.org']
  checkClientData(enrolled, { type: 'webauthn.create', challenge: made, allowedOrigins })
  checkClientData(signed, { type: 'webauthn.get', challenge: asked, allowedOrigins })
}

t.test('published registrations and assertions come out as they should', { skip }, async (t) => {
  const [, generated = ''] = readFileSync(source, 'utf8').split('<!-- GENERATED CONTENT: Use test-vectors/webauthn-test-vectors.py -->') // prettier-ignore
  const vectors = generated.split('<!-- END GENERATED')[0]!.split(/^## /m).slice(2)
  t.equal(vectors.length, 15)
  for (const vector of vectors) {
    const title = vector.slice(0, vector.indexOf(' ##'))
    const why = Object.entries(refused).find(([word]) => title.includes(word))?.[1]
    if (why === undefined) t.doesNotThrow(() => checkVector(vector), title)
    else t.throws(() => checkVector(vector), why, title)
  }
})
