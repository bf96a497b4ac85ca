import { sign } from 'node:crypto'
import { anEd25519Key, digestOf } from './verification-log.ts'

/** A witness for tests, written from C2SP tlog-cosignature v1. */
export class TestWitness {
  readonly name: string
  readonly key: ReturnType<typeof anEd25519Key>

  constructor(name: string) {
    this.name = name
    this.key = anEd25519Key(`witness ${name}`)
  }

  get keyHash(): Buffer {
    return digestOf(`${this.name}\n`, Buffer.of(4), this.key.raw).subarray(0, 4)
  }

  get vkey(): string {
    const typed = Buffer.concat([Buffer.of(4), this.key.raw]).toString('base64')
    return `${this.name}+${this.keyHash.toString('hex')}+${typed}`
  }

  /** The line that goes under a note. */
  cosign(note: string, seconds = 1_795_000_000): string {
    const text = note.slice(0, note.indexOf('\n\n') + 1)
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), this.key.privateKey)
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(seconds))
    return `\u2014 ${this.name} ${Buffer.concat([this.keyHash, time, signature]).toString('base64')}\n`
  }
}
