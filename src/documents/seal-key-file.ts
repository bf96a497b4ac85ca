import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readSecretFile } from './secret-file.ts'
import { SealKeyFailure } from './seal-key.ts'

/** The private key in a PEM file of the operator. Throws a SealKeyFailure that says nothing of what the file holds. */
export function readKeyFile(path: string): KeyObject {
  const pem = readSecretFile(path, 'the key file')
  if (pem.includes('ENCRYPTED'))
    throw new SealKeyFailure(`the key file ${path} is encrypted; only plain PKCS #8 is read`)
  try {
    return createPrivateKey(pem)
  } catch {
    // Without the cause: nothing that a parser says about a private key belongs in a log.
    throw new SealKeyFailure(`the key file ${path} holds no private key in PEM`)
  }
}
