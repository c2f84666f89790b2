/** Replies that a session keeps: what was under way when its connection was cut is a request or two. */
const kept = 16

/** A reply as it left, so that it can leave again. */
export interface SentReply {
  readonly status: number
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>
  readonly body: string | null
}

/** The replies to the last requests of a session, by the keys that its client gave them. */
export class RecentReplies {
  readonly #replies = new Map<string, Promise<SentReply>>()

  /** The reply to the request that had this key, once it has left; nothing where there was none. */
  find(key: string): Promise<SentReply> | undefined {
    return this.#replies.get(key)
  }

  /** Keeps the reply that the function which this gives is called with. */
  begin(key: string): (reply: SentReply) => void {
    let done: (reply: SentReply) => void = () => {}
    const reply = new Promise<SentReply>((resolve) => {
      done = resolve
    })
    this.#replies.set(key, reply)
    for (const oldest of this.#replies.keys()) {
      if (this.#replies.size <= kept) break
      this.#replies.delete(oldest)
    }
    return done
  }
}
