import { describe, expect, test } from '@jest/globals'
import { isSameOrAbove, mountPathOfReply, parseMountPath } from '../../src/paths/mount-path.ts'

describe('the form that is sent', () => {
  test.each([
    ['/a.csv', '/a.csv'],
    ['/', '/'],
    ['/in/', '/in'],
    ['//in//a.csv', '/in/a.csv'],
    ['/in/./a.csv', '/in/a.csv'],
    ['/mnt/session/uploads/a.csv', '/a.csv'],
    ['/mnt/session/uploads', '/'],
    ['/uploads/a.csv', '/a.csv'],
    ['/uploads-of-mine/a.csv', '/uploads-of-mine/a.csv'],
    ['/a b/[x] "y".csv', '/a b/[x] "y".csv'],
    ['/...', '/...'],
  ])('%s becomes %s', (text, path) => {
    expect(parseMountPath(text)).toEqual({ ok: true, path })
  })

  test.each([
    ['a.csv', /must start with/],
    ['', /must start with/],
    ['/in/../a.csv', /"\.\."/],
    ['/..', /"\.\."/],
    ['/a\nb', /control/],
    ['/a\0b', /control/],
    [`/${'ä'.repeat(512)}`, /1024 bytes/],
  ])('%j is refused', (text, reason) => {
    expect(parseMountPath(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })
})

test.each(['/mnt/session/uploads/in/a.csv', '/uploads/in/a.csv', '/in/a.csv', 'in/a.csv'])(
  'a reply with %s means /in/a.csv',
  (echo) => {
    expect(mountPathOfReply(echo)).toBe('/in/a.csv')
  },
)

test.each([
  ['/a', '/a', true],
  ['/a', '/a/b', true],
  ['/', '/a', true],
  ['/a', '/a-other', false],
  ['/a/b', '/a', false],
])('%s is or is above %s: %s', (a, b, expected) => {
  expect(isSameOrAbove(a, b)).toBe(expected)
})
