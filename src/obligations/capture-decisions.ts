import type { CivilDate, ProblemDetail } from '#core'
import { unprintableIn } from '#core'
import type { CaptureCommand, CaptureType } from './capture.ts'

const signatures: readonly (readonly [CaptureType, string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['application/pdf', '255044462d'],
]

/** What a file is by its first bytes; undefined for what no print of a screen is kept as. Names of files say nothing. */
export function captureTypeOf(bytes: Buffer): CaptureType | undefined {
  const start = bytes.toString('hex', 0, 8)
  return signatures.find(([, signature]) => start.startsWith(signature))?.[0]
}

/** Everything that keeps a capture from being kept, each with its place; empty when nothing does. */
export function captureFaults(command: CaptureCommand, today: CivilDate): ProblemDetail[] {
  const faults: ProblemDetail[] = []
  if (captureTypeOf(command.bytes) === undefined)
    faults.push({ code: 'file-unknown', message: 'This is no PNG, JPEG or PDF.', pointer: '/file' })
  if (command.capturedOn > today)
    faults.push({ code: 'day-to-come', message: 'This day is still to come.', pointer: '/capturedOn' })
  for (const name of ['source', 'shows'] as const) {
    const hidden = unprintableIn(command[name])
    if (hidden !== undefined)
      faults.push({ code: 'unprintable-character', message: `Contains ${hidden.codePoint}.`, pointer: `/${name}` }) // prettier-ignore
  }
  return faults
}
