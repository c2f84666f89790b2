import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { watchQuestion } from './open-question.ts'
import { Questions } from './testing/questions.ts'

const page = new URL('https://shop.example.com/')
const asking = { 'local-network': 'prompt', 'loopback-network': 'prompt' } as const

/** Lets `ms` pass, and what waits for promises happen. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms)
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('the question of the browser whether a page may reach a server', () => {
  /** What is told while these pass, by a browser with these answers. */
  async function told(
    server: string,
    states: Readonly<Record<string, PermissionState>>,
    body: (permissions: Questions, reached: AbortController) => Promise<void>,
    from = page,
  ): Promise<readonly boolean[]> {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const permissions = new Questions(states)
      const reached = new AbortController()
      const all: boolean[] = []
      const tell = (asking?: string): unknown => all.push(asking !== undefined)
      watchQuestion({ server }, tell, reached.signal, { page: from, permissions })
      await body(permissions, reached)
      return all
    } finally {
      mock.timers.reset()
    }
  }
  const soon = (): Promise<void> => pass(500)
  const late = (): Promise<void> => pass(3000)

  it('is told when a server of the local network is silent', async () => {
    assert.deepEqual(await told('wss://10.0.0.9/', asking, soon), [true])
  })

  it('is told later of a server that may be anywhere', async () => {
    assert.deepEqual(await told('wss://pbx.example.com/', asking, soon), [])
    assert.deepEqual(await told('wss://pbx.example.com/', asking, late), [true])
  })

  it('is told of the first of several servers', async () => {
    assert.deepEqual(await told(' wss://10.0.0.9/  wss://pbx.example.com/', asking, soon), [true])
  })

  it('is over when the person answers', async () => {
    const answered = async (permissions: Questions): Promise<void> => {
      await soon()
      permissions.answer('local-network', 'granted')
    }
    assert.deepEqual(await told('wss://10.0.0.9/', asking, answered), [true, false])
  })

  const silent: readonly (readonly [string, string, Readonly<Record<string, PermissionState>>, URL?])[] = [
    ['the person answered before', 'wss://10.0.0.9/', { ...asking, 'local-network': 'granted' }],
    ['the person answered before for this machine', 'ws://localhost/', { ...asking, 'loopback-network': 'denied' }],
    ['the browser asks nobody', 'wss://10.0.0.9/', {}],
    ['the server is public by its number', 'wss://203.0.113.7/', asking],
    ['the page is of the same network', 'wss://10.0.0.9/', asking, new URL('https://192.168.1.2/')],
  ]
  for (const [what, server, states, from] of silent) {
    it(`is not told where ${what}`, async () => {
      assert.deepEqual(await told(server, states, late, from), [])
    })
  }

  it('is not told of a server that was reached in time', async () => {
    const reached = async (_permissions: Questions, over: AbortController): Promise<void> => {
      over.abort()
      await late()
    }
    assert.deepEqual(await told('wss://10.0.0.9/', asking, reached), [])
  })

  it('is not told any more once the server was reached', async () => {
    const reached = async (permissions: Questions, over: AbortController): Promise<void> => {
      await soon()
      over.abort()
      permissions.answer('local-network', 'granted')
    }
    assert.deepEqual(await told('wss://10.0.0.9/', asking, reached), [true])
  })
})
