import { expect, test } from '@jest/globals'
import { isExcepted } from '../../src/api/no-proxy.ts'

test.each([
  ['https://api.example.com', '*', true],
  ['https://api.example.com', ' other.org , * ', true],
  ['https://api.example.com', 'example.com', true],
  ['https://api.example.com', '.example.com', true],
  ['https://example.com', '.example.com', true],
  ['https://example.com', 'EXAMPLE.com.', true],
  ['https://notexample.com', 'example.com', false],
  ['https://api.example.com', 'api.example', false],
  ['https://api.example.com', '*.example.com', true],
  ['https://example.com', '*.example.com', false],
  ['https://api.example.com', 'api.*.com', true],
  ['https://api.example.com', 'example.com:443', true],
  ['https://api.example.com', 'example.com:8443', false],
  ['https://api.example.com:8443', 'example.com:8443', true],
  ['https://127.0.0.1', '127.*', true],
  ['https://10.1.2.3', '127.*', false],
  ['https://10.1.2.3', '10.0.0.0/8', true],
  ['https://11.1.2.3', '10.0.0.0/8', false],
  ['https://10.1.2.3', '10.1.2.3', true],
  ['https://10.1.2.3', '10.1.2.3/33', false],
  ['https://10.1.2.3', '10.1.2.3/', false],
  ['https://10.1.2.3', '1.2.3', false],
  ['https://10.1.2.3', '::/0', false],
  ['https://[fd00::1]', 'fd00::/8', true],
  ['https://[fd00::1]', '[fd00::1]', true],
  ['https://[fd00::1]', '[fd00::1]:443', true],
  ['https://[fd00::1]', '[fd00::1]:444', false],
  ['https://[fe80::1]', 'fd00::/8', false],
  ['https://api.example.com', '10.0.0.0/8', false],
  ['https://api.example.com', ',, ,', false],
  ['https://api.example.com', '.', false],
])('%s with NO_PROXY=%j: past the proxy is %p', (url, list, expected) => {
  expect(isExcepted(new URL(url), list)).toBe(expected)
})
