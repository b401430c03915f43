import path from 'node:path'
import type { GitDir } from './git-dir.ts'
import { readSmallFile } from './small-file.ts'

/** What HEAD says. */
export interface Head {
  /** The full SHA; undefined before the first commit. */
  readonly sha: string | undefined
  /** Undefined when HEAD is detached. */
  readonly branch: string | undefined
}

const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/
const MAX_REF_BYTES = 4_096
const MAX_PACKED_BYTES = 64_000_000
/** As git's own limit of references that lead to references. */
const MAX_DEPTH = 5

/** Reads HEAD, and where it leads. */
export async function readHead(dir: GitDir): Promise<Head> {
  const text = await readRef(dir.own, 'HEAD')
  const name = symbolicTarget(text)
  const branch = name?.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : undefined
  return { sha: name === undefined ? shaOf(text) : await resolveRef(dir, name), branch }
}

async function resolveRef(dir: GitDir, first: string): Promise<string | undefined> {
  let name: string | undefined = first
  for (let depth = 0; depth < MAX_DEPTH && name !== undefined; depth++) {
    const text = await readRef(dir.common, name)
    if (text === undefined) return packedSha(dir, name)
    const sha = shaOf(text)
    if (sha !== undefined) return sha
    name = symbolicTarget(text)
  }
  return undefined
}

async function readRef(folder: string, name: string): Promise<string | undefined> {
  const bytes = await readSmallFile(path.join(folder, ...name.split('/')), MAX_REF_BYTES)
  return bytes?.toString('utf8').trim()
}

async function packedSha({ common }: GitDir, name: string): Promise<string | undefined> {
  const bytes = await readSmallFile(path.join(common, 'packed-refs'), MAX_PACKED_BYTES)
  const line = bytes
    ?.toString('utf8')
    .split('\n')
    .find((each) => each.trimEnd().endsWith(` ${name}`))
  return shaOf(line?.split(' ', 1)[0])
}

function shaOf(text: string | undefined): string | undefined {
  return text !== undefined && SHA.test(text) ? text : undefined
}

/** The reference that another one stands for, if its name is one that git allows: it leads to no file elsewhere. */
function symbolicTarget(text: string | undefined): string | undefined {
  const name = /^ref:\s*(refs\/\S+)$/.exec(text ?? '')?.[1]
  return name === undefined || /\.\.|[\\:~^?*[\u007f]|\/\/|\/$|\/\./.test(name) ? undefined : name
}
