import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { answerLimit } from './answer-limit.ts'
import { Questions } from './testing/questions.ts'

const page = new URL('https://shop.example.com/')
const atHome = new URL('https://192.168.1.2/')
const asking = { 'local-network': 'prompt', 'loopback-network': 'prompt' } as const

/** Lets `ms` pass, and what waits for promises happen. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms)
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('the time a server has to answer', () => {
  const limitOf = (server: string, states: Readonly<Record<string, PermissionState>>, from = page) => {
    const permissions = new Questions(states)
    return { permissions, signal: answerLimit(new URL(server), 5000, { page: from, permissions }) }
  }
  const clock = (body: () => Promise<void>) => async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      await body()
    } finally {
      mock.timers.reset()
    }
  }

  const short: readonly (readonly [string, string, Readonly<Record<string, PermissionState>>, URL?])[] = [
    ['at a public number', 'wss://203.0.113.7/', asking],
    [
      'where the person answered before',
      'wss://10.0.0.9/',
      { 'local-network': 'granted', 'loopback-network': 'granted' },
    ],
    [
      'on this machine, where the person answered for it',
      'ws://127.0.0.1:5066/',
      { 'local-network': 'prompt', 'loopback-network': 'granted' },
    ],
    [
      'at a number of the local network, where the person answered for it',
      'wss://10.0.0.9/',
      { 'local-network': 'granted', 'loopback-network': 'prompt', 'local-network-access': 'prompt' },
    ],
    ['in a browser that asks nobody', 'wss://10.0.0.9/', {}],
    ['of a page in the same network', 'wss://10.0.0.9/', asking, atHome],
  ]
  for (const [what, server, states, from] of short) {
    it(
      `is over by the clock ${what}`,
      clock(async () => {
        const { signal } = limitOf(server, states, from)
        await pass(4999)
        assert.equal(signal.aborted, false)
        await pass(1)
        assert.equal(signal.aborted, true)
        assert.equal((signal.reason as Error).name, 'TimeoutError')
      }),
    )
  }

  it(
    'waits under the open question of the browser, and counts anew from the answer',
    clock(async () => {
      const { signal, permissions } = limitOf('wss://10.0.0.9/', asking)
      await pass(5000)
      await pass(600_000)
      assert.equal(signal.aborted, false)
      permissions.answer('local-network', 'granted')
      await pass(4999)
      assert.equal(signal.aborted, false)
      await pass(1)
      assert.equal(signal.aborted, true)
    }),
  )

  it(
    'waits for the older name of the permission too',
    clock(async () => {
      const { signal } = limitOf('wss://pbx.local/', { 'local-network-access': 'prompt' })
      await pass(5000)
      await pass(600_000)
      assert.equal(signal.aborted, false)
    }),
  )

  it(
    'does not wait for ever where the name of a server does not tell where it is',
    clock(async () => {
      const { signal } = limitOf('wss://pbx.example.com/', asking)
      await pass(5000)
      await pass(59_999)
      assert.equal(signal.aborted, false)
      await pass(1)
      assert.equal(signal.aborted, true)
    }),
  )
})
