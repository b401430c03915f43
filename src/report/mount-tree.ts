import path from 'node:path'
import type { Change, MountedFile } from '../apply/applied.ts'
import { count, formatBytes } from '../text/format.ts'
import { redact } from '../text/redact.ts'
import { SQUARES } from './change-bar.ts'
import { code } from './markdown.ts'

/** A folder on the session, with all that is mounted below it. */
interface Folder {
  readonly name: string
  readonly folders: Map<string, Folder>
  readonly files: MountedFile[]
}

/** Up to so many files, all folders are shown unfolded; the first one always is. */
const OPEN_UP_TO = 12

/**
 * The mount paths as a tree, folded by folder, with sizes, in HTML for a summary.
 * @param room in characters; what does not fit is counted instead
 */
export function mountTree(mounted: readonly MountedFile[], room: number): string {
  const top = folderOf('/')
  for (const file of mounted) insert(top, file)
  const writer = new Writer(room, mounted.length <= OPEN_UP_TO)
  writer.folder(top, '', true)
  return writer.text()
}

function folderOf(name: string): Folder {
  return { name, folders: new Map(), files: [] }
}

function insert(top: Folder, file: MountedFile): void {
  const segments = redact(file.containerPath).split('/').slice(1, -1)
  let folder = top
  for (const segment of segments) {
    const next = folder.folders.get(segment) ?? folderOf(segment)
    folder.folders.set(segment, next)
    folder = next
  }
  folder.files.push(file)
}

class Writer {
  readonly #lines: string[] = []
  readonly #isOpen: boolean
  #room: number
  #omitted = 0

  constructor(room: number, isOpen: boolean) {
    this.#room = room
    this.#isOpen = isOpen
  }

  text(): string {
    const rest =
      this.#omitted === 0 ? [] : [`<p>… and ${this.#omitted} more; <code>manifest-path</code> has them all.</p>`]
    return [...this.#lines, ...rest].join('\n')
  }

  /** A folder that holds nothing but one folder is shown as one with that. */
  folder(folder: Folder, prefix: string, isFirst: boolean): void {
    const name = path.posix.join(prefix, folder.name)
    const [only, ...others] = folder.folders.values()
    if (only !== undefined && others.length === 0 && folder.files.length === 0) {
      this.folder(only, name, isFirst)
      return
    }
    const inside = filesIn(folder)
    const open = this.#isOpen || isFirst ? ' open' : ''
    const head = `<details${open}><summary>📁 ${code(`${name.replace(/\/$/, '')}/`)} ${amountText(inside)}</summary><ul>`
    const end = '</ul></details>'
    if (!this.#fits(head, end, '<li></li>')) {
      this.#omitted += inside.length
      return
    }
    this.#lines.push(head)
    for (const inner of sorted(folder.folders)) this.#item(() => this.folder(inner, '', false))
    for (const file of folder.files) this.#file(file)
    this.#lines.push(end)
  }

  #item(write: () => void): void {
    const at = this.#lines.length
    write()
    if (this.#lines.length === at) return
    this.#lines.splice(at, 0, '<li>')
    this.#lines.push('</li>')
  }

  #file({ file, change, containerPath }: MountedFile): void {
    const name = path.posix.basename(redact(containerPath))
    const from = isSamePath(file.path, containerPath) ? '' : ` ← ${code(file.path)}`
    const line = `<li>${SQUARES[change]} ${code(name)} ${formatBytes(file.size)}${from}</li>`
    if (this.#fits(line)) this.#lines.push(line)
    else this.#omitted++
  }

  #fits(...texts: readonly string[]): boolean {
    const needed = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0)
    if (needed > this.#room) return false
    this.#room -= needed
    return true
  }
}

/** The path on the runner says nothing new where the mount path ends with it. */
function isSamePath(local: string, container: string): boolean {
  return container.endsWith(`/${local}`)
}

function filesIn({ folders, files }: Folder): readonly MountedFile[] {
  return [...files, ...[...folders.values()].flatMap(filesIn)]
}

/** Number and size of files, and how many were added or replaced if only some were. */
function amountText(files: readonly MountedFile[]): string {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const of = (change: Change) => files.filter((each) => each.change === change).length
  const changed = (['added', 'replaced'] as const).filter((change) => of(change) > 0 && of(change) < files.length)
  const marks = changed.map((change) => ` ${SQUARES[change]} ${of(change)}`)
  return `${count(files.length, 'file')}, ${formatBytes(bytes)}${marks.join('')}`
}

function sorted(folders: ReadonlyMap<string, Folder>): readonly Folder[] {
  return [...folders.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
