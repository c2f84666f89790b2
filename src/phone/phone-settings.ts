import type { ListenOptions } from '../base/emitter.ts'
import type { SnapshotListener } from '../base/snapshot-store.ts'
import { version } from '../base/version.ts'
import type { IceServerOption } from './ice-settings.ts'
import { Line } from './line.ts'
import { logFromPage } from './log-from-page.ts'
import { getCallerInfo, type CallerInfo } from './numbers/caller-info.ts'
import { cleanPhoneNumber } from './numbers/clean-phone-number.ts'
import type { DialPlan } from './numbers/dial-plan.ts'
import { formatNumber } from './numbers/format-number.ts'
import { loadedNumberFormat } from './numbers/load-number-format.ts'
import { phoneEventNames, type PhoneEvents } from './phone-events.ts'
import type { PhoneOptions } from './phone-options.ts'
import { refuse } from './refuse.ts'
import type { PhoneSnapshot } from './snapshot.ts'

/** What a phone is without any call: what it tells, how it is set up, and numbers. */
export class PhoneSettings {
  /** The version of the package. */
  readonly version = version
  protected readonly line = new Line()

  constructor(options: PhoneOptions = {}) {
    logFromPage()
    this.configure(options)
  }

  /** Everything a page may show of the phone. Frozen; a change is a new one. */
  get snapshot(): PhoneSnapshot {
    return this.line.store.snapshot
  }

  /** Address of the network that the next sign-in uses, as `configure` has it; `null` for none. */
  get server(): string | null {
    return this.line.options.server
  }

  /** How what is typed becomes what is dialled, and how numbers are written. */
  get dialPlan(): DialPlan {
    return this.line.dialPlan
  }

  /** Calls `listener` after each change of the snapshot, until `signal` aborts. */
  subscribe(listener: SnapshotListener<PhoneSnapshot>, options?: ListenOptions): void {
    this.line.store.subscribe(listener, options)
  }

  /**
   * Calls `handler` at each event of that name, until `off` or `signal`.
   *
   * @throws {PhoneError} 4901 without name or handler, 4902 for a name that is no event.
   */
  on<Name extends keyof PhoneEvents>(
    name: Name,
    handler: (event: PhoneEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.line.check('on', () => {
      if (typeof name !== 'string' || typeof handler !== 'function') refuse('4901')
      if (!phoneEventNames.includes(name)) refuse('4902')
    })
    this.line.events.on(name, handler, options)
  }

  /** Ends what `on` began; without `handler` for all handlers of that name. */
  off<Name extends keyof PhoneEvents>(name: Name, handler?: (event: PhoneEvents[Name]) => void): void {
    this.line.events.off(name, handler)
  }

  /** Sets options; those left out stay as they are. */
  configure(options: PhoneOptions): void {
    this.line.configure(options)
  }

  /** The version of the package, `1.0.0`. */
  getVersion(): string {
    return version
  }

  /** The servers of the next peer connection; none by default. */
  getIceServers(): readonly RTCIceServer[] {
    return this.line.ice.settings.iceServers
  }

  /** Servers for the next peer connection, with `urls` or the original's `url`. Refuses with 4811. */
  setIceServers(iceServers: readonly IceServerOption[]): void {
    this.line.check('setIceServers', () => this.line.ice.setIceServers(iceServers))
  }

  /** Goes back to no servers. */
  resetIceServers(): void {
    this.line.ice.reset('iceServers')
  }

  /** Which candidates the next peer connection may use. Default `all`. */
  getIceTransport(): 'all' | 'none' | 'relay' {
    return this.line.ice.settings.iceTransport
  }

  /** Which candidates the next peer connection may use. Refuses with 4821. */
  setIceTransport(iceTransport: 'all' | 'none' | 'relay'): void {
    this.line.check('setIceTransport', () => this.line.ice.setIceTransport(iceTransport))
  }

  /** Goes back to `all`. */
  resetIceTransport(): void {
    this.line.ice.reset('iceTransport')
  }

  /** Whether the next peer connection may use IPv6. Default `false`. */
  getIpv6(): boolean {
    return this.line.ice.settings.ipv6
  }

  /** Whether the next peer connection may use IPv6. Refuses with 4831. */
  setIpv6(ipv6: boolean): void {
    this.line.check('setIpv6', () => this.line.ice.setIpv6(ipv6))
  }

  /** Goes back to `false`. */
  resetIpv6(): void {
    this.line.ice.reset('ipv6')
  }

  /** The number as the dial plan dials it; `false`, and error 3810, for what is none. */
  cleanPhoneNumber(number: string): string | false {
    const clean = cleanPhoneNumber(number, loadedNumberFormat, this.dialPlan)
    if (clean === false) this.line.tell('3810', 'cleanPhoneNumber')
    return clean
  }

  /** A number as people write it; `false`, and error 3820, for nothing at all. */
  formatNumber(number: string): string | false {
    const text = formatNumber(number, loadedNumberFormat, this.dialPlan)
    if (text === false) this.line.tell('3820', 'formatNumber')
    return text
  }

  /** The parts of an address as `event.from` has it; `null`, and error 3830, for what is none, and `null` for nothing at all. */
  getCallerInfo(callerUri: string): CallerInfo | null {
    const info = getCallerInfo(callerUri)
    if (info === null && callerUri !== undefined && callerUri !== null) this.line.tell('3830', 'getCallerInfo')
    return info
  }

  /** The sound of a key, to the user alone; silent unless the phone makes tones. */
  playTone(digit: string): void {
    this.line.sounds?.key(digit)
  }

  /** Starts sound that the browser had blocked; works within a gesture of the person. */
  async unlockOutput(): Promise<void> {
    await Promise.all([this.line.output.unlock(), this.line.sounds?.unlock()])
  }
}
