import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, it } from 'node:test'
import { createGateway } from '../src/index.ts'
import { RawClient } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

/** A connection, and everything that came by it until it ended. */
function connection(
  origin: string,
  localAddress?: string,
): { readonly socket: Socket; readonly ended: Promise<string> } {
  const { hostname: host, port } = new URL(origin)
  const socket = connect({ host, port: Number(port), ...(localAddress && { localAddress }) })
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
  // A cut is an end, too.
  socket.on('error', () => {})
  return { socket, ended: once(socket, 'close').then(() => text) }
}

/** Whether a connection is served: an answer comes, or the end. */
async function isServed({ socket }: { readonly socket: Socket }): Promise<boolean> {
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  const answered = await Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)])
  return answered
}

describe('a request that does not come', () => {
  const gateway = runningGateway({ requestTimeout: 0.4, headersTimeout: 0.2 })

  for (const [what, text] of [
    [
      'a body that never comes',
      'POST /tokens HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n',
    ],
    [
      'a body that stops',
      'POST /tokens HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"us',
    ],
    [
      'a chunk that never comes',
      'POST /tokens HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"',
    ],
    ['headers that stop', 'GET /healthz HTTP/1.1\r\nhost: x\r\nx-sl'],
    ['half a request line', 'GET /hea'],
  ] as const) {
    it(`whole is cut off: ${what}`, async () => {
      const { socket, ended } = connection(gateway.origin)
      socket.write(text)
      assert.match(await ended, /^HTTP\/1\.1 408 /)
    })
  }

  it('is no matter to a poll, a stream or a WebSocket that lasts longer', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const poller = await RawClient.login(gateway.origin, 'poller')
    const streamer = await RawClient.login(gateway.origin, 'streamer', { eventChannel: 'sse' })
    const listener = await RawClient.login(gateway.origin, 'listener', { eventChannel: 'websocket' })
    const cut = new AbortController()
    const poll = poller.poll()
    const stream = await streamer.stream(cut.signal)
    const { socket, inbox } = await listener.socket()
    // Longer than either limit: another connection was cut off meanwhile.
    const slow = connection(gateway.origin)
    slow.socket.write('POST /tokens HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n')
    await slow.ended
    for (const name of ['poller', 'streamer', 'listener']) await alice.dial(name)
    const heard = [await poll, await stream.next(), await inbox.next()]
    cut.abort()
    socket.close()
    assert.deepEqual(
      heard.map((message) => message?.events[0]?.state),
      Array(3).fill('invitation-received'),
    )
  })
})

describe('a body that is too long', () => {
  const head = (connection: string): string =>
    `POST /tokens HTTP/1.1\r\nhost: x\r\nconnection: ${connection}\r\ncontent-type: application/json\r\ncontent-length: 8000000\r\n\r\n`

  describe('and comes', () => {
    const gateway = runningGateway()

    for (const [wish, next, statuses] of [
      ['keep-alive', 'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', ['413', '200']],
      ['close', '', ['413']],
    ] as const) {
      it(`is read to its end, and refused in words, where the client wishes: ${wish}`, async () => {
        const { socket, ended } = connection(gateway.origin)
        let reset = false
        socket.once('error', () => (reset = true))
        socket.write(head(wish) + ' '.repeat(8_000_000) + next)
        const answers = [...(await ended).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
        assert.deepEqual({ reset, answers }, { reset: false, answers: statuses })
      })
    }
  })

  describe('and stops', () => {
    const gateway = runningGateway({ requestTimeout: 0.4, headersTimeout: 0.2 })

    for (const [wish, status] of [
      ['keep-alive', 413],
      ['close', 408],
    ] as const) {
      it(`is cut off where the client wishes: ${wish}`, async () => {
        const { socket, ended } = connection(gateway.origin)
        socket.write(head(wish) + '{')
        assert.match(await ended, new RegExp(`^HTTP/1\\.1 ${status} `))
      })
    }
  })
})

describe('connections', () => {
  const gateway = runningGateway({ maxConnections: 4, connectionsPerAddress: 3 })

  it('of one address are so many at the most, and one that ends makes room', async () => {
    const three = Array.from({ length: 3 }, () => connection(gateway.origin))
    for (const each of three) assert.equal(await isServed(each), true)
    assert.equal(await isServed(connection(gateway.origin)), false)
    const other = connection(gateway.origin, '127.0.0.2')
    assert.equal(await isServed(other), true)
    for (const { socket, ended } of [...three, other]) {
      socket.destroy()
      await ended
    }
    // The gateway hears of the end after this side does.
    let again = connection(gateway.origin)
    while (!(await isServed(again))) again = connection(gateway.origin)
    again.socket.destroy()
  })

  it('together are so many at the most', async () => {
    const all = ['127.0.0.3', '127.0.0.3', '127.0.0.4', '127.0.0.4'].map((from) => connection(gateway.origin, from))
    for (const each of all) assert.equal(await isServed(each), true)
    assert.equal(await isServed(connection(gateway.origin, '127.0.0.5')), false)
    for (const { socket } of all) socket.destroy()
  })
})

describe('connections of a proxy that is trusted', () => {
  const gateway = runningGateway({ connectionsPerAddress: 1, trustedProxies: ['127.0.0.0/8'] })

  it('do not count as those of one client', async () => {
    const two = [connection(gateway.origin), connection(gateway.origin)]
    for (const each of two) assert.equal(await isServed(each), true)
    for (const { socket } of two) socket.destroy()
  })
})

describe('limits of connections', () => {
  for (const name of ['requestTimeout', 'headersTimeout', 'maxConnections', 'connectionsPerAddress'] as const) {
    it(`have to be positive: ${name}`, () => {
      assert.throws(() => createGateway({ devTokens: true, [name]: 0 }), new RegExp(`${name} has to be a positive`))
    })
  }

  it('are kept where headers may take longer than the whole request', async () => {
    const gateway = createGateway({ port: 0, devTokens: true, requestTimeout: 5, headersTimeout: 60 })
    await gateway.listen()
    assert.equal(gateway.app.server.headersTimeout, 5000)
    await gateway.close()
  })
})
