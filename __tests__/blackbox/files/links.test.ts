import { expect } from '@jest/globals'
import { annotations, errorOf } from '../../harness/annotation.ts'
import { mountedPaths, Scene } from '../../harness/scene.ts'
import { withLinks } from '../../harness/system.ts'
import { Workspace } from '../../harness/workspace.ts'

/** `result` leads to a folder of two files, as the links of build tools do. */
async function sceneWithLink(): Promise<Scene> {
  const scene = await Scene.open()
  scene.workspace.write({ 'a.txt': 'a', 'store/x1/log.txt': 'log', 'store/x1/deep/b.txt': 'b' })
  scene.workspace.link('result', 'store/x1')
  return scene
}

withLinks.each([
  ['result', ['/result/deep/b.txt', '/result/log.txt']],
  ['result/', ['/result/deep/b.txt', '/result/log.txt']],
  ['result/**', ['/result/deep/b.txt', '/result/log.txt']],
  ['result/*.txt', ['/result/log.txt']],
  ['result/deep/b.txt', ['/result/deep/b.txt']],
  ['result => /in/', ['/in/result/deep/b.txt', '/in/result/log.txt']],
  ['result\n!result/deep', ['/result/log.txt']],
  ['["result/log.txt"]', ['/result/log.txt']],
])('a link to a folder that a line names is followed: %j', async (files, paths) => {
  await using scene = await sceneWithLink()
  const main = await scene.main({ files })
  expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
  expect(mountedPaths(scene)).toEqual(paths)
})

withLinks('one that only a wildcard meets is skipped and named, with links followed it is not', async () => {
  await using scene = await sceneWithLink()
  scene.workspace.link('out', '..')
  const none = await scene.main({ files: '*.txt\nresul*' })
  expect(errorOf(none)).toContain(
    'Nothing that "resul*" matches is mounted. Skipped 1 symbolic link to a folder: "result"',
  )
  const skipped = await scene.main({ files: '**' })
  expect(annotations(skipped, 'error')).toEqual([])
  expect(annotations(skipped, 'warning')).toEqual([
    'Skipped 2 symbolic links to folders: "out", "result". To follow links, name them, or set `follow-symbolic-links: true`',
  ])
  const followed = await scene.main({ files: 'resul*', 'follow-symbolic-links': 'true' })
  expect([annotations(followed, 'error'), annotations(followed, 'warning')]).toEqual([[], []])
  expect(followed.outputs['mounted-count']).toBe('2')
})

withLinks('a folder outside the root is refused in one line, however many files it holds', async () => {
  await using scene = await Scene.open()
  using elsewhere = new Workspace()
  elsewhere.write(Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`${n}.txt`, ''])))
  scene.workspace.write({ 'a.txt': 'a' }).link('ext', elsewhere.root)
  for (const inputs of [
    { files: '**', 'follow-symbolic-links': 'true' },
    { files: 'a.txt\next/**' },
    { files: 'ext' },
    { files: '["ext/1.txt"]' },
  ]) {
    const error = errorOf(await scene.main(inputs))
    expect(error).toBe(
      `"ext" leads to "${elsewhere.root}", which is outside \`root\`. Exclude it, or set \`root\` to a folder that holds both\nNothing was changed.`,
    )
  }
  expect(scene.emulator.journal()).toEqual([])
})

withLinks('packages that link to each other are walked once', async () => {
  await using scene = await Scene.open()
  const names = Array.from({ length: 30 }, (_, n) => `p${n}`)
  for (const name of names) {
    scene.workspace.write({ [`packages/${name}/index.js`]: name })
    for (const other of names) scene.workspace.link(`packages/${name}/node_modules/${other}`, `../../${other}`)
  }
  const main = await scene.main({ files: 'packages/**', 'follow-symbolic-links': 'true' })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene).toSorted()).toEqual(names.map((name) => `/packages/${name}/index.js`).toSorted())
})

