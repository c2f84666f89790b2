import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isLoopback } from './loopback.ts'

describe('an address', () => {
  for (const url of [
    'ws://localhost:8080',
    'ws://a.localhost/ws',
    'ws://127.0.0.1:5060',
    'ws://127.9.8.7',
    'ws://[::1]/',
  ])
    it(`of this machine: ${url}`, () => assert.equal(isLoopback(url), true))

  for (const url of [
    'ws://pbx.example.com',
    'ws://localhost.example.com',
    'ws://127.0.0.1.example.com',
    'ws://10.0.0.1',
    'ws://[::2]',
    'ws://127.0.0.1@pbx.example.com',
    'nonsense',
    '',
  ])
    it(`of another: ${url}`, () => assert.equal(isLoopback(url), false))
})
