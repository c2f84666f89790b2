/** What JsSIP's declarations take from `events`, which comes without its own. */
declare module 'events' {
  export class EventEmitter {
    on(name: string, listener: (...payload: never[]) => void): this
    once(name: string, listener: (...payload: never[]) => void): this
    removeAllListeners(name?: string): this
  }
}
