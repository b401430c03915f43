import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder of a job's own, as a checkout leaves it. Removed when it goes out of scope. */
export class Workspace {
  /** Without links, and without the short names of Windows (`RUNNER~1`). */
  readonly root: string

  /** @param parent the folder that it is made in */
  constructor(parent = tmpdir()) {
    this.root = realpathSync.native(mkdtempSync(path.join(parent, 'session-mount-workspace-')))
    // For steps that run as somebody else.
    chmodSync(this.root, 0o755)
  }

  /** Writes files by their path below the root. */
  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, content] of Object.entries(files)) {
      const file = this.path(name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    return this
  }

  /** Makes a link below the root; a relative target is relative to the link's folder. */
  link(name: string, target: string): this {
    mkdirSync(path.dirname(this.path(name)), { recursive: true })
    symlinkSync(target, this.path(name))
    return this
  }

  remove(name: string): this {
    rmSync(this.path(name))
    return this
  }

  path(name: string): string {
    return path.join(this.root, name)
  }

  [Symbol.dispose](): void {
    // Windows keeps a folder while a process that is about to end works in it.
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20 })
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
