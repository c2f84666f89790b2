import { expect } from '@open-wc/testing'
import { ContextSink } from './context-sink.ts'

/** What the browser was asked to sound by, in order; `context` tells whether it can send a context by itself. */
class Outputs {
  readonly asked: string[] = []
  readonly #restore: (() => void)[] = []

  constructor({ context, element }: { readonly context: boolean; readonly element: boolean }) {
    this.#replace(AudioContext.prototype, context, 'context')
    this.#replace(HTMLMediaElement.prototype, element, 'element')
  }

  restore(): void {
    for (const restore of this.#restore) restore()
  }

  #replace(prototype: object, present: boolean, name: string): void {
    const native = Object.getOwnPropertyDescriptor(prototype, 'setSinkId')
    const record = (sinkId: string): Promise<void> => {
      this.asked.push(`${name} ${sinkId}`)
      return sinkId === 'gone' ? Promise.reject(new DOMException('Gone', 'NotFoundError')) : Promise.resolve()
    }
    Reflect.deleteProperty(prototype, 'setSinkId')
    if (present) Object.defineProperty(prototype, 'setSinkId', { configurable: true, writable: true, value: record })
    this.#restore.push(() => {
      Reflect.deleteProperty(prototype, 'setSinkId')
      if (native) Object.defineProperty(prototype, 'setSinkId', native)
    })
  }
}

describe('the device a context sounds by', () => {
  let context: AudioContext
  let sink: ContextSink
  let outputs: Outputs

  const begin = (can: { readonly context: boolean; readonly element: boolean }): void => {
    outputs = new Outputs(can)
    context = new AudioContext()
    sink = new ContextSink(context)
  }
  afterEach(async () => {
    sink.close()
    outputs.restore()
    await context.close()
  })

  it('is the default one at first, and nothing is asked for', () => {
    begin({ context: true, element: true })
    expect(sink.node).to.equal(context.destination)
    expect(outputs.asked).to.be.empty
  })

  it('is chosen for the context itself where the browser can', async () => {
    begin({ context: true, element: true })
    await sink.route('desk')
    expect(outputs.asked).to.deep.equal(['context desk'])
    expect(sink.node).to.equal(context.destination)
  })

  it('is chosen for an element that plays the context, where it cannot', async () => {
    begin({ context: false, element: true })
    await sink.route('desk')
    expect(outputs.asked).to.deep.equal(['element desk'])
    expect(sink.node).to.be.instanceOf(MediaStreamAudioDestinationNode)
  })

  it('is another one by the same element', async () => {
    begin({ context: false, element: true })
    await sink.route('desk')
    const { node } = sink
    await sink.route('headset')
    expect(sink.node).to.equal(node)
    expect(outputs.asked).to.deep.equal(['element desk', 'element headset'])
  })

  it('stays the default one where nobody can choose', async () => {
    begin({ context: false, element: false })
    await sink.route('desk')
    expect(sink.node).to.equal(context.destination)
  })

  it('is refused when it is gone', async () => {
    begin({ context: false, element: true })
    const error = await sink.route('gone').catch((cause: unknown) => cause)
    expect(error).to.include({ name: 'NotFoundError' })
  })

  it('leaves nothing open when it is closed', async () => {
    begin({ context: false, element: true })
    await sink.route('desk')
    const { stream } = sink.node as MediaStreamAudioDestinationNode
    sink.close()
    expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended'])
    expect(sink.node).to.equal(context.destination)
  })
})
