/** The browser of the demonstration is that of the tests. */
export { startBrowser } from '../../src/cli/demo/browser.ts'
