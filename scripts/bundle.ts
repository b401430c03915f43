/**
 * Compiles src/ and emulator/ and bundles entry points into dist/<name>/index.js, with the licences of what is inside and a record of
 * what it was made from. Everything is made in a folder of its own and takes the old one's place when it is whole.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import typescript from 'typescript'
import { BUILT_FROM, builtFrom, isCurrent } from './built-from.ts'
import { licensesOf, type ModuleStats } from './licenses.ts'
import { leadToSources } from './source-map.ts'

const {
  createSourceFile,
  isFunctionDeclaration,
  isIdentifier,
  isVariableStatement,
  ModuleKind,
  ScriptTarget,
  transpileModule,
} = typescript

export const BUNDLES = ['cloud', 'download', 'emulator', 'mount', 'post', 'unmount'] as const

const EMULATOR = 'emulator'

const root = resolve(import.meta.dirname, '..')

const folderOf = (bundle: string): string => join(root, 'dist', bundle)

/** For what starts `dist`: builds where it is not what `src` gives. In CI the committed one is tested, or nothing is. */
export function makeDistCurrent(): void {
  const stale = BUNDLES.filter((bundle) => !isCurrent(root, folderOf(bundle)))
  if (stale.length === 0) return
  const folders = stale.map((bundle) => `dist/${bundle}`).join(', ')
  if (process.env.CI !== undefined) {
    console.error(`Not what src gives: ${folders}. Run "npm run build" and commit dist.`)
    process.exit(1)
  }
  console.log(`Building what src gives: ${folders}`)
  build(stale)
}

/** With `sourceMaps`, bundles are larger and have a map that leads to `src`: to measure, not to ship. */
export function build(bundles: readonly string[], sourceMaps = false): void {
  mkdirSync(join(root, 'build'), { recursive: true })
  const built = mkdtempSync(join(root, 'build', 'run-'))
  try {
    const maps = sourceMaps ? ['--sourceMap', '--inlineSources'] : []
    for (const config of configsOf(bundles))
      node('typescript/bin/tsc', ['-p', config, '--outDir', built, ...maps], root)
    leadToCloudBundle(join(built, 'src', 'api', 'credentials', 'load-cloud.js'))
    copyWithoutSideEffects(built, '@actions/core')
    copyWithoutUnused(built, 'undici', UNUSED_OF_UNDICI)
    copyWithoutComments(built, '@secretlint/secretlint-rule-preset-recommend', 'module/index.js')
    for (const bundle of bundles)
      takePlace(bundled(built, bundle, sourceMaps), folderOf(bundle), join(built, `old-${bundle}`))
  } finally {
    rmSync(built, { recursive: true, force: true })
  }
}

/** The emulator is compiled only where it is to be bundled. */
function configsOf(bundles: readonly string[]): readonly string[] {
  const config = (bundle: string) => (bundle === EMULATOR ? 'tsconfig.emulator.json' : 'tsconfig.build.json')
  return [...new Set(bundles.map(config))]
}

const CLOUD = 'cloud'

function entryOf(bundle: string): string {
  switch (bundle) {
    case EMULATOR:
      return join('emulator', 'action', 'entrypoint.js')
    case CLOUD:
      return join('src', 'api', 'credentials', 'cloud-libraries.js')
    default:
      return join('src', 'entrypoints', `${bundle}.js`)
  }
}

const MAPS = ['--source-map', '--no-source-map-register']

/** The bundler numbers modules by their path from where it runs, which is the same from any such folder. */
function bundled(built: string, bundle: string, sourceMaps: boolean): string {
  const out = join(built, 'dist', bundle)
  const stats = join(built, `${bundle}.stats.json`)
  const options = ['--target', 'es2022', '--no-cache', '--quiet', ...(sourceMaps ? MAPS : [])]
  const input = join(built, entryOf(bundle))
  copyUsedParts(built, 'valibot', 'dist/index.mjs', input)
  node('@vercel/ncc/dist/ncc/cli.js', ['build', input, '--out', out, '--stats-out', stats, ...options], built)
  const modules = JSON.parse(readFileSync(stats, 'utf8')) as ModuleStats
  writeFileSync(join(out, 'licenses.txt'), licensesOf(modules))
  if (sourceMaps) leadToSources(out, built)
  else for (const file of readdirSync(out)) makePortable(join(out, file))
  writeFileSync(join(out, BUILT_FROM), builtFrom(root, out, built, modules))
  return out
}

/** The libraries of the clouds are in a bundle of their own, which the others load from beside them. */
function leadToCloudBundle(file: string): void {
  if (!existsSync(file)) return
  writeFileSync(file, `export const loadCloud = () => import(/* webpackIgnore: true */ '../${CLOUD}/index.js')\n`)
}

