import { expect, test } from '@jest/globals'
import { annotations } from '../../harness/annotation.ts'
import { Scene } from '../../harness/scene.ts'

const pointer = (version: string): string =>
  `version ${version}\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n`

const LFS = pointer('https://git-lfs.github.com/spec/v1')

test.concurrent('pointers of Git LFS are mounted, and named in a warning that says what to do', async () => {
  await using scene = await Scene.open()
  scene.workspace.write({
    ...{ 'model.bin': LFS, 'sub/old.bin': pointer('https://hawser.github.com/spec/v1'), 'a.txt': 'a' },
    ...{ 'about-lfs.md': `# A pointer\n\n${LFS}`, 'long.txt': LFS + 'x'.repeat(1_000), 'other.txt': 'version 2\n' },
  })
  const main = await scene.main({ files: '**' })
  expect([annotations(main, 'error'), main.outputs['mounted-count']]).toEqual([[], '6'])
  expect(annotations(main, 'warning')).toEqual([
    '2 files are Git LFS pointers, not the content: "model.bin", "sub/old.bin". Set `lfs: true` on actions/checkout',
  ])
  const packed = await scene.main({ files: 'model.bin', archive: 'always' })
  expect(annotations(packed, 'warning')).toEqual([
    '1 file is a Git LFS pointer, not the content: "model.bin". Set `lfs: true` on actions/checkout',
  ])
})
