import { callName, incomingText } from '../base/call-words.ts'
import { incomingCall } from '../base/phone-state.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { PageBehaviour } from './page-behaviour.ts'

function show({ phone, messages }: PageBehaviour, call: CallSnapshot): Notification | null {
  const name = callName(phone, call, messages())
  try {
    // A second tab of the site with the same call replaces the notification of the first.
    const tag = `att-call-${call.remote.address}`
    const shown = new Notification(name, { body: incomingText(call, messages()), tag, requireInteraction: true })
    shown.addEventListener('click', () => {
      window.focus()
      shown.close()
    })
    return shown
  } catch {
    // A browser may have the constructor for service workers alone, as Chrome on Android does.
    return null
  }
}

/** The browser asks the person, once, and only after a press on the phone. */
function askOnPress({ host, signal }: PageBehaviour): void {
  if (Notification.permission !== 'default') return
  const ask = (): void => void Promise.resolve(Notification.requestPermission()).catch(() => {})
  host.addEventListener('click', ask, { once: true, signal })
}

/** Shows a notification of the desktop while somebody calls and the page is not looked at, until `signal` aborts. */
export function notifyOfCalls(behaviour: PageBehaviour): void {
  const { phone, signal } = behaviour
  if (!('Notification' in globalThis)) return
  askOnPress(behaviour)
  let shown: Notification | null = null
  let index: number | null = null
  const close = (): void => {
    shown?.close()
    shown = index = null
  }
  const look = (): void => {
    const call = incomingCall(phone.snapshot)
    if (call?.index === index || (call && (!document.hidden || Notification.permission !== 'granted'))) return
    close()
    if (!call) return
    index = call.index
    shown = show(behaviour, call)
  }
  phone.subscribe(look, { signal })
  document.addEventListener('visibilitychange', look, { signal })
  signal.addEventListener('abort', close, { once: true })
  look()
}