/** What is the same already stays: another run of the tests may be about to read it. */
function takePlace(made: string, target: string, old: string): void {
  if (recordIn(made) === recordIn(target) && isCurrent(root, target)) return
  mkdirSync(dirname(target), { recursive: true })
  if (existsSync(target)) renameSync(target, old)
  renameSync(made, target)
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function recordIn(folder: string): string | undefined {
  const file = join(folder, BUILT_FROM)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error) throw error
  if (status !== 0)
    throw new Error(`${[basename(command), ...args].join(' ')} ended with ${status}\n${stdout}${stderr}`)
}

function node(script: string, args: readonly string[], cwd: string): void {
  run(process.execPath, [join(root, 'node_modules', script), ...args], cwd)
}

/**
 * Line ends are made the same on every system, and a path of this folder is refused: elsewhere it would be another. What is
 * not ASCII is escaped: one such character, and V8 reads the whole bundle as text of two bytes a character.
 */
function makePortable(path: string): void {
  const text = readFileSync(path, 'utf8')
  if (text.includes(root) || text.includes(root.split(sep).join('/'))) {
    throw new Error(`${path} holds the path of the folder that it was built in`)
  }
  writeFileSync(path, text.replaceAll('\r\n', '\n').replace(/[\u0080-\uffff]/g, unicodeEscape))
}

/**
 * @actions/core imports what it needs for OIDC tokens, a second HTTP client with the whole of undici, which no part of this
 * action uses, and does not say that leaving it out has no side effects. Copies that say so are half the bundle lighter.
 */
function copyWithoutSideEffects(built: string, name: string): void {
  const file = join(copyOf(built, name), 'package.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), sideEffects: false }))
}

/**
 * undici loads HTTP/2 at its start, which takes as long as all else of it, and brings what FormData as a body and its second
 * parser need. The client asks for none of them (`api/dispatcher.ts`).
 */
const UNUSED_OF_UNDICI = [
  'lib/dispatcher/client-h2.js',
  'lib/milo/no-simd.js',
  'lib/milo/simd.js',
  'lib/web/fetch/body.js',
  'lib/web/fetch/formdata.js',
  'lib/web/webidl/index.js',
]

function copyWithoutUnused(built: string, name: string, modules: readonly string[]): void {
  const copy = copyOf(built, name)
  for (const module of modules) writeFileSync(join(copy, module), 'module.exports = {}\n')
}

/** Examples of tokens stand in the comments of rules for them, and no scanner of secrets should stumble over our bundles. */
function copyWithoutComments(built: string, name: string, module: string): void {
  const file = join(copyOf(built, name), module)
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, removeComments: true }
  writeFileSync(file, transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText)
}

/**
 * valibot is one file of hundreds of functions, and the bundler leaves out whole files only. Its copy has what the sources
 * of a bundle call as `v.…`, and what that needs.
 */
function copyUsedParts(built: string, name: string, module: string, entry: string): void {
  const file = join(copyOf(built, name), module)
  const source = createSourceFile(file, readFileSync(file, 'utf8'), ScriptTarget.ES2022)
  const parts = new Map(source.statements.flatMap((part) => namesOf(part).map((each) => [each, part.getText(source)])))
  const calls = [...importedBy(entry)].flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bv\.(\w+)/g)])
  const exported = new Set(calls.flatMap(([, used = '']) => (parts.has(used) ? [used] : [])).sort())
  const needed = new Set(exported)
  for (const part of needed) {
    for (const [word] of parts.get(part)?.matchAll(/[\w$]+/g) ?? []) if (parts.has(word)) needed.add(word)
  }
  const code = [...parts].filter(([each]) => needed.has(each)).map(([, text]) => text)
  writeFileSync(file, `${code.join('\n')}\nexport { ${[...exported].join(', ')} }\n`)
}

/** A compiled source of ours, and all that it imports of ours. */
function importedBy(entry: string): ReadonlySet<string> {
  const paths = new Set([entry])
  // A set hands out what is added on the way, too.
  for (const path of paths) {
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/['"](\.\.?\/[^'"]+\.js)['"]/g)) {
      const imported = resolve(dirname(path), name)
      if (existsSync(imported)) paths.add(imported)
    }
  }
  return paths
}

function namesOf(part: typescript.Statement): readonly string[] {
  if (isFunctionDeclaration(part)) return [part.name?.text ?? '']
  if (!isVariableStatement(part)) return []
  return part.declarationList.declarations.flatMap(({ name }) => (isIdentifier(name) ? [name.text] : []))
}

function copyOf(built: string, name: string): string {
  const copy = join(built, 'node_modules', name)
  cpSync(join(root, 'node_modules', name), copy, { recursive: true })
  return copy
}
