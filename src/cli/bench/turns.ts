/** How long one piece of work took, on average over one turn. */
export type Turn = { readonly wall_ms: number; readonly cpu_ms: number }

/** Work to be measured, and how many pieces of it make one turn. */
export type Work = { readonly count: number; readonly piece: () => unknown }

/**
 * Does each work in turns, so that what else the machine does falls on all of them alike. Processor time is that of the
 * whole process, its threads included; work that waits for others belongs in the wall time.
 */
export async function inTurns<Name extends string>(
  repeats: number,
  works: Readonly<Partial<Record<Name, Work>>>,
): Promise<Readonly<Record<Name, readonly Turn[]>>> {
  const all = Object.entries(works) as [Name, Work][]
  const turns = Object.fromEntries(all.map(([name]) => [name, [] as Turn[]])) as Record<Name, Turn[]>
  for (const [, { piece }] of all) await piece()
  for (let repeat = 0; repeat < repeats; repeat += 1)
    for (const [name, work] of all) turns[name].push(await oneTurn(work))
  return turns
}

async function oneTurn({ count, piece }: Work): Promise<Turn> {
  const start = performance.now()
  const before = process.cpuUsage()
  for (let index = 0; index < count; index += 1) await piece()
  const { user, system } = process.cpuUsage(before)
  return { wall_ms: (performance.now() - start) / count, cpu_ms: (user + system) / 1_000 / count }
}

/** The median over the turns of the one to the other. */
export function ratioOf(a: readonly Turn[], b: readonly Turn[], by: keyof Turn = 'cpu_ms'): number {
  return median(a.map((turn, index) => turn[by] / b[index]![by]))
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle - 0.5)]! + sorted[Math.floor(middle)]!) / 2
}
