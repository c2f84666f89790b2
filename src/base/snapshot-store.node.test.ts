import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SnapshotStore } from './snapshot-store.ts'

interface State {
  readonly progress: string
  readonly muted: boolean
}

/** A store, what its subscriber was told, and a step to the end of the microtask. */
function setup() {
  const store = new SnapshotStore<State>({ progress: 'new', muted: false })
  const told: (readonly [now: State, before: State])[] = []
  store.subscribe((now, before) => void told.push([now, before]))
  return { store, told, settled: () => Promise.resolve() }
}

describe('a snapshot store', () => {
  it('is read at once after a change', () => {
    const { store } = setup()
    store.update({ muted: true })
    assert.deepEqual(store.snapshot, { progress: 'new', muted: true })
  })

  it('freezes its snapshots', () => {
    const { store } = setup()
    assert.ok(Object.isFrozen(store.snapshot))
    store.update({ muted: true })
    assert.ok(Object.isFrozen(store.snapshot))
  })

  it('leaves the object it began with to its owner', () => {
    const initial = { muted: false }
    const store = new SnapshotStore(initial)
    initial.muted = true
    assert.equal(store.snapshot.muted, false)
  })

  it('never changes a snapshot it gave away', () => {
    const { store } = setup()
    const before = store.snapshot
    store.update({ muted: true })
    assert.equal(before.muted, false)
  })

  it('keeps its snapshot when a change changes nothing', () => {
    const { store } = setup()
    const before = store.snapshot
    store.update({ muted: false })
    assert.equal(store.snapshot, before)
  })

  it('tells of changes made together once, with the last snapshot and the one told before', async () => {
    const { store, told, settled } = setup()
    store.update({ progress: 'dialing' })
    store.update({ progress: 'ringing', muted: true })
    await settled()
    assert.deepEqual(told, [
      [
        { progress: 'ringing', muted: true },
        { progress: 'new', muted: false },
      ],
    ])
  })

  it('tells nothing before the code that changes it is done', () => {
    const { store, told } = setup()
    store.update({ muted: true })
    assert.deepEqual(told, [])
  })

  it('tells nobody of a change that changes nothing', async () => {
    const { store, told, settled } = setup()
    store.update({ muted: false })
    await settled()
    assert.deepEqual(told, [])
  })

  it('tells nobody of a change that was taken back at once', async () => {
    const { store, told, settled } = setup()
    store.update({ muted: true })
    store.update({ muted: false })
    await settled()
    assert.deepEqual(told, [])
  })

  it('tells of each change when they are made apart', async () => {
    const { store, told, settled } = setup()
    store.update({ progress: 'dialing' })
    await settled()
    store.update({ progress: 'ringing' })
    await settled()
    assert.deepEqual(
      told.map(([now, before]) => [now.progress, before.progress]),
      [
        ['dialing', 'new'],
        ['ringing', 'dialing'],
      ],
    )
  })

  it('tells of a change that a subscriber made, after the one it was told of', async () => {
    const { store, told, settled } = setup()
    store.subscribe(({ progress }) => progress === 'ended' && store.update({ muted: true }))
    store.update({ progress: 'ended' })
    await settled()
    await settled()
    assert.deepEqual(
      told.map(([now]) => now),
      [
        { progress: 'ended', muted: false },
        { progress: 'ended', muted: true },
      ],
    )
  })
})

describe('a subscription', () => {
  it('ends when its signal aborts', async () => {
    const { store, settled } = setup()
    const end = new AbortController()
    let times = 0
    store.subscribe(
      () => {
        times++
      },
      { signal: end.signal },
    )
    store.update({ muted: true })
    await settled()
    end.abort()
    store.update({ muted: false })
    await settled()
    assert.equal(times, 1)
  })

  it('that is ended between a change and the telling is not told', async () => {
    const { store, settled } = setup()
    const end = new AbortController()
    let times = 0
    store.subscribe(
      () => {
        times++
      },
      { signal: end.signal },
    )
    store.update({ muted: true })
    end.abort()
    await settled()
    assert.equal(times, 0)
  })

  it('does not begin with a signal that has aborted', async () => {
    const { store, settled } = setup()
    let times = 0
    store.subscribe(
      () => {
        times++
      },
      { signal: AbortSignal.abort() },
    )
    store.update({ muted: true })
    await settled()
    assert.equal(times, 0)
  })
})
