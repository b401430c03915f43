/**
 * Writes the tables of inputs and outputs from each action.yml: into docs/inputs-and-outputs.md, for the other actions into
 * their README; `--check` only says whether they are current.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { isMap, isScalar, type Pair, parseDocument } from 'yaml'

interface Entry {
  readonly name: string
  readonly group: string
  readonly description: string
  readonly defaultValue: string
}

const root = resolve(import.meta.dirname, '..')

const MAIN = 'action.yml'

/** Inputs that are the action's own wiring. */
const internal = new Set(['job-status', 'workflow-token'])

function textAt(pair: Pair, field: string): string {
  return isMap(pair.value) ? String(pair.value.get(field) ?? '') : ''
}

/** A comment line above an entry of action.yml opens the group that it and the following entries belong to. */
function entries(action: string, section: 'inputs' | 'outputs'): readonly Entry[] {
  const document = parseDocument(readFileSync(join(root, action), 'utf8'))
  if (document.errors.length > 0) throw document.errors[0]
  const map = document.get(section)
  if (!isMap(map)) throw new Error(`${action} has no ${section}`)
  let group = map.commentBefore?.trim() ?? ''
  return map.items.map((pair) => {
    if (!isScalar(pair.key)) throw new Error(`${action}: a key of ${section} is not a name`)
    group = pair.key.commentBefore?.trim() ?? group
    const [description, defaultValue] = [textAt(pair, 'description'), textAt(pair, 'default')]
    return { name: String(pair.key.value), group, description, defaultValue }
  })
}

function row(cells: readonly string[]): string {
  return `| ${cells
    .map((cell) =>
      cell
        .replaceAll('|', '\\|')
        .replaceAll(/\s*\n\s*/g, ' ')
        .trim(),
    )
    .join(' | ')} |`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

/** Explained once, for all actions. */
const SHARED_GROUP = 'Credentials'

function inputTables(action: string): string {
  const groups = Map.groupBy(
    entries(action, 'inputs').filter(({ name }) => !internal.has(name)),
    ({ group }) => group,
  )
  if (action !== MAIN) groups.delete(SHARED_GROUP)
  const sections = [...groups].map(([group, inputs]) => {
    const rows = inputs.map(({ name, description, defaultValue }) => [code(name), description, code(defaultValue)])
    return `### ${group}\n\n${table(['Input', 'Meaning', 'Default'], rows)}`
  })
  return sections.join('\n\n')
}

function outputTable(action: string): string {
  const rows = entries(action, 'outputs').map(({ name, description }) => [code(name), description])
  return table(['Output', 'Meaning'], rows)
}

function withPart(text: string, name: string, part: string): string {
  const [open, close] = [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`]
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`a page lacks the line "${open}", or "${close}" after it`)
  return `${text.slice(0, start + open.length)}\n\n${part}\n\n${text.slice(end)}`
}

function writeDocs(action: string, check: boolean): void {
  const page = action === MAIN ? 'docs/inputs-and-outputs.md' : posix.join(dirname(action), 'README.md')
  const file = join(root, page)
  const present = readFileSync(file, 'utf8')
  const wanted = withPart(withPart(present, 'inputs', inputTables(action)), 'outputs', outputTable(action))
  if (wanted === present) return
  if (check) {
    console.error(`${page} is stale: its tables are not what ${action} says. Run "npm run docs".`)
    process.exitCode = 1
  } else {
    writeFileSync(file, wanted)
  }
}

for (const action of globSync([MAIN, '*/action.yml'], { cwd: root })) {
  writeDocs(action, process.argv.includes('--check'))
}
