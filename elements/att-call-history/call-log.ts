import { isCallRecord, type CallRecord } from './call-record.ts'

/** Older ones go. */
const mostRecords = 200
/** A call that rings in several tabs begins in each of them within this time, in ms. */
const sameRing = 3000

type Listener = () => void

/** Newest first, no call twice, no more than are kept. */
function tidied(records: readonly CallRecord[]): readonly CallRecord[] {
  const found: CallRecord[] = []
  for (const record of records.toSorted((one, other) => other.at - one.at)) {
    if (!found.some((kept) => isSame(kept, record))) found.push(record)
  }
  return Object.freeze(found.slice(0, mostRecords))
}

/** The same record, or the same ring in another tab that nobody answered. */
function isSame(one: CallRecord, other: CallRecord): boolean {
  if (one.id === other.id) return true
  return (
    one.outcome === 'missed' &&
    other.outcome === 'missed' &&
    one.address === other.address &&
    Math.abs(one.at - other.at) < sameRing
  )
}

/**
 * The calls of one user. With a key they are kept in the browser, and every tab of the site has the same; without one
 * they live as long as the page.
 */
export class CallLog {
  static readonly #logs = new Map<string, CallLog>()
  #records: readonly CallRecord[] = []
  readonly #listeners = new Set<Listener>()
  /** The storage took not all of it. */
  #full = false

  /** The log under that key, the same for every tag of the page; `null` gives one of its own. */
  static of(key: string | null): CallLog {
    if (key === null) return new CallLog(null)
    let log = CallLog.#logs.get(key)
    if (!log) CallLog.#logs.set(key, (log = new CallLog(key)))
    return log
  }

  private constructor(private readonly key: string | null) {}

  /** Newest first. */
  get records(): readonly CallRecord[] {
    return this.#records
  }

  /** Calls `listener` when the records change, here or in another tab, until `signal` aborts. */
  subscribe(listener: Listener, signal: AbortSignal): void {
    if (this.#listeners.size === 0) {
      this.#read()
      globalThis.addEventListener('storage', this.#stored)
    }
    this.#listeners.add(listener)
    const end = (): void => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) globalThis.removeEventListener('storage', this.#stored)
    }
    signal.addEventListener('abort', end, { once: true })
  }

  add(record: CallRecord): void {
    this.#read()
    this.#change([record, ...this.#records])
  }

  /** Forgets every call, in every tab. */
  clear(): void {
    this.#change([])
  }

  #change(records: readonly CallRecord[]): void {
    this.#records = tidied(records)
    this.#write()
    for (const listener of this.#listeners) listener()
  }

  #stored = ({ key, newValue, storageArea }: StorageEvent): void => {
    // Without a key the whole storage was cleared.
    if (storageArea !== storage() || (key !== null && key !== this.key)) return
    if (newValue === null) {
      this.#records = []
      this.#full = false
    }
    this.#read()
    for (const listener of this.#listeners) listener()
  }

  #read(): void {
    if (this.key === null) return
    try {
      const kept: unknown = JSON.parse(storage()?.getItem(this.key) ?? '[]')
      const stored = Array.isArray(kept) ? kept.filter(isCallRecord) : []
      this.#records = tidied(this.#full ? [...stored, ...this.#records] : stored)
    } catch {
      this.#records = []
    }
  }

  #write(): void {
    if (this.key === null) return
    try {
      if (this.#records.length === 0) storage()?.removeItem(this.key)
      else storage()?.setItem(this.key, JSON.stringify(this.#records))
      this.#full = false
    } catch {
      // What the storage has no room for lives as long as the page.
      this.#full = true
    }
  }
}

/** `null` where the browser gives the page none, as in a sandboxed frame. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage
  } catch {
    return null
  }
}
