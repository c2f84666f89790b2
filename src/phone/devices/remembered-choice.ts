import { readChoice, type DeviceChoice } from './device-setup.ts'

const key = 'att.devices'

/** The choice of devices that this browser keeps; nothing where it keeps none or forbids to look. */
export function rememberedChoice(): Partial<DeviceChoice> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return typeof kept === 'object' && kept !== null ? readChoice(kept) : {}
  } catch {
    return {}
  }
}

/** Keeps the choice for the next visit; `null` forgets it. A browser that keeps nothing begins anew each time. */
export function remember(choice: DeviceChoice | null): void {
  try {
    if (choice) localStorage.setItem(key, JSON.stringify(choice))
    else localStorage.removeItem(key)
  } catch {
    // Nothing to do.
  }
}
