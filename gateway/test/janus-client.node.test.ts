import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { JanusClient } from '../src/janus/janus-client.ts'
import { JanusDouble } from './testing/janus-double.ts'

let janus: JanusDouble
let client: JanusClient

const lost = (): Promise<unknown> =>
  new Promise((resolve) => client.lost.addEventListener('abort', () => resolve(client.lost.reason)))

beforeEach(async () => {
  janus = await JanusDouble.start()
  client = await JanusClient.connect(janus.url, { apiSecret: 'secret' })
})

afterEach(async () => {
  await client.close()
  await janus.stop()
})

describe('JanusClient', () => {
  it('sends the secret and its session with every request', async () => {
    await client.attach('plugin')
    const { apisecret, session_id: session } = janus.last('attach')
    assert.deepEqual([apisecret, session], ['secret', 1])
  })

  it('rejects what Janus refuses, with its words and code', async () => {
    janus.refuse('attach', { code: 460, reason: 'No such plugin' })
    await assert.rejects(client.attach('plugin'), { name: 'JanusError', message: 'No such plugin', code: 460 })
  })

  it('rejects what a plugin refuses, with its words and code', async () => {
    const handle = await client.attach('plugin')
    janus.answer('message', { janus: 'success', plugindata: { data: { error_code: 485, error: 'No such room' } } })
    await assert.rejects(handle.ask({}), { name: 'JanusError', message: 'No such room', code: 485 })
  })

  it('takes the acknowledgement of a slow request for no answer', async () => {
    const handle = await client.attach('plugin')
    janus.answer('message', { janus: 'ack' }, { janus: 'event', plugindata: { data: { id: 7 } } })
    assert.equal((await handle.do({})).data['id'], 7)
  })

  it('hands what happens to the handle it happens to', async () => {
    const handle = await client.attach('plugin')
    const heard = new Promise((resolve) => handle.events.on('hangup', resolve))
    janus.say({ janus: 'hangup', sender: 2, reason: 'ICE failed' })
    assert.equal(await heard, 'ICE failed')
  })

  it('lets what is no message of Janus pass', async () => {
    for (const text of ['', 'null', '[]', '{"janus":5}', '{']) janus.sayText(text)
    assert.ok(await client.attach('plugin'))
  })

  it('is lost when the connection is, and rejects what was asked', async () => {
    janus.ignore('attach')
    const asked = client.attach('plugin')
    const over = lost()
    janus.cut()
    await assert.rejects(asked, { name: 'JanusError' })
    await over
  })

  it('is lost when Janus ends the session', async () => {
    const over = lost()
    janus.say({ janus: 'timeout', session_id: 1 })
    assert.match(String(await over), /ended the session/)
  })

  it('is lost when Janus falls silent', async (test) => {
    test.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
    const watched = await JanusClient.connect(janus.url)
    janus.ignore('keepalive')
    test.mock.timers.tick(5000)
    test.mock.timers.tick(5000)
    await new Promise((resolve) => setImmediate(resolve))
    // The clock that the other client's timers were set by.
    test.mock.timers.reset()
    assert.equal(watched.lost.aborted, true)
  })

  it('tells Janus that the session is over when it is closed', async () => {
    await client.close()
    assert.ok(janus.last('destroy'))
  })

  it('rejects what is asked of a lost session', async () => {
    await client.close()
    await assert.rejects(client.attach('plugin'), { name: 'JanusError' })
  })
})

describe('JanusClient.connect', () => {
  it('rejects where nobody listens', async () => {
    const { url } = janus
    await janus.stop()
    await assert.rejects(JanusClient.connect(url), { name: 'JanusError' })
  })

  it('rejects where Janus refuses a session', async () => {
    janus.refuse('create', { code: 403, reason: 'Unauthorized request' })
    await assert.rejects(JanusClient.connect(janus.url), { name: 'JanusError', message: 'Unauthorized request' })
  })
})
