import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { SipChallenge } from './sip-challenge.ts'
import { parameter, readMessage } from './sip-message.ts'
import type { SipCredentials } from './sip-options.ts'

type HashName = 'md5' | 'sha256'
const hash = (name: HashName, text: string): string => createHash(name).update(text).digest('hex')

const secrets = { password: 'Circle of Life', token: 'secret-token' }

/** A client of JsSIP's kind: sends, is challenged, sends again with the answer it would give. */
class Client {
  readonly challenge: SipChallenge
  #branches = 0

  constructor(credentials: SipCredentials, realms: readonly string[] = [], url = 'wss://pbx.example.com/ws') {
    this.challenge = new SipChallenge((text) => hash('md5', text), realms)
    this.challenge.credentials = credentials
    this.challenge.username = 'alice'
    this.challenge.connected(url)
  }

  async send(method: string, fields: readonly string[] = [], body = ''): Promise<string> {
    const via = `Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK${++this.#branches}`
    const lines = [`${method} sip:bob@example.com SIP/2.0`, via, `CSeq: 1 ${method}`, ...fields, '', body]
    return this.challenge.outgoing(lines.join('\r\n'))
  }

  /** What the library is shown of this response to the last request. */
  shown(status: number, asks: readonly string[], method: string): string {
    const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate'
    const via = `Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK${this.#branches}`
    const lines = [
      `SIP/2.0 ${status} Words`,
      via,
      `CSeq: 1 ${method}`,
      ...asks.map((text) => `${name}: ${text}`),
      '',
      '',
    ]
    const text = lines.join('\r\n')
    const message = readMessage(text)
    assert(message)
    return this.challenge.incoming(message, text)
  }

  /** The header fields that leave when the last request was challenged like this; none where it is not answered. */
  async answers(method: string, status: number, asks: readonly string[], kept: readonly string[] = [], body = '') {
    const shown = this.shown(status, asks, method)
    const nonce = /nonce="([^"]+)"/.exec(shown)?.[1]
    if (nonce === undefined) return { sent: await this.send(method, kept, body), shown, line: '' }
    const name = status === 401 ? 'Authorization' : 'Proxy-Authorization'
    const line = `${name}: Digest username="x", realm="att", nonce="${nonce}", response="0"`
    return { sent: await this.send(method, [...kept, line], body), shown, line }
  }

  /** Signs in at a registrar that asks like this. */
  async register(status: number, ...asks: readonly string[]): Promise<string> {
    await this.send('REGISTER')
    return (await this.answers('REGISTER', status, asks)).sent
  }
}

/** Whether the message holds anything that only an account of ours could give. */
const tells = (text: string): boolean => /response="|Bearer /.test(text)

/** The response that RFC 7616 wants of the fields of an answer. */
function expected(line: string, method: string, name: HashName = 'md5', body = ''): string {
  const field = (key: string) => parameter(line, key)
  const realm = /realm="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? ''
  const account = hash(name, `${field('username')}:${realm}:${secrets.password}`)
  const isSession = /-sess/i.test(field('algorithm'))
  const a1 = isSession ? hash(name, `${account}:${field('nonce')}:${field('cnonce')}`) : account
  const entity = field('qop') === 'auth-int' ? `:${hash(name, body)}` : ''
  const a2 = hash(name, `${method}:${field('uri')}${entity}`)
  const middle = field('qop') ? `:${field('nc')}:${field('cnonce')}:${field('qop')}` : ''
  return hash(name, `${a1}:${field('nonce')}${middle}:${a2}`)
}

const lineOf = (sent: string, name = 'Authorization'): string =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(sent)?.[1]?.trimEnd() ?? ''

const own = 'realm="example.com"'
const methods = ['INVITE', 'BYE', 'UPDATE', 'REFER', 'NOTIFY', 'INFO', 'MESSAGE', 'OPTIONS'] as const

