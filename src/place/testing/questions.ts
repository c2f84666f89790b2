/** A browser that knows these names of the permission. */
export class Questions {
  readonly statuses = new Map<string, EventTarget & { state: PermissionState }>()

  constructor(states: Readonly<Record<string, PermissionState>>) {
    for (const [name, state] of Object.entries(states))
      this.statuses.set(name, Object.assign(new EventTarget(), { state }))
  }

  async query({ name }: PermissionDescriptor): Promise<PermissionStatus> {
    const status = this.statuses.get(name)
    if (!status) throw new TypeError(`${name} is no permission`)
    return status as unknown as PermissionStatus
  }

  answer(name: string, state: PermissionState): void {
    const status = this.statuses.get(name)
    if (!status) throw new Error(`${name} was not asked for`)
    status.state = state
    status.dispatchEvent(new Event('change'))
  }
}
