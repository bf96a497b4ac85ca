import { createRenderPool, sealBytes } from '#documents'
import { obtainTimestamp, timestampTokenOf } from '#timestamps'
import { sha256 } from '#core'
import type { BenchStage } from './bench-acts.ts'
import { exampleEdition } from './document-samples.ts'
import { openLibpdf } from './libpdf-seal.ts'
import { aStoredFile, openLongTerm, toLongTerm } from './long-term-steps.ts'
import { aBenchSeal, type BenchSeal } from './seal-keys.ts'
import { inTurns, ratioOf, type Turn, type Work } from './turns.ts'

/** Processor times, medians over the turns. */
export type SealingFigures = {
  readonly kind: BenchSeal['kind']
  /** B-B to a render of the same file. */
  readonly toRender: number
  /** The three steps from B-B to B-LTA to a render; what others answer is not counted. */
  readonly longTermToRender: number
  /** The same file by @libpdf/core to ours, at both levels; null where it is not installed. */
  readonly libpdfToOurs: { readonly seal: number; readonly longTerm: number } | null
}

/** Measures seals of one kind of key, in turns with renders of the same document and with the library of others. */
export async function benchSealing(
  stage: BenchStage,
  kind: BenchSeal['kind'],
  repeats: number,
  renders: number,
): Promise<SealingFigures> {
  const input = exampleEdition()
  const pool = createRenderPool({ threads: 1 })
  try {
    await pool.warm()
    const { bytes: rendered } = await pool.render(input)
    const seal = await aBenchSeal(stage, kind)
    const steps = await openLongTerm(stage)
    const file = await aStoredFile(stage, seal, rendered)
    const ours = (): Promise<unknown> =>
      sealBytes(rendered, seal.signer, { at: stage.platform.clock(), name: 'Voorbeeld & Zonen B.V.' })
    const works = {
      render: { count: renders, piece: () => pool.render(input) },
      seal: { count: renders * 10, piece: ours },
      longTerm: { count: renders * 2, piece: () => toLongTerm(steps, seal.organisationId, file) },
    }
    const theirs = await libpdfWorks(stage, seal, rendered, renders)
    const turns = await inTurns(repeats, { ...works, ...theirs })
    return {
      kind,
      toRender: ratioOf(turns.seal, turns.render),
      longTermToRender: ratioOf(turns.longTerm, turns.render),
      libpdfToOurs:
        theirs === undefined
          ? null
          : {
              seal: ratioOf(turns.libpdfSeal, turns.seal),
              // Theirs seals and adds the rest in one call.
              longTerm: ratioOf(turns.libpdfLongTerm, together(turns.seal, turns.longTerm)),
            },
    }
  } finally {
    await pool.close()
  }
}

function together(a: readonly Turn[], b: readonly Turn[]): Turn[] {
  return a.map((turn, index) => ({
    wall_ms: turn.wall_ms + b[index]!.wall_ms,
    cpu_ms: turn.cpu_ms + b[index]!.cpu_ms,
  }))
}

/** The same file by the library of others, with a token and an answer of ours for everything it asks. */
async function libpdfWorks(
  stage: BenchStage,
  seal: BenchSeal,
  rendered: Buffer,
  renders: number,
): Promise<{ libpdfSeal: Work; libpdfLongTerm: Work } | undefined> {
  const libpdf = await openLibpdf()
  if (libpdf === undefined) return undefined
  const { platform, authorities, revocationOf } = await openLongTerm(stage)
  const { timestamp } = await obtainTimestamp(platform, authorities, sha256(rendered))
  const outcome = await revocationOf(seal.chain, platform.clock())
  if (timestamp === undefined || outcome.kind !== 'good')
    throw new Error('the development authorities gave nothing')
  const [token, answer] = [timestampTokenOf(timestamp.response), outcome.evidence[0]!.der]
  const made = Buffer.from(await libpdf.seal(rendered, seal))
  if (!made.includes('/ETSI.CAdES.detached')) throw new Error('the other library sealed nothing')
  return {
    libpdfSeal: { count: renders, piece: () => libpdf.seal(rendered, seal) },
    libpdfLongTerm: { count: renders, piece: () => libpdf.sealLongTerm(rendered, seal, token, answer) },
  }
}
