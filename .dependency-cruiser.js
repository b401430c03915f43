/** The rooms of `src`, from the top down: a room may import from those below it, never from one above or beside it. */
const FLOORS = [
  ['entrypoints'],
  ['[^/]+\\.ts$'],
  ['report'],
  ['converse'],
  ['undo'],
  ['download'],
  ['apply'],
  ['plan'],
  ['observed'],
  ['desired'],
  ['inputs'],
  ['ledger'],
  ['api', 'runner'],
  ['stop', 'text', 'paths'],
]

const FLOWS = 'mount|post|unmount|download'

/** @param {readonly string[]} rooms */
const inRooms = (rooms) => `^src/(${rooms.map((room) => (room.endsWith('$') ? room : `${room}/`)).join('|')})`

const downOnly = FLOORS.flatMap((rooms, floor) =>
  rooms.flatMap((room) => {
    const notBelow = [...FLOORS.slice(0, floor).flat(), ...rooms.filter((other) => other !== room)]
    return notBelow.length === 0
      ? []
      : [
          {
            name: `${room.endsWith('$') ? 'flows' : room}-import-down`,
            comment: 'Imports run down the list of rooms, type imports included; see docs/architecture.md.',
            severity: 'error',
            from: { path: inRooms([room]) },
            to: { path: inRooms(notBelow) },
          },
        ]
  }),
)

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...downOnly,
    {
      name: 'no-circle',
      comment: 'No file needs another that needs it, not even for a type.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-flows-at-the-top',
      comment: 'At the top of src stand the four flows and nothing else.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/[^/]+$', pathNot: `^src/(${FLOWS})\\.ts$` },
    },
    {
      name: 'one-door-to-the-runner',
      comment: "Only the runner's room touches the runner's toolkit.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/runner/' },
      to: { path: 'node_modules/@actions/core' },
    },
    {
      name: 'product-knows-no-test',
      comment: 'What users run needs neither the emulator nor the tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(emulator|conformance|__tests__|bench|scripts)/' },
    },
    {
      name: 'emulator-knows-no-product',
      comment: 'The emulator is written from the documentation, not from the client that it is to prove.',
      severity: 'error',
      from: { path: '^emulator/' },
      to: { path: '^src/', pathNot: '^src/(text/json|api/credentials/load-cloud)\\.ts$' },
    },
    {
      name: 'conformance-stands-alone',
      comment: 'What is asked of servers is asked without the client and the emulator that rely on the answers.',
      severity: 'error',
      from: { path: '^conformance/' },
      to: { path: '^(src|emulator|__tests__|bench|scripts)/' },
    },
    {
      name: 'wire-types-only',
      comment: 'The official SDK gives types; nothing of it is in a bundle.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/@anthropic-ai/sdk', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
