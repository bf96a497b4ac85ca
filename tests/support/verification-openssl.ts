import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Why openssl cannot be used here, or false. */
export function opensslMissing(): string | false {
  return spawnSync('openssl', ['version']).status === 0 ? false : 'no openssl here'
}

// Nobody answers at these addresses: what is needed stands in the file.
const asked = 'authorityInfoAccess=OCSP;URI:http://answers.invalid/ocsp'
const listed = 'crlDistributionPoints=URI:http://answers.invalid/root.crl'

const profiles = {
  root: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash',
  issuing: `basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n${listed}`,
  seal: `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=emailProtection,1.3.6.1.5.5.7.3.36\nauthorityKeyIdentifier=keyid\n${asked}`,
  tsa: `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nauthorityKeyIdentifier=keyid\n${asked}`,
  answers:
    'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\nnoCheck=ignored\nauthorityKeyIdentifier=keyid',
} as const
type Part = keyof typeof profiles

const settings = `
[ req ]
distinguished_name = dn
[ dn ]
[ ca ]
default_ca = this
[ this ]
database = index.txt
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
[ tsa ]
default_tsa = stamps
[ stamps ]
serial = tsaserial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

/** Authorities that are openssl itself: root, issuing authority, seal, time-stamps, OCSP. Its clock is the real one. */
export class OpensslAuthority {
  readonly #folder: string
  readonly #kind: 'EC' | 'RSA'

  constructor(folder: string, kind: 'EC' | 'RSA') {
    this.#folder = folder
    this.#kind = kind
    this.#write('openssl.cnf', settings)
    this.#write('crlnumber', '01\n')
    this.#write('tsaserial', '01\n')
    this.#write('index.txt', '')
    this.#write('index.txt.attr', 'unique_subject = no\n')
    this.#issue('root')
    this.#issue('issuing', 'root')
    for (const part of ['seal', 'tsa', 'answers'] as const) this.#issue(part, 'issuing')
  }

  key(part: Part): KeyObject {
    return createPrivateKey(readFileSync(this.#path(`${part}.key`)))
  }

  pem(part: Part): Buffer {
    return readFileSync(this.#path(`${part}.pem`))
  }

  der(part: Part): Buffer {
    return this.#run('x509', '-in', `${part}.pem`, '-outform', 'DER')
  }

  /** A time-stamp response over a SHA-256, as `openssl ts -reply` gives it. */
  stamp(digest: Buffer): Buffer {
    this.#run('ts', '-query', '-digest', digest.toString('hex'), '-sha256', '-cert', '-out', 'query')
    const signer = ['-inkey', 'tsa.key', '-signer', 'tsa.pem', '-chain', 'issuing.pem']
    this.#run('ts', '-reply', '-config', 'openssl.cnf', '-queryfile', 'query', ...signer, '-out', 'reply')
    return readFileSync(this.#path('reply'))
  }

  /** An OCSP response about one of the certificates of the issuing authority, good or revoked just before. */
  answer(part: 'seal' | 'tsa', revoked = false): Buffer {
    const text = this.#run('x509', '-in', `${part}.pem`, '-noout', '-serial').toString()
    const serial = text.trim().replace('serial=', '')
    const when = revoked ? `${utcTime(Date.now() - 3_600_000)},keyCompromise` : ''
    this.#write(
      'index.txt',
      `${revoked ? 'R' : 'V'}\t491231235959Z\t${when}\t${serial}\tunknown\t/CN=${part}\n`,
    )
    const signer = ['-CA', 'issuing.pem', '-rsigner', 'answers.pem', '-rkey', 'answers.key', '-ndays', '7']
    const about = ['-issuer', 'issuing.pem', '-cert', `${part}.pem`, '-no_nonce']
    this.#run('ocsp', '-index', 'index.txt', ...signer, ...about, '-respout', 'answer')
    return readFileSync(this.#path('answer'))
  }

  /** The revocation list of an authority, with nothing on it. */
  list(part: 'root' | 'issuing'): Buffer {
    this.#write('index.txt', '')
    const by = ['-keyfile', `${part}.key`, '-cert', `${part}.pem`]
    this.#run('ca', '-config', 'openssl.cnf', '-gencrl', ...by, '-out', 'list.pem')
    return this.#run('crl', '-in', 'list.pem', '-outform', 'DER')
  }

  #issue(part: Part, issuer?: Part): void {
    const kind = this.#kind === 'EC' ? ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['RSA', '-pkeyopt', 'rsa_keygen_bits:3072'] // prettier-ignore
    this.#run('genpkey', '-algorithm', ...kind, '-out', `${part}.key`)
    const name = ['-subj', `/C=NL/O=Test/CN=Openssl ${part}`, '-utf8']
    this.#run('req', '-config', 'openssl.cnf', '-new', '-key', `${part}.key`, ...name, '-out', `${part}.csr`)
    this.#write(`${part}.ext`, profiles[part])
    const by = issuer === undefined ? ['-signkey', `${part}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'] // prettier-ignore
    const made = ['-days', '3650', '-sha256', '-extfile', `${part}.ext`, '-out', `${part}.pem`]
    this.#run('x509', '-req', '-in', `${part}.csr`, ...by, ...made)
  }

  #run(...args: readonly string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  #write(name: string, text: string): void {
    writeFileSync(this.#path(name), text)
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }
}

function utcTime(moment: number): string {
  return `${new Date(moment).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`
}
