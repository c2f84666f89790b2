import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallContext } from '../call-context.ts'
import type { CallEvent, PhoneEvents } from '../phone-events.ts'
import { conferencePublisher, type HostIdentity } from './conference-events.ts'

type Name = keyof PhoneEvents

const event: CallEvent = {
  index: 1,
  callType: 'conference',
  to: 'alice',
  mediaType: 'audio',
  codec: [],
  timestamp: new Date(0),
}

const roster = { participants: { bob: { address: 'bob', uri: 'sip:bob@example.com' } }, invitations: {} }

/** What a page hears when a call tells of this. */
function heard(name: 'dialing' | 'call:held' | 'call:connecting' | 'call:muted' | 'answering', host?: HostIdentity) {
  const told: (readonly [Name, object])[] = []
  const publish: CallContext['publish'] = (...event) => void told.push(event)
  conferencePublisher(publish, host)(name, event)
  return told
}

describe('what happens to a call that is a conference', () => {
  it('is told under the names of conferences', () => {
    assert.deepEqual(heard('call:held'), [['conference:held', event]])
    assert.deepEqual(heard('answering'), [['conference:joining', event]])
  })

  it('keeps the names that conferences share', () => {
    assert.deepEqual(heard('call:muted'), [['call:muted', event]])
  })

  it('is not told where conferences have no such thing', () => {
    assert.deepEqual(heard('dialing'), [])
  })
})

describe('what happens to a conference at its host', () => {
  const host = { from: 'alice', roster: () => roster }
  const { to, ...rest } = event

  it('names nobody as called', () => {
    assert.equal(to, 'alice')
    assert.deepEqual(heard('call:muted', host), [['call:muted', rest]])
  })

  it('names the host as who began it', () => {
    assert.deepEqual(heard('call:connecting', host), [['conference:connecting', { ...rest, from: 'alice' }]])
  })

  it('says who takes part and who was asked, where that is of interest', () => {
    assert.deepEqual(heard('call:held', host), [['conference:held', { ...rest, ...roster }]])
  })
})
