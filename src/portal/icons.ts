const drawings = {
  must: 'M12 3v11M12 19.5v.5',
  'must-not': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M6 6l12 12',
  may: 'm4 12.5 5.5 5.5L20 6.5',
  advised: 'M12 11v8M12 5.5v.5',
  done: 'm4 12.5 5.5 5.5L20 6.5',
  stop: 'M12 5v9M12 18.5v.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5.5l3.5 2',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  save: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  key: 'M8 10a4 4 0 1 0 0 8 4 4 0 0 0 0-8M11 11l9-8M16.5 6.5l3 3M14 9l2 2',
  go: 'm9 5 7 7-7 7',
} as const

export type IconName = keyof typeof drawings

/** Small drawings beside words that say the same, so they are hidden from assistive technology. */
export const icons: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(drawings).map(([name, path]) => [
    name,
    `<svg viewBox="0 0 24 24" class="icon" aria-hidden="true" focusable="false"><path d="${path}"></path></svg>`,
  ]),
)
