import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { JanusClient } from '../src/janus/janus-client.ts'
import { VideoRoom } from '../src/janus/video-room.ts'
import type { VideoSubscriber } from '../src/janus/video-subscriber.ts'
import { JanusDouble } from './testing/janus-double.ts'

let janus: JanusDouble
let client: JanusClient

const event = (data: object, sdp?: string): object => ({
  janus: 'event',
  sender: 2,
  plugindata: { data },
  ...(sdp !== undefined && { jsep: { type: 'offer', sdp } }),
})

beforeEach(async () => {
  janus = await JanusDouble.start()
  client = await JanusClient.connect(janus.url)
})

afterEach(async () => {
  await client.close()
  await janus.stop()
})

async function room(): Promise<VideoRoom> {
  janus.answer('message', { janus: 'success', plugindata: { data: { room: 1234 } } })
  return VideoRoom.create(client, { adminKey: 'key' })
}

describe('JanusClient.has', () => {
  it('is true for a plugin that can be attached', async () => {
    assert.equal(await client.has('plugin'), true)
  })

  it('is false for a plugin that Janus does not know', async () => {
    janus.refuse('attach', { code: 460, reason: 'No such plugin' })
    assert.equal(await client.has('plugin'), false)
  })

  it('rejects where Janus does not say', async () => {
    janus.refuse('attach', { code: 403, reason: 'Unauthorized request' })
    await assert.rejects(client.has('plugin'), { name: 'JanusError', code: 403 })
  })
})

describe('VideoRoom', () => {
  it('is made with the key, a secret and a pin, and is in no list', async () => {
    await room()
    const { body } = janus.last('message')
    assert.deepEqual(
      { ...body, secret: typeof body?.['secret'], pin: typeof body?.['pin'] },
      {
        request: 'create',
        permanent: false,
        description: 'att-phone conference',
        is_private: true,
        secret: 'string',
        pin: 'string',
        publishers: 100,
        videocodec: 'vp8',
        admin_key: 'key',
      },
    )
  })

  it('does not mind that it is gone already', async () => {
    const made = await room()
    janus.answer('message', { janus: 'success', plugindata: { data: { error_code: 426, error: 'No such room' } } })
    await made.destroy()
  })
})

describe('VideoPublisher', () => {
  it('joins with the offer, and gives the answer of the room', async () => {
    const publisher = await (await room()).publisher()
    janus.answer('message', event({ id: 7 }, 'answer'))
    assert.equal(await publisher.publish('offer', 500_000), 'answer')
    assert.equal(publisher.id, 7)
  })

  it('rejects where the room gives no answer', async () => {
    const publisher = await (await room()).publisher()
    janus.answer('message', event({ id: 7 }))
    await assert.rejects(publisher.publish('offer', 500_000), { name: 'JanusError' })
  })

  it('tells that the picture can be passed on', async () => {
    const publisher = await (await room()).publisher()
    const up = new Promise((resolve) => publisher.events.on('up', () => resolve(true)))
    janus.say({ janus: 'webrtcup', sender: 2 })
    assert.equal(await up, true)
  })
})

describe('VideoSubscriber', () => {
  let subscriber: VideoSubscriber
  let offers: string[]

  beforeEach(async () => {
    subscriber = await (await room()).subscriber()
    offers = []
    subscriber.events.on('offer', (sdp) => offers.push(sdp))
  })

  /** The room passes on these feeds from now on, each by the section of its index. */
  function passOn(feeds: readonly (number | null)[], sdp: string): void {
    const streams = feeds.map((feed, mid) => ({ mid: String(mid), ...(feed !== null && { feed_id: feed }) }))
    janus.answer('message', event({ videoroom: 'updated', streams }, sdp))
  }

  async function show(...feeds: readonly number[]): Promise<object> {
    await subscriber.show(new Set(feeds))
    return janus.last('message').body ?? {}
  }

  it('joins with the first pictures, and passes the offer on', async () => {
    passOn([7, 8], 'first')
    const { request, streams } = (await show(7, 8)) as Readonly<Record<string, unknown>>
    assert.deepEqual([request, streams, offers], ['join', [{ feed: 7 }, { feed: 8 }], ['first']])
  })

  it('knows which picture comes by which section', async () => {
    passOn([7, 8], 'first')
    await show(7, 8)
    assert.deepEqual(
      [...subscriber.feeds],
      [
        ['0', 7],
        ['1', 8],
      ],
    )
  })

  it('asks for what is new, and for an end of what is gone by its section', async () => {
    passOn([7, 8], 'first')
    await show(7, 8)
    passOn([null, 8, 9], 'second')
    assert.deepEqual(await show(8, 9), { request: 'update', subscribe: [{ feed: 9 }], unsubscribe: [{ sub_mid: '0' }] })
    assert.deepEqual([...subscriber.feeds.values()], [8, 9])
  })

  it('asks for nothing where nothing is new', async () => {
    passOn([7], 'first')
    await show(7)
    janus.answer('message', event({ error_code: 1, error: 'Asked again' }))
    await show(7)
    assert.deepEqual(offers, ['first'])
  })

  it('asks again for what it was refused', async () => {
    janus.answer('message', event({ error_code: 428, error: 'No such feed' }))
    await assert.rejects(subscriber.show(new Set([7])), { name: 'JanusError', code: 428 })
    passOn([7], 'first')
    await show(7)
    assert.deepEqual(offers, ['first'])
  })

  it('passes on an offer that the room had to put off', async () => {
    passOn([7], 'first')
    await show(7)
    janus.answer('message', event({ videoroom: 'updating' }))
    await show(7, 8)
    const second = new Promise((resolve) => subscriber.events.on('offer', resolve))
    janus.say(
      event(
        {
          videoroom: 'updated',
          streams: [
            { mid: '0', feed_id: 7 },
            { mid: '1', feed_id: 8 },
          ],
        },
        'second',
      ),
    )
    assert.equal(await second, 'second')
    assert.deepEqual([...subscriber.feeds.values()], [7, 8])
  })
})
