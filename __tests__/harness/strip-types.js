import { stripTypeScriptTypes } from 'node:module'

// For jest, as Node itself reads TypeScript: without types, each line where it was.
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) }
