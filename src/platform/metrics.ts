type MetricKind = {
  readonly kind: 'counter' | 'gauge'
  readonly help: string
  readonly labels: readonly string[]
}

/**
 * Every number this service shows its operator. Label values are words of ours or ids of organisations, never of
 * persons, and never anything that was sent (decision 0063). Names end in their unit; counters end in `_total`.
 */
export const metricCatalogue = {
  beding_acts_total: { kind: 'counter', help: 'Acts recorded by this process.', labels: [] },
  beding_anchor_age_seconds: {
    kind: 'gauge',
    help: 'Time since the newest anchor of a log was obtained.',
    labels: ['organisation'],
  },
  beding_anchor_attempts_total: {
    kind: 'counter',
    help: 'Attempts to anchor a checkpoint, by how they ended.',
    labels: ['outcome'],
  },
  beding_anchor_renewals_total: {
    kind: 'counter',
    help: 'Attempts to renew a timestamp before its certificates end, by how they ended.',
    labels: ['outcome'],
  },
  beding_anchors_lapsed: {
    kind: 'gauge',
    help: 'Timestamps that were not renewed before their certificates ended; above 0 a person has to look.',
    labels: ['organisation'],
  },
  beding_clock_skew_seconds: {
    kind: 'gauge',
    help: 'This clock minus the time that the last time-stamping authority gave.',
    labels: [],
  },
  beding_document_preservation_total: {
    kind: 'counter',
    help: 'Steps of preserving documents, by what was done or why it was not.',
    labels: ['outcome'],
  },
  beding_documents_waiting: {
    kind: 'gauge',
    help: 'Documents whose next step of preservation failed and is tried again.',
    labels: ['organisation'],
  },
  beding_document_verifications_total: {
    kind: 'counter',
    help: 'Uploaded files that were looked at, by what they turned out to be.',
    labels: ['outcome'],
  },
  beding_http_requests_total: {
    kind: 'counter',
    help: 'Requests answered, by pattern of the route and status.',
    labels: ['route', 'status'],
  },
  beding_job_failures_total: {
    kind: 'counter',
    help: 'Rounds of background work that failed and were put off.',
    labels: ['kind'],
  },
  beding_ledger_audit_age_seconds: {
    kind: 'gauge',
    help: 'Time since the last complete audit of a ledger ended.',
    labels: ['organisation'],
  },
  beding_ledger_audit_findings: {
    kind: 'gauge',
    help: 'Findings of the last audit of a ledger; anything above 0 needs a person.',
    labels: ['organisation'],
  },
  beding_ledger_stopped: {
    kind: 'gauge',
    help: '1 while a ledger refuses to sign because its head lies behind what is known outside.',
    labels: ['organisation'],
  },
  beding_legal_holds_overdue: {
    kind: 'gauge',
    help: 'Legal holds whose day of review has passed, as of the last night.',
    labels: ['organisation'],
  },
  beding_metric_series_dropped_total: {
    kind: 'counter',
    help: 'Values that were not kept because a metric had too many different labels.',
    labels: ['metric'],
  },
  beding_retention_items_total: {
    kind: 'counter',
    help: 'Items of erasures: proposed, and what became of them when they were executed.',
    labels: ['outcome'],
  },
  beding_revocation_requests_total: {
    kind: 'counter',
    help: 'Questions about the revocation of a certificate, by who was asked and how it ended.',
    labels: ['source', 'outcome'],
  },
  beding_webhook_deliveries_total: {
    kind: 'counter',
    help: 'Attempts to deliver an event to another system, by how they ended.',
    labels: ['outcome'],
  },
  beding_witness_attempts_total: {
    kind: 'counter',
    help: 'Requests to witnesses for a cosignature, by how they ended.',
    labels: ['outcome'],
  },
} as const satisfies Record<string, MetricKind>

type Catalogue = typeof metricCatalogue
export type MetricName = keyof Catalogue
type NameOfKind<Kind> = {
  [Name in MetricName]: Catalogue[Name]['kind'] extends Kind ? Name : never
}[MetricName]
export type MetricLabels<Name extends MetricName> = {
  readonly [Label in Catalogue[Name]['labels'][number]]?: string | number
}

export type Metrics = {
  /** Adds to a counter of this process. */
  readonly count: <Name extends NameOfKind<'counter'>>(
    name: Name,
    labels?: MetricLabels<Name>,
    by?: number,
  ) => void
  /** Puts down the present value of a gauge. */
  readonly set: <Name extends NameOfKind<'gauge'>>(
    name: Name,
    value: number,
    labels?: MetricLabels<Name>,
  ) => void
  /** Everything in the text format of Prometheus, version 0.0.4: metrics by name, series in the order they came. */
  readonly render: () => string
}

/** How many different sets of labels one metric keeps; what comes after is dropped, and that is counted. */
export const metricSeriesMax = 2_000
const labelLengthMax = 120

/** Numbers in the memory of this process, all zero. Never throws for a value: measuring must not break what it measures. */
export function createMetrics(): Metrics {
  const names = Object.keys(metricCatalogue).toSorted() as MetricName[]
  const values = new Map(names.map((name) => [name, new Map<string, number>()]))
  for (const name of names) {
    const { kind, labels } = metricCatalogue[name]
    if (kind === 'counter' && labels.length === 0) values.get(name)!.set('', 0)
  }
  const put = (name: MetricName, labels: object | undefined, change: (before: number) => number): void => {
    const series = values.get(name)!
    const key = labelText(name, labels as Record<string, string | number> | undefined)
    if (!series.has(key) && series.size >= metricSeriesMax) {
      put('beding_metric_series_dropped_total', { metric: name }, (before) => before + 1)
      return
    }
    series.set(key, change(series.get(key) ?? 0))
  }
  return {
    count: (name, labels, by = 1) => put(name, labels, (before) => before + Math.max(by, 0)),
    set: (name, value, labels) => put(name, labels, () => value),
    render: () => names.flatMap((name) => metricLines(name, values.get(name)!)).join(''),
  }
}

function metricLines(name: MetricName, series: ReadonlyMap<string, number>): string[] {
  if (series.size === 0) return []
  const { kind, help } = metricCatalogue[name]
  const lines = Array.from(series, ([labels, value]) => `${name}${labels} ${numberText(value)}\n`)
  return [`# HELP ${name} ${escapeHelp(help)}\n`, `# TYPE ${name} ${kind}\n`, ...lines]
}

/** Labels in the order of the catalogue, so that one set of labels is one series however it was written. */
function labelText(name: MetricName, labels: Readonly<Record<string, string | number>> | undefined): string {
  if (labels === undefined) return ''
  const pairs = metricCatalogue[name].labels
    .filter((label) => labels[label] !== undefined)
    .map((label) => `${label}="${escapeLabel(String(labels[label]).slice(0, labelLengthMax))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'
}
