import { TaskQueue } from '../base/task-queue.ts'
import type { Call } from './call.ts'
import type { CallSnapshot } from './snapshot.ts'
import { whilePending } from './pending-operation.ts'

/** Holding one call. Each side has a hold of its own, and media flows only while neither holds. */
export class CallHold {
  readonly #call: Call
  /** Holds and resumes, one after the other: calls may change places while the user resumes one. */
  readonly #queue = new TaskQueue()

  constructor(call: Call) {
    this.#call = call
  }

  /** @param explicit The user asked for it, so that switching back does not resume it. */
  hold(explicit: boolean): Promise<void> {
    const call = this.#call
    return this.#queue.run(async () => {
      const { local, explicit: before } = call.snapshot.hold
      if (local) {
        this.#set({ explicit: before || explicit })
        return
      }
      if (!explicit) await this.#settle()
      await whilePending(call, 'hold', () => call.leg?.hold())
      this.#set({ local: true, explicit })
      call.publish('call:held', { generator: 'initiator', operation: 'hold' })
    })
  }

  resume(): Promise<void> {
    const call = this.#call
    return this.#queue.run(async () => {
      if (!call.snapshot.hold.local) return
      await whilePending(call, 'resume', () => call.leg?.resume())
      this.#set({ local: false, explicit: false })
      call.publish('call:resumed', { generator: 'initiator', operation: 'resume' })
    })
  }

  /** Resumes what the user did not ask to hold. */
  async giveBack(): Promise<void> {
    const { local, explicit } = this.#call.snapshot.hold
    if (local && !explicit) await this.resume()
  }

  /** The far side holds or resumes. */
  heldByRemote(remote: boolean): void {
    this.#set({ remote })
    const operation = remote ? 'hold' : 'resume'
    this.#call.publish(remote ? 'call:held' : 'call:resumed', { generator: 'receiver', operation })
  }

  /** A change that is being asked for would keep the network from holding until somebody answers it. */
  async #settle(): Promise<void> {
    const { asked, pending } = this.#call.snapshot
    if (!asked && pending !== 'change') return
    await this.#call.changes.modification.settle()
  }

  #set(change: Partial<CallSnapshot['hold']>): void {
    this.#call.set({ hold: Object.freeze({ ...this.#call.snapshot.hold, ...change }) })
  }
}
