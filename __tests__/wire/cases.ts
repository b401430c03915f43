import { downloadCases } from './download-cases.ts'
import { eventCases } from './event-cases.ts'
import { fileCases } from './file-cases.ts'
import { resourceCases } from './resource-cases.ts'
import { sessionCases } from './session-cases.ts'
import type { WireCases } from './wire-case.ts'

/** Every call that is compared. A new endpoint adds its own here; `endpoints.test.ts` fails until it does. */
export const CASES: WireCases = {
  ...fileCases,
  ...downloadCases,
  ...sessionCases,
  ...resourceCases,
  ...eventCases,
}