withLinks('a linked folder is known by its own path, whatever the order of the names', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'z/b.txt': 'b' }).link('a', 'z').link('z/again', '../z').link('z/up', '..')
  const main = await scene.main({ files: '**', 'follow-symbolic-links': 'true' })
  expect([annotations(main, 'error'), annotations(main, 'warning')]).toEqual([[], []])
  expect(mountedPaths(scene)).toEqual(['/z/b.txt'])
})

withLinks(
  'links that lead nowhere, or back to themselves, are skipped and named; by name they are errors',
  async () => {
    await using scene = await Scene.open()
    scene.workspace.write({ 'a.txt': 'a' }).link('self', 'self').link('gone', 'nowhere')
    for (const follow of ['false', 'true']) {
      const main = await scene.main({ files: '**', 'follow-symbolic-links': follow })
      expect(annotations(main, 'error')).toEqual([])
      expect(annotations(main, 'warning')).toEqual([
        'Skipped 1 broken symbolic link: "gone"',
        'Skipped 1 item that cannot be read: "self" (ELOOP). Check the permissions, or exclude what is not wanted',
      ])
      const excluded = await scene.main({ files: '**\n!self\n!gone', 'follow-symbolic-links': follow })
      expect([annotations(excluded, 'error'), annotations(excluded, 'warning')]).toEqual([[], []])
    }
    expect(errorOf(await scene.main({ files: 'self' }))).toContain(
      '"self" is a symbolic link that leads back to itself',
    )
    for (const files of ['gone', 'gone/x.txt', 'gone/**', '["gone"]', '["gone/x.txt"]']) {
      expect(errorOf(await scene.main({ files }))).toContain(
        '"gone" is a symbolic link to something that does not exist',
      )
    }
  },
)

withLinks('a root that is a link, and a workspace that is one, are searched like any other', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'v1/a.txt': 'a', 'v1/sub/b.txt': 'b' }).link('current', 'v1')
  const relative = await scene.main({ files: '*.txt\nsub/b.txt', root: 'current' })
  expect(annotations(relative, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['/a.txt', '/sub/b.txt'])
  for (const root of [scene.workspace.path('current'), scene.workspace.path('v1')]) {
    const files = `${root}/*.txt\n${scene.workspace.path('v1')}/sub/**`
    const absolute = await scene.main({ files, root: scene.workspace.path('current') })
    expect(annotations(absolute, 'error')).toEqual([])
    expect(absolute.outputs['mounted-count']).toBe('2')
  }
})

withLinks.each([
  ['a.txt', 'z.txt'],
  ['z.txt', 'a.txt'],
])('a second name of a file, %s -> %s, is left out and named, whatever the order of the names', async (link, file) => {
  await using scene = await Scene.open()
  scene.workspace.write({ [file]: 'content' }).link(link, file)
  const main = await scene.main({ files: '*.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual([`/${file}`])
  expect(annotations(main, 'warning')).toEqual([expect.stringContaining(`"${link}"`)])
  expect(annotations(main, 'warning').join()).not.toContain(`"${file}"`)
})

withLinks('a named link goes before the file that a wildcard finds', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({ 'file.txt': 'content' }).link('link.txt', 'file.txt')
  const main = await scene.main({ files: '*.txt\nlink.txt' })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual(['/link.txt'])
  expect(annotations(main, 'warning')).toEqual([expect.stringContaining('"file.txt"')])
})

withLinks.each([
  ['the nearest', ['b/c/deep', 'a-near'], 'a-near'],
  ['the nearest', ['b/c/deep', 'z-near'], 'z-near'],
  ['the first by name', ['c-three', 'a-one', 'b-two'], 'a-one'],
] as const)('of several links to a folder that is followed once, %s counts: %j', async (_, links, way) => {
  await using scene = await Scene.open()
  scene.workspace.write({ '.store/x.txt': 'x', 'b/c/y.txt': 'y' })
  for (const link of links) scene.workspace.link(link, scene.workspace.path('.store'))
  const main = await scene.main({ files: '**', 'follow-symbolic-links': 'true' })
  expect(annotations(main, 'error')).toEqual([])
  expect(mountedPaths(scene)).toEqual([`/${way}/x.txt`, '/b/c/y.txt'].toSorted())
})
