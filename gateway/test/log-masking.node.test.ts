import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fastify } from 'fastify'
import { pino, type Logger, type LoggerOptions } from 'pino'
import { gatewaySettings } from '../src/gateway-options.ts'
import { loggerOptions, masked } from '../src/log-masking.ts'

describe('a log line', () => {
  for (const [text, safe] of [
    ['PUT /RTC/v1/userIds/alice@example.com', 'PUT /RTC/v1/userIds/<address>'],
    ['PUT /RTC/v1/userIds/alice%40example.com', 'PUT /RTC/v1/userIds/<address>'],
    ['PUT /RTC/v1/userIds/15551234567', 'PUT /RTC/v1/userIds/<number>'],
    ['tel:+15551234567 is not signed in', 'tel:<number> is not signed in'],
    ['call to 1 (555) 123-4567', 'call to <number>'],
    ['/nowhere/%2B%31%35%35%35%31%32%33%34', '/nowhere/<number>'],
    ['/nowhere/al%69ce%2540example.com', '/nowhere/<address>'],
    ['/nowhere/alice%2Fhome@example.com', '/nowhere/<address>'],
    ['/nowhere/alice%20at%20home@example.com', '/nowhere/<address>'],
    ['/sessions/0b9e1a52-6f5b-4f0e-9a11-3c2f3d1a7b10/events', '/sessions/<id>/events'],
    ['Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlc2ln', 'Bearer <token>'],
    ['GET /healthz 200', 'GET /healthz 200'],
  ] as const) {
    it(`holds ${JSON.stringify(safe)} for ${JSON.stringify(text)}`, () => {
      assert.equal(masked(text), safe)
    })
  }

  for (const [what, part] of [
    ['a path without end', 'a'],
    ['dots without end', 'aaaaaaaa.'],
    ['digits without end', '7'],
    ['colons without end', ':'],
    ['slashes without end', '/'],
    ['addresses without end', 'a@'],
    ['percent signs without end', '%4'],
    ['ids that never come', 'a1b2c3d4-'],
  ] as const) {
    it(`takes work that grows no faster than its length: ${what}`, () => {
      const workOf = (length: number): number => {
        let work = 0
        masked(part.repeat(length / part.length), (characters) => (work += characters))
        return work
      }
      for (const length of [360, 36_000]) assert.ok(workOf(4 * length) <= 6 * workOf(length))
    })
  }

  for (const length of [1, 7, 100, 1990, 1995, 1999, 2000, 2001]) {
    it(`holds nothing of an address that the limit cuts, ${String(length)} characters in`, () => {
      const line = masked(`${'x '.repeat(length / 2)}${'alice'.repeat(length > 1000 ? 1 : 500)}@example.com`)
      assert.doesNotMatch(line, /alice/)
    })
  }
})

describe('a logger', () => {
  function logged(log: (logger: Logger) => void): readonly string[] {
    const lines: string[] = []
    const options = loggerOptions(gatewaySettings({ devTokens: true, logLevel: 'info' }))
    if (typeof options !== 'object') throw new Error('The logger is off')
    log(pino({ ...(options as LoggerOptions) }, { write: (line) => void lines.push(line) }))
    return lines
  }

  for (const [what, log] of [
    ['a message', (logger) => logger.info('alice@example.com is not signed in')],
    ['the message of an error', (logger) => logger.error(new Error('No such user: alice@example.com'))],
    ['the message of an error in an object', (logger) => logger.warn({ err: new Error('alice@example.com left') })],
    ['what is put into a message', (logger) => logger.info('%s is not signed in', 'alice@example.com')],
    ['a message beside an object', (logger) => logger.info({ status: 404 }, 'sip:alice@example.com is not there')],
  ] as readonly (readonly [string, (logger: Logger) => void])[]) {
    it(`holds no address in clear: ${what}`, () => {
      const [line = ''] = logged(log)
      assert.match(line, /"msg":"[^"]*<address>/)
      assert.doesNotMatch(line, /alice/)
    })
  }
})

describe('the line of a request', () => {
  async function lineOf(method: 'PUT' | 'GET', url: string): Promise<string> {
    const lines: string[] = []
    const options = loggerOptions(gatewaySettings({ devTokens: true, logLevel: 'info' }))
    if (typeof options !== 'object') throw new Error('The logger is off')
    const app = fastify({ logger: { ...options, stream: { write: (line) => void lines.push(line) } } })
    app.put('/userIds/:userId', async () => '')
    await app.inject({ method, url })
    await app.close()
    return lines.find((line) => line.includes('incoming request')) ?? ''
  }

  for (const user of ['alice', 'alice@example.com', 'al%69ce', '%2B%31%35%35%35%31%32%33%34', 'vtn:alice'])
    it(`names the resource, and not whose it is: ${user}`, async () => {
      const line = await lineOf('PUT', `/userIds/${user}?token=alice`)
      assert.match(line, /"method":"PUT","url":"\/userIds\/:userId"/)
      assert.doesNotMatch(line, /alice|ce|%3/)
    })

  it('names the path that is no resource, masked', async () => {
    assert.match(await lineOf('GET', '/nowhere/%2B%31%35%35%35%31%32%33%34?x=1'), /"url":"\/nowhere\/<number>"/)
  })
})
