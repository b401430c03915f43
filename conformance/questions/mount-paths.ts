import { assumed, type Question, relied } from '../question.ts'

const ROOT = '/mnt/session/uploads'
const FORMS = 'files turn up where nobody expects them'

/** What becomes of a mount path, with what it was sent as; each in a folder of its own, so that none meets another. */
const becomes =
  (path: string): Question['look'] =>
  async (lab) => {
    const mounted = await lab.mount(path)
    return mounted.status < 300 ? mounted.path : String(mounted.status)
  }

/** All three ways in which the same place is said; ours reads each. */
const placesOf = (path: string): readonly string[] => [`${ROOT}${path}`, `/uploads${path}`, path]

/** What becomes of mount paths, and what meets there. */
export const MOUNT_PATHS: readonly Question[] = [
  relied({
    name: 'mount-absolute',
    ask: 'What becomes of the mount path /in/a.txt?',
    expected: placesOf('/in/a.txt'),
    otherwise: FORMS,
    look: becomes('/in/a.txt'),
  }),
  assumed({
    name: 'mount-relative',
    ask: 'What becomes of the mount path relative/a.txt?',
    expected: placesOf('/relative/a.txt'),
    otherwise: 'nothing: we send absolute ones',
    look: becomes('relative/a.txt'),
  }),
  assumed({
    name: 'mount-rooted',
    ask: `What becomes of the mount path ${ROOT}/full/a.txt?`,
    expected: [],
    otherwise: 'nothing: we leave the root away',
    look: becomes(`${ROOT}/full/a.txt`),
  }),
  assumed({
    name: 'mount-uploads',
    ask: 'What becomes of the mount path /uploads/short/a.txt?',
    expected: [],
    otherwise: 'nothing: we leave the root away',
    look: becomes('/uploads/short/a.txt'),
  }),
  assumed({
    name: 'mount-slashes',
    ask: 'What becomes of the mount path //twice//a.txt?',
    expected: [],
    otherwise: 'nothing: we send clean ones',
    look: becomes('//twice//a.txt'),
  }),
  assumed({
    name: 'mount-decomposed',
    ask: 'Is a mount path with a decomposed letter kept as it was sent?',
    expected: [],
    otherwise: 'files with such names look like others to the next run, if it is not',
    look: async (lab) => ((await lab.mount('/e\u0301.txt')).path.endsWith('/e\u0301.txt') ? 'kept' : 'not kept'),
  }),
  assumed({
    name: 'mount-default',
    ask: 'Where is a file without a mount path?',
    expected: ['at its id'],
    otherwise: 'nothing: we always send one',
    look: async (lab) => {
      const { path } = await lab.mount()
      return path.endsWith(`/${await lab.file()}`) ? 'at its id' : path
    },
  }),
  assumed({
    name: 'mount-above',
    ask: 'What does the mount path ../a.txt get?',
    expected: ['400'],
    otherwise: 'nothing: we send none',
    look: becomes('../a.txt'),
  }),
  relied({
    name: 'mount-taken',
    ask: 'What does a second file at the same mount path get?',
    expected: ['400', '409'],
    otherwise: 'two jobs may mount at one path, and neither hears of it',
    look: async (lab) => {
      await lab.mount('/taken/a.txt')
      return String((await lab.mount('/taken/a.txt')).status)
    },
  }),
  assumed({
    name: 'mount-below-file',
    ask: 'What does a mount path below a mounted file get?',
    expected: ['400', '409'],
    otherwise: 'nothing: we refuse that ourselves',
    look: async (lab) => {
      await lab.mount('/below/a.txt')
      return String((await lab.mount('/below/a.txt/b.txt')).status)
    },
  }),
]
