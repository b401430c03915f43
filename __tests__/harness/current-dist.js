// jest hands TypeScript to its own compiler here, which takes no import of ".ts": hence JavaScript
export { makeDistCurrent as default } from '../../scripts/bundle.ts'
