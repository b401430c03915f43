import { chmodSync, readFileSync, utimesSync } from 'node:fs'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import tar, { type Header } from 'tar-stream'
import { mountedArchive } from '../../harness/archive.ts'
import { Scene } from '../../harness/scene.ts'
import { ON_WINDOWS, whereLinks } from '../../harness/system.ts'

const FILES = {
  'b.txt': 'b',
  'a/ä.txt': 'a'.repeat(700_000),
  'a-b.txt': '-',
  'a/run.sh': '#!/bin/sh\n',
  'Z.txt': '',
  [`long/${'x'.repeat(200)}.txt`]: 'x',
}

interface Packed {
  readonly bytes: Buffer
  readonly uploadName: string | undefined
}

/** Packs the same files in a folder of its own, written in this order, with what the machine makes of it. */
async function pack(
  inputs: Readonly<Record<string, string>>,
  umask: number,
  names = Object.keys(FILES),
): Promise<Packed> {
  await using scene = await Scene.open({ store: 'disk' })
  const before = process.umask(umask)
  try {
    for (const name of names) scene.workspace.write({ [name]: FILES[name] ?? '' })
    chmodSync(scene.workspace.path('a/run.sh'), 0o777 & ~umask)
    utimesSync(scene.workspace.path('b.txt'), umask, umask)
    for (const link of whereLinks(['link.txt']))
      scene.workspace.link(link, umask === 0 ? 'b.txt' : scene.workspace.path('b.txt'))
    await scene.main({ files: '**', archive: 'always', ...inputs })
  } finally {
    process.umask(before)
  }
  return { bytes: readFileSync(mountedArchive(scene).file), uploadName: scene.uploads()[0]?.filename }
}

// Not concurrent: the umask is that of the whole process.
test('two folders, runs, umasks and times give the same bytes, on a new session and on one that is there', async () => {
  const here = await pack({}, 0o000)
  const there = await pack({}, 0o077, Object.keys(FILES).reverse())
  const onNamed = await pack({ 'session-name': 'Nightly' }, 0o022)
  expect(there.bytes.equals(here.bytes)).toBe(true)
  expect(onNamed.bytes.equals(here.bytes)).toBe(true)
  const withoutMark = ({ uploadName = '' }: Packed) => uploadName.replace(/-[0-9a-f]{24}/, '')
  expect(new Set([here, there, onNamed].map(withoutMark)).size).toBe(1)
})

test('neither time nor system is in the header, and no user, umask or time in the tar', async () => {
  const { bytes } = await pack({}, 0o022)
  expect(bytes.subarray(4, 8)).toEqual(Buffer.alloc(4))
  expect(bytes[9]).toBe(255)
  const headers: Header[] = []
  for await (const entry of Readable.from([gunzipSync(bytes)]).pipe(tar.extract())) {
    headers.push(entry.header)
    entry.resume()
  }
  // Windows has no mode that says that a file can be run.
  const modes = {
    ...{ 'Z.txt': '644', 'a-b.txt': '644', 'a/run.sh': ON_WINDOWS ? '644' : '755', 'a/ä.txt': '644', 'b.txt': '644' },
    ...Object.fromEntries(whereLinks(['link.txt']).map((name) => [name, '777'])),
    [`long/${'x'.repeat(200)}.txt`]: '644',
  }
  expect(headers.map(({ name }) => name)).toEqual(Object.keys(modes))
  const anybody = { uid: 0, gid: 0, uname: '', gname: '', mtime: new Date('1980-01-01T00:00:00Z') }
  expect(headers).toEqual(headers.map((header) => ({ ...header, ...anybody })))
  expect(headers.map(({ mode }) => mode.toString(8))).toEqual(Object.values(modes))
})
