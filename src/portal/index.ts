export { pageRelease } from './release.ts'
