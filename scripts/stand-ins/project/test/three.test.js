import assert from 'node:assert/strict'
import test from 'node:test'
import { sum } from '../src/sum.js'

test('adds one number', () => assert.equal(sum(7), 7))
