import assert from 'node:assert/strict'
import test from 'node:test'
import { sum } from '../src/sum.js'

test('adds nothing', () => assert.equal(sum(), 0))
