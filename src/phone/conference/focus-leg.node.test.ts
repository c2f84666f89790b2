import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { LegEvents } from '../../signaling/signaling.ts'
import { FocusLeg } from './focus-leg.ts'

describe('the leg of a host to the mixer in their page', () => {
  let asked: string[]
  let heard: string[]
  let leg: FocusLeg

  beforeEach(() => {
    asked = []
    heard = []
    leg = newLeg()
    listen(leg)
  })

  function newLeg(): FocusLeg {
    const note = (what: string) => async () => void asked.push(what)
    return new FocusLeg({
      remote: { address: 'alice', uri: 'alice' },
      mediaType: 'audio',
      remoteStream: {} as MediaStream,
      farSides: {
        setHeld: async (held) => void asked.push(held ? 'hold' : 'resume'),
        sendDigits: async (digits) => void asked.push(`digits ${digits}`),
        end: note('end'),
      },
    })
  }

  function listen(to: FocusLeg): void {
    heard = []
    for (const name of ['established', 'link', 'ended'] satisfies readonly (keyof LegEvents)[])
      to.on(name, () => heard.push(name))
  }

  it('is up as soon as somebody listens, and says so once', async () => {
    await Promise.resolve()
    leg.on('ended', () => {})
    await Promise.resolve()
    assert.deepEqual(heard, ['established', 'link'])
  })

  it('holds and resumes all the others', async () => {
    await leg.hold()
    await leg.resume()
    assert.deepEqual(asked, ['hold', 'resume'])
  })

  it('sends digits to all the others', async () => {
    await leg.sendDigits('12')
    assert.deepEqual(asked, ['digits 12'])
  })

  it('ends for all the others, then here, once', async () => {
    await Promise.resolve()
    await leg.end()
    leg.finish({ reason: 'failed' })
    assert.deepEqual([asked, heard], [['end'], ['established', 'link', 'ended']])
  })

  it('that ended before anybody listened is never up', async () => {
    const over = newLeg()
    over.finish({ reason: 'failed' })
    listen(over)
    await Promise.resolve()
    assert.deepEqual(heard, [])
  })

  for (const what of ['change', 'answerChange', 'ring', 'accept', 'reject'] as const) {
    it(`has nobody behind it for ${what}`, async () => {
      await assert.rejects(leg[what](), { name: 'SignalingError', kind: 'refused' })
    })
  }
})