describe('an answer to the registrar', () => {
  for (const [algorithm, name] of [
    ['MD5', 'md5'],
    ['md5', 'md5'],
    ['MD5-sess', 'md5'],
    ['SHA-256', 'sha256'],
    ['SHA-256-sess', 'sha256'],
  ] as const) {
    for (const qop of ['', ', qop="auth"', ', qop="auth,auth-int"', ', qop="auth-int"', ', qop=auth'])
      it(`by ${algorithm}${qop || ', no qop'}`, async () => {
        const client = new Client({ password: secrets.password })
        const line = lineOf(await client.register(401, `Digest ${own}, nonce="n", algorithm=${algorithm}${qop}`))
        assert.equal(parameter(line, 'algorithm'), algorithm)
        assert.equal(parameter(line, 'response'), expected(line, 'REGISTER', name))
      })
  }

  it('covers the body where that is wanted', async () => {
    const client = new Client({ password: secrets.password })
    const ask = `Digest ${own}, nonce="n", qop="auth-int"`
    await client.register(401, ask)
    await client.send('INVITE', [], 'v=0')
    const { sent } = await client.answers('INVITE', 401, [ask], [], 'v=0')
    const line = lineOf(sent)
    assert.equal(parameter(line, 'response'), expected(line, 'INVITE', 'md5', 'v=0'))
    assert(sent.endsWith('\r\n\r\nv=0'))
  })

  it('leaves a realm with quotes in it as it is quoted', async () => {
    const client = new Client({ password: secrets.password })
    const line = lineOf(await client.register(401, 'Digest realm="a \\"b\\", c",nonce="n1",opaque="",domain="sip:b"'))
    assert(line.includes('realm="a \\"b\\", c"'))
    assert(line.includes('opaque=""'))
    assert.equal(parameter(line, 'response'), expected(line, 'REGISTER'))
  })

  it('is given to the topmost of several that can be (RFC 8760, 2.4)', async () => {
    const client = new Client({ password: secrets.password })
    const sent = await client.register(
      401,
      `Digest ${own}, nonce="unknown", algorithm=SHA-512-256`,
      `Bearer ${own}`,
      `Digest ${own}, nonce="strong", algorithm=SHA-256`,
      `Digest ${own}, nonce="weak"`,
    )
    assert.equal(parameter(lineOf(sent), 'nonce'), 'strong')
  })

  it('is a token where a token is asked for', async () => {
    const client = new Client({ token: secrets.token })
    assert.equal(lineOf(await client.register(401, `Bearer ${own}`)), 'Bearer secret-token')
  })

  it('is given to a proxy and to the registrar behind it, each in its own realm', async () => {
    const client = new Client({ password: secrets.password })
    await client.send('REGISTER')
    const first = await client.answers('REGISTER', 407, ['Digest realm="edge", nonce="n1", qop="auth"'])
    const { sent, shown } = await client.answers(
      'REGISTER',
      401,
      [`Digest ${own}, nonce="n2", qop="auth"`],
      [first.line],
    )
    // The library answers once, unless its answer was stale.
    assert.match(shown, /stale=true/)
    const [proxy, registrar] = [lineOf(sent, 'Proxy-Authorization'), lineOf(sent)]
    assert.equal(parameter(proxy, 'response'), expected(proxy, 'REGISTER'))
    assert.equal(parameter(proxy, 'realm'), 'edge')
    assert.equal(parameter(registrar, 'response'), expected(registrar, 'REGISTER'))
    assert.equal(parameter(registrar, 'realm'), 'example.com')
  })

  it('is not given again where it was wrong', async () => {
    const client = new Client({ password: secrets.password })
    await client.register(401, `Digest ${own}, nonce="n1"`)
    const { shown } = await client.answers('REGISTER', 401, [`Digest ${own}, nonce="n2"`])
    assert.match(shown, /^SIP\/2\.0 401 Words\r\n/)
    assert(!/Authenticate/i.test(shown))
  })

  it('is given again where it was stale', async () => {
    const client = new Client({ password: secrets.password })
    await client.register(401, `Digest ${own}, nonce="n1"`)
    const { sent } = await client.answers('REGISTER', 401, [`Digest ${own}, nonce="n2", stale=TRUE`])
    assert.equal(parameter(lineOf(sent), 'nonce'), 'n2')
  })

  it('is there before it is asked for, once the registrar has asked', async () => {
    const client = new Client({ password: secrets.password })
    assert.deepEqual(await client.challenge.prepare('sip:example.com'), [])
    await client.register(401, `Digest ${own}, nonce="n", qop="auth"`)
    const [line = ''] = await client.challenge.prepare('sip:example.com')
    assert.equal(parameter(line, 'nc'), '00000002')
    assert.equal(parameter(line, 'response'), expected(line, 'REGISTER'))
    assert((await client.send('REGISTER', [line])).includes(line))
  })
})

