// JavaScript, since jest would hand TypeScript to its own compiler here, which takes no import of ".ts"
import { build, staleBundles } from '../../scripts/bundle.ts'

/** Before the first test: `dist` is what `src` gives. In CI it is the committed one that is tested, or nothing is. */
export default function makeDistCurrent() {
  const stale = staleBundles()
  if (stale.length === 0) return
  const folders = stale.map((bundle) => `dist/${bundle}`).join(', ')
  if (process.env.CI !== undefined) {
    console.error(`Not what src gives: ${folders}. Run "npm run build" and commit dist.`)
    process.exit(1)
  }
  console.log(`Building what src gives: ${folders}`)
  build(stale)
}
