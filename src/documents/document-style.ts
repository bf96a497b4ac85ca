import type { Weight } from './font-library.ts'

/** A4 in points, with margins that leave lines of about eighty characters. */
export const page = { width: 595.28, height: 841.89, left: 76, right: 76, top: 72, bottom: 84 } as const
export const column = { left: page.left, width: page.width - page.left - page.right } as const

/** Dark on white; every text colour has a contrast of at least 5.5 to 1 (WCAG 2.2 asks 4.5). */
export const colours = {
  ink: '#1b1f24',
  accent: '#1f3b5c',
  muted: '#59626d',
  hairline: '#cdd3da',
  must: '#1f3b5c',
  mustNot: '#8f1d1d',
  may: '#1d5b3a',
  advised: '#6a4a05',
} as const

/** How a block of text looks. Sizes, leading (distance between baselines) and space are points. */
export type TextStyle = {
  readonly size: number
  readonly leading: number
  readonly weight: Weight
  readonly colour: string
  readonly spaceBefore: number
  readonly spaceAfter: number
}

const body: TextStyle = {
  size: 10.8,
  leading: 15.6,
  weight: 'regular',
  colour: colours.ink,
  spaceBefore: 0,
  spaceAfter: 7,
}

export const styles = {
  body,
  lead: { ...body, size: 12.2, leading: 17.6, colour: colours.muted, spaceAfter: 16 },
  overline: { ...body, size: 9.6, leading: 13, weight: 'strong', colour: colours.muted, spaceAfter: 5 },
  heading1: { ...body, size: 25, leading: 30, weight: 'strong', colour: colours.accent, spaceAfter: 6 },
  heading2: {
    ...body,
    size: 14.5,
    leading: 19,
    weight: 'strong',
    colour: colours.accent,
    spaceBefore: 17,
    spaceAfter: 7,
  },
  heading3: { ...body, size: 11.4, leading: 15.6, weight: 'strong', spaceAfter: 1.5 },
  label: { ...body, size: 9.2, leading: 13, colour: colours.muted, spaceAfter: 3 },
  note: { ...body, size: 9.4, leading: 13.4, colour: colours.muted, spaceAfter: 5 },
  rowName: { ...body, size: 9.6, leading: 14.2, colour: colours.muted, spaceAfter: 0 },
  rowValue: { ...body, size: 10.2, leading: 14.2, spaceAfter: 0 },
  /** Sixty-four hex digits on one line of a row, so that they can be read aloud and copied whole. */
  rowHash: { ...body, size: 9, leading: 14.2, spaceAfter: 0 },
  quote: { ...body, size: 12.6, leading: 18.4, spaceAfter: 0 },
  term: { ...body, weight: 'strong', spaceAfter: 0 },
  gridHead: { ...body, size: 9, leading: 12.4, weight: 'strong', colour: colours.accent, spaceAfter: 0 },
  gridCell: { ...body, size: 9.4, leading: 13, spaceAfter: 0 },
  /** Sixty-four hex digits on one line of a column of three fifths of the width. */
  gridHash: { ...body, size: 7.6, leading: 13, spaceAfter: 0 },
} as const satisfies Record<string, TextStyle>
