// jest hands TypeScript to its own compiler here, which takes no import of ".ts": hence JavaScript
import { makeDistCurrent } from '../../scripts/bundle.ts'
import { compiledFolder } from './startup.ts'

export default function setUp() {
  makeDistCurrent()
  compiledFolder()
}