describe('a call that is challenged', () => {
  for (const status of [401, 407] as const) {
    for (const method of methods) {
      it(`${method}, by ${status} as the registrar does, is answered`, async () => {
        const password = new Client({ password: secrets.password })
        await password.register(401, `Digest ${own}, nonce="n"`)
        await password.send(method)
        assert(tells((await password.answers(method, status, [`Digest ${own}, nonce="m"`])).sent))
        const token = new Client({ token: secrets.token })
        await token.register(401, `Bearer ${own}`)
        await token.send(method)
        assert(tells((await token.answers(method, status, [`Bearer ${own}`])).sent))
      })

      for (const asked of [
        'Digest realm="evil", nonce="m"',
        'Digest realm="evil", nonce="m", algorithm=SHA-256',
        'Digest realm="", nonce="m"',
        'Digest nonce="m"',
        'Digest realm="example.com ", nonce="m"',
        'Digest realm="EXAMPLE.COM", nonce="m"',
        'Digest realm="evil", realm="example.com", nonce="m"',
        'Bearer realm="evil"',
        'Bearer',
        `Bearer ${own}`,
        `Digest ${own}, nonce="m", algorithm=MD5`,
      ])
        it(`${method}, by ${status} with ${asked}, gives nothing away`, async () => {
          const client = new Client(secrets)
          await client.register(401, `Digest ${own}, nonce="n", algorithm=SHA-256`)
          await client.send(method)
          const { sent, shown } = await client.answers(method, status, [asked])
          assert(!tells(sent), sent)
          assert.match(shown, new RegExp(`^SIP/2\\.0 ${status} (A foreign realm|The secret was asked for)`))
        })
    }
  }

  it('in a realm that the page lists gets a digest by 407, and no token', async () => {
    const client = new Client(secrets, ['edge "1"'])
    await client.register(401, `Digest ${own}, nonce="n"`)
    for (const [status, ask, answered] of [
      [407, 'Digest realm="edge \\"1\\"", nonce="m"', true],
      [401, 'Digest realm="edge \\"1\\"", nonce="m"', false],
      [407, 'Bearer realm="edge \\"1\\""', false],
      [407, 'Digest realm="edge 1", nonce="m"', false],
    ] as const) {
      await client.send('INVITE')
      assert.equal(tells((await client.answers('INVITE', status, [ask])).sent), answered, `${status} ${ask}`)
    }
  })

  it('gives nothing before there is a registrar', async () => {
    const client = new Client(secrets)
    await client.send('INVITE')
    assert(!tells((await client.answers('INVITE', 407, [`Digest ${own}, nonce="m"`])).sent))
  })

  it('teaches nothing where it says that it is a REGISTER', async () => {
    const client = new Client(secrets)
    await client.register(401, `Digest ${own}, nonce="n"`)
    await client.send('INVITE')
    assert(!tells((await client.answers('REGISTER', 401, ['Digest realm="evil", nonce="m"'])).sent))
    await client.send('INVITE')
    assert(!tells((await client.answers('INVITE', 401, ['Digest realm="evil", nonce="m"'])).sent))
  })

  it('by a response to nothing is left alone', async () => {
    const client = new Client(secrets)
    await client.register(401, `Digest ${own}, nonce="n"`)
    await client.send('INVITE')
    const text = [
      'SIP/2.0 401 Words',
      'Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKanother',
      'CSeq: 1 REGISTER',
      `WWW-Authenticate: Digest ${own}, nonce="m"`,
      '',
      '',
    ].join('\r\n')
    const message = readMessage(text)
    assert(message)
    assert(!client.challenge.incoming(message, text).includes('Authenticate'))
  })
})

describe('a registrar', () => {
  it('that asks in a second realm gets nothing', async () => {
    const client = new Client(secrets)
    await client.register(401, `Digest ${own}, nonce="n"`)
    assert(!tells(await client.register(401, 'Digest realm="second", nonce="m"')))
    assert(!tells(await client.register(401, 'Bearer realm="second"')))
  })

  it('at another address is another one', async () => {
    const client = new Client(secrets)
    await client.register(401, `Digest ${own}, nonce="n"`)
    client.challenge.connected('wss://second.example.com/ws')
    assert(tells(await client.register(401, 'Digest realm="second", nonce="m"')))
  })

  for (const [url, sent] of [
    ['ws://pbx.example.com/ws', false],
    ['ws://127.0.0.1.example.com/ws', false],
    ['ws://127.0.0.1:8088/ws', true],
    ['ws://[::1]:8088/ws', true],
    ['WSS://pbx.example.com/ws', true],
  ] as const)
    it(`at ${url} gets ${sent ? 'a' : 'no'} token`, async () => {
      const client = new Client({ token: secrets.token }, [], url)
      assert.equal(tells(await client.register(401, `Bearer ${own}`)), sent)
      assert.deepEqual(await client.challenge.prepare('sip:example.com').then((lines) => lines.length > 0), sent)
    })
})

describe('a token that credentials give later', () => {
  for (const token of ['secret\r\nX-Evil: 1', 'secret\nX-Evil: 1', 'secret\0', 'two words', 'tab\tbed'])
    it(`is not sent where it would be more than a token: ${JSON.stringify(token)}`, async () => {
      const client = new Client({ token: secrets.token })
      assert(tells(await client.register(401, `Bearer ${own}`)))
      client.challenge.credentials = { token }
      assert.deepEqual(await client.challenge.prepare('sip:example.com'), [])
      await client.send('INVITE')
      const { sent } = await client.answers('INVITE', 401, [`Bearer ${own}`])
      assert(!tells(sent) && !sent.includes('X-Evil'), sent)
    })
})

describe('a message that is no answer', () => {
  it('leaves without what is not ours to tell', async () => {
    const client = new Client(secrets)
    const line = 'Proxy-Authorization: Digest nonce="other", response="0"'
    assert(!(await client.send('INVITE', [line])).includes('Proxy-Authorization'))
  })

  it('leaves at once, so that it overtakes nothing', () => {
    const text = 'INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/WS a;branch=b\r\n\r\n'
    assert.equal(new Client(secrets).challenge.outgoing(text), text)
  })
})
