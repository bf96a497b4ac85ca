import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A device as the load plays it: an ES256 key that answers as an authenticator does (WebAuthn sections 6.1 and 6.5). */
export type BenchPasskey = {
  readonly register: (
    challenge: string,
    origin: string,
  ) => { credentialId: string; clientDataJson: string; attestationObject: string }
  readonly sign: (
    challenge: string,
    origin: string,
  ) => { credentialId: string; clientDataJson: string; authenticatorData: string; signature: string }
}

const userPresentAndVerified = 0x05
const withCredential = 0x45

export function makePasskey(rpId: string): BenchPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  const rpIdHash = createHash('sha256').update(rpId).digest()
  let counter = 0
  const authenticatorData = (flags: number, rest: Buffer = Buffer.alloc(0)): Buffer => {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags)
    head.writeUInt32BE(counter, 1)
    counter += 1
    return Buffer.concat([rpIdHash, head, rest])
  }
  // {1: 2, 3: -7, -1: 1, -2: x, -3: y}: an ES256 key as COSE writes it (RFC 9053 section 7.1).
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x!, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y!, 'base64url'),
  ])
  return {
    register(challenge, origin) {
      const made = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
      const data = authenticatorData(withCredential, made)
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const head = Buffer.from('a363666d74646e6f6e656761747453746d74a06861757468446174615858', 'hex')
      head[head.length - 1] = data.length
      return {
        credentialId: id.toString('base64url'),
        clientDataJson: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: Buffer.concat([head, data]).toString('base64url'),
      }
    },
    sign(challenge, origin) {
      const data = authenticatorData(userPresentAndVerified)
      const client = clientData('webauthn.get', challenge, origin)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        credentialId: id.toString('base64url'),
        clientDataJson: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      }
    },
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}
