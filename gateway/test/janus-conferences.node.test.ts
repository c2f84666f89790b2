import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createGateway } from '../src/index.ts'
import { RawClient } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const offer = { conference: { sdp: 'offer' } }

const start = (client: RawClient, body: object = offer): ReturnType<RawClient['send']> =>
  client.send('POST', `${client.session}/conferences`, { body })

async function mixTold(client: RawClient): Promise<unknown> {
  const { body } = await client.logIn({ extensions: true })
  return (body as { readonly session: { readonly mix?: string } }).session.mix
}

describe('a gateway without media servers', () => {
  const gateway = runningGateway()

  it('answers 501 to who would start a conference there, and says why', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { status, text } = await start(client)
    assert.equal(status, 501)
    assert.match(text, /no media server/)
  })

  it('tells nobody that it mixes', async () => {
    assert.equal(await mixTold(await RawClient.withToken(gateway.origin, 'alice')), undefined)
  })
})

describe('a gateway whose media servers are out of order', () => {
  const gateway = runningGateway({ janusUrls: ['ws://127.0.0.1:9'] })

  it('answers 503 to who would start a conference', async () => {
    assert.equal((await start(await RawClient.login(gateway.origin, 'alice'))).status, 503)
  })

  it('tells who signs in with extensions that it mixes', async () => {
    assert.equal(await mixTold(await RawClient.withToken(gateway.origin, 'alice')), 'server')
  })

  it('refuses a conference without an offer', async () => {
    const { status, messageId } = await start(await RawClient.login(gateway.origin, 'alice'), { conference: {} })
    assert.deepEqual([status, messageId], [400, 'SVC0002'])
  })

  for (const method of ['PUT', 'DELETE'] as const) {
    it(`answers 404 to a ${method} of a participant of a conference that is not there`, async () => {
      const client = await RawClient.login(gateway.origin, 'alice')
      const { status } = await client.send(method, `${client.session}/conferences/none/participants/bob`)
      assert.equal(status, 404)
    })
  }

  for (const method of ['GET', 'POST'] as const) {
    it(`answers 404 to a ${method} of the participants of a conference that is not there`, async () => {
      const client = await RawClient.login(gateway.origin, 'alice')
      const body = method === 'POST' ? { participant: { call: 'none' } } : undefined
      const { status } = await client.send(method, `${client.session}/conferences/none/participants`, { body })
      assert.equal(status, 404)
    })
  }

  it('refuses to take in a call that is not named', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const path = `${client.session}/conferences/none/participants`
    const { status, messageId } = await client.send('POST', path, { body: { participant: {} } })
    assert.deepEqual([status, messageId], [400, 'SVC0002'])
  })

  it('does not want to know who is muted in a call', async () => {
    const caller = await RawClient.login(gateway.origin, 'caller')
    const callee = await RawClient.login(gateway.origin, 'callee')
    const { headers } = await caller.dial('callee')
    await callee.poll()
    const { status, messageId } = await caller.act(headers.get('location') ?? '', 'mute')
    assert.deepEqual([status, messageId], [400, 'SVC0003'])
  })

  it('says in its health that none can be reached', async () => {
    const response = await fetch(`${gateway.origin}healthz`)
    const body = (await response.json()) as object
    assert.deepEqual(body, { ...body, conferences: 0, mediaServers: 0 })
  })
})

describe('createGateway', () => {
  for (const url of ['http://127.0.0.1:8088', 'janus:8188', 'ws://']) {
    it(`refuses ${url} as the address of a media server`, () => {
      assert.throws(() => createGateway({ devTokens: true, janusUrls: [url] }), /JANUS_URLS/)
    })
  }
})
