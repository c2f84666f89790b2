import assert from 'node:assert/strict'
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cliOptions } from '../src/cli-options.ts'
import { RawClient, send } from './testing/raw-client.ts'

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

type Cli = ChildProcessByStdio<null, Readable, Readable>

function start(args: readonly string[], environment: Readonly<Record<string, string>>): Cli {
  return spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The address it says it is ready at. */
async function addressOf(process: Cli): Promise<string> {
  for await (const line of createInterface(process.stdout)) {
    const [, address] = /^att-phone gateway ready at (http:\S+)$/.exec(line) ?? []
    if (address) return address
  }
  throw new Error('The gateway ended before it was ready')
}

describe('the command', () => {
  it('ends on SIGTERM: calls end with a reason, waiting polls are answered, it exits by itself', async () => {
    const process = start([], { PORT: '0', DEV_TOKENS: '1' })
    const origin = await addressOf(process)
    const [alice, bob, carol] = await Promise.all(
      ['alice', 'bob', 'carol'].map((name) => RawClient.login(origin, name)),
    )
    assert.ok(alice && bob && carol)
    await alice.dial('bob')
    await bob.poll()
    const polls = [alice, bob, carol].map((client) => client.poll())
    const { socket, inbox } = await (await RawClient.login(origin, 'dave')).socket()
    // Answered after the polls arrived, on a connection of its own.
    await alice.send('PUT', alice.session)
    process.kill('SIGTERM')
    const [code] = (await once(process, 'exit')) as [number | null]
    const [ofAlice, ofBob, ofCarol] = await Promise.all(polls)
    assert.equal(code, 0)
    assert.equal(ofCarol?.status, 204)
    for (const poll of [ofAlice, ofBob]) {
      const [event] = poll?.events ?? []
      assert.deepEqual([event?.state, event?.detail], ['session-terminated', 'server-stopping'])
    }
    assert.equal(await inbox.next(), null)
    assert.equal(socket.readyState, socket.CLOSED)
  })

  for (const [what, args, environment, words] of [
    ['no source of tokens', [], {}, /No source of tokens/],
    ['a port that is none', [], { PORT: 'http', DEV_TOKENS: '1' }, /PORT has to be a number/],
    ['development tokens for everybody', [], { HOST: '0.0.0.0', DEV_TOKENS: '1' }, /loopback/],
    ['a folder without a prefix', ['--serve', 'dist'], { DEV_TOKENS: '1' }, /PREFIX=DIRECTORY/],
    ['guests who may call no address', [], { GUEST_ALLOW: 'sales, <b>', DEV_TOKENS: '1' }, /GUEST_ALLOW.*"<b>"/],
    ['a ping interval that is none', [], { PING_INTERVAL: '0', DEV_TOKENS: '1' }, /PING_INTERVAL has to be.*"0"/],
    ['pings that never come', [], { PING_INTERVAL: '86400', DEV_TOKENS: '1' }, /pingInterval has to be 3600 .*86400/],
    ['a long poll that waits for no time', [], { POLL_WAIT: 'long', DEV_TOKENS: '1' }, /POLL_WAIT has to be.*"long"/],
    ['an unknown option', ['--sing'], { DEV_TOKENS: '1' }, /--sing/],
  ] as const) {
    it(`exits with 1 and says why: ${what}`, async () => {
      const process = start(args, environment)
      let said = ''
      process.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      const [code] = (await once(process, 'close')) as [number | null]
      assert.equal(code, 1)
      assert.match(said, words)
    })
  }
})

describe('the environment', () => {
  it('names whom guests may call, and the proxies to trust, in lists', () => {
    const options = cliOptions([], {
      GUEST_ALLOW: 'sales, +15551234567,',
      GUEST_RATE: '5',
      TRUSTED_PROXIES: '10.0.0.0/8',
    })
    assert.deepEqual(
      [options?.guestAllow, options?.guestRate, options?.trustedProxies],
      [['sales', '+15551234567'], 5, ['10.0.0.0/8']],
    )
  })
})

describe('the environment of a gateway behind a proxy', () => {
  it('says how often a channel is pinged and how long a poll waits, in seconds', () => {
    const options = cliOptions([], { PING_INTERVAL: '5', POLL_WAIT: '10' })
    assert.deepEqual([options?.pingInterval, options?.pollWait], [5, 10])
  })
})

describe('served folders', () => {
  let process: Cli
  let origin: string
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'att-phone-gateway-'))
    await writeFile(join(folder, 'phone.js'), 'export {}')
    await writeFile(join(folder, 'index.html'), '<p>')
    await writeFile(join(folder, '.secret'), 'secret')
    process = start(['--serve', `/cdn/=${folder}`, '--serve', `demo=${folder}`], { PORT: '0', DEV_TOKENS: '1' })
    origin = await addressOf(process)
  })
  after(async () => {
    process.kill('SIGTERM')
    await once(process, 'exit')
    await rm(folder, { recursive: true })
  })

  it('give files with their type, to pages of any origin', async () => {
    const { status, headers } = await send(`${origin}cdn/phone.js`, 'GET', {
      headers: { origin: 'https://page.example' },
    })
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', /^(text|application)\/javascript/)
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin')
    assert.equal(headers.get('access-control-allow-origin'), '*')
  })

  it('give their index page', async () => {
    const { status, headers } = await send(`${origin}demo/`, 'GET')
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', /^text\/html/)
  })

  for (const path of [
    '/cdn/../package.json',
    '/cdn/%2e%2e/%2e%2e/etc/passwd',
    '/cdn/..%2f..%2fetc/passwd',
    '/cdn/.secret',
  ]) {
    it(`do not give ${path}`, async () => {
      // `fetch` would tidy the path up before it left.
      const asked = request(new URL(origin), { path }).end()
      const [response] = (await once(asked, 'response')) as [{ statusCode: number; resume: () => void }]
      response.resume()
      assert.ok([403, 404].includes(response.statusCode))
    })
  }
})
