/** What a browser calls itself, and what people call it; the first that fits counts. */
const browsers = [
  [/ EdgA?\//, 'Edge'],
  [/ SamsungBrowser\//, 'Samsung Internet'],
  [/ (?:OPR|Opera)\//, 'Opera'],
  [/ (?:Firefox|FxiOS)\//, 'Firefox'],
  [/ (?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/ Safari\//, 'Safari'],
] as const

const systems = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/**
 * A short name for a device, such as `Chrome, Android`, made of what its browser says of itself; undefined when that says
 * nothing known. Made of our own words only: nobody writes into a message to somebody else by what they call their browser.
 */
export function deviceName(userAgent: string): string | undefined {
  const parts = [browsers, systems].map((known) => known.find(([pattern]) => pattern.test(userAgent))?.[1])
  const named = parts.filter((part) => part !== undefined)
  return named.length === 0 ? undefined : named.join(', ')
}
