import type { FaceName, Weight } from './font-library.ts'
import type { TextRun } from './text-runs.ts'
import { graphemesOf } from './text-runs.ts'

/** A stretch of text with one look. A line feed in it begins a new line. */
export type Segment = {
  readonly text: string
  readonly weight?: Weight
  readonly colour?: string
  /** Where a click goes: an absolute https, mailto or tel address. */
  readonly link?: string
}

/** A piece of a line, ready to draw. `x` and `width` are points from the left edge of the column. */
export type Piece = TextRun & { readonly x: number; readonly width: number; readonly segment: Segment }
export type Line = readonly Piece[]

/** How text is cut into runs and how wide a run is, in points. */
export type Measure = {
  readonly runsOf: (text: string, weight: Weight) => readonly TextRun[]
  readonly widthOf: (text: string, face: FaceName) => number
}

type Chunk = { readonly text: string; readonly segment: Segment }
/** What stays together on a line, with the white space that follows it. */
type Word = { readonly chunks: Chunk[]; space: Chunk | undefined; breaksAfter: boolean }

/**
 * Sets text in a column: greedy lines, broken at spaces and after a hyphen or slash between long parts; a word that is
 * wider than the column is broken between characters. Every line that was broken at a space keeps that space at its
 * end, so that extracted text has its words apart. An empty text gives no lines.
 */
export function layoutLines(segments: readonly Segment[], columnWidth: number, measure: Measure): Line[] {
  const lines: Line[] = []
  let words: Word[] = []
  let width = 0
  const flush = () => {
    lines.push(placePieces(words, measure))
    words = []
    width = 0
  }
  for (const word of wordsOf(segments)) {
    for (const part of fittingParts(word, columnWidth, measure)) {
      const partWidth = widthOfChunks(part.chunks, measure)
      if (words.length > 0 && width + partWidth > columnWidth) flush()
      words.push(part)
      width += partWidth + (part.space === undefined ? 0 : widthOfChunks([part.space], measure))
    }
    if (word.breaksAfter) flush()
  }
  if (words.length > 0) flush()
  return lines
}

// The places inside a word where a line may end: after a hyphen or slash with at least three characters on both sides;
// in an address only after a slash, because a hyphen at the end of a line reads as if it were not part of it.
const softBreak = /(?<=[^\s\-/]{3}[-/])(?=[^\s\-/]{3})/u
const softBreakInLink = /(?<=[^\s/]\/)(?=[^\s/])/u

function wordsOf(segments: readonly Segment[]): Word[] {
  const words: Word[] = []
  let open: Word | undefined
  for (const segment of segments) {
    for (const token of segment.text.split(/(\n| +)/).filter((part) => part !== '')) {
      if (token === '\n') {
        open ??= startWord(words)
        open.breaksAfter = true
        open = undefined
      } else if (token.startsWith(' ')) {
        open ??= startWord(words)
        open.space = { text: ' ', segment }
        open = undefined
      } else {
        for (const [position, part] of token
          .split(segment.link === undefined ? softBreak : softBreakInLink)
          .entries()) {
          if (position > 0 || open === undefined) open = startWord(words)
          open.chunks.push({ text: part, segment })
        }
      }
    }
  }
  return words
}

function startWord(words: Word[]): Word {
  const word: Word = { chunks: [], space: undefined, breaksAfter: false }
  words.push(word)
  return word
}

/** The word itself, or the pieces of it that each fit the column. */
function fittingParts(word: Word, columnWidth: number, measure: Measure): Word[] {
  if (widthOfChunks(word.chunks, measure) <= columnWidth) return [word]
  const parts: Word[] = []
  let open = startWord(parts)
  let width = 0
  for (const { text, segment } of word.chunks) {
    for (const grapheme of graphemesOf(text)) {
      const graphemeWidth = widthOfChunks([{ text: grapheme, segment }], measure)
      if (open.chunks.length > 0 && width + graphemeWidth > columnWidth) {
        open = startWord(parts)
        width = 0
      }
      const last = open.chunks.at(-1)
      if (last?.segment === segment)
        open.chunks[open.chunks.length - 1] = { text: last.text + grapheme, segment }
      else open.chunks.push({ text: grapheme, segment })
      width += graphemeWidth
    }
  }
  open.space = word.space
  return parts
}

function widthOfChunks(chunks: readonly Chunk[], measure: Measure): number {
  let width = 0
  for (const { text, segment } of chunks)
    for (const run of measure.runsOf(text, segment.weight ?? 'regular'))
      width += measure.widthOf(run.text, run.face)
  return width
}

function placePieces(words: readonly Word[], measure: Measure): Line {
  const merged: { text: string; segment: Segment }[] = []
  for (const chunk of words.flatMap((word) =>
    word.space === undefined ? word.chunks : [...word.chunks, word.space],
  )) {
    const last = merged.at(-1)
    if (last?.segment === chunk.segment) last.text += chunk.text
    else merged.push({ ...chunk })
  }
  let x = 0
  return merged.flatMap(({ text, segment }) =>
    measure.runsOf(text, segment.weight ?? 'regular').map((run) => {
      const width = measure.widthOf(run.text, run.face)
      const piece = { ...run, x, width, segment }
      x += width
      return piece
    }),
  )
}
