import { dialledByUri } from '../base/tel-uri.ts'
import { request } from '../events/request-event.ts'
import type { PageBehaviour } from './page-behaviour.ts'

type Link = HTMLAnchorElement | SVGAElement | HTMLAreaElement

const isLink = (target: EventTarget): target is Link =>
  target instanceof HTMLAnchorElement || target instanceof SVGAElement || target instanceof HTMLAreaElement

/** The number of the link that was clicked; `null` for any other click. */
function clickedNumber(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null
  // A person who opens, saves or copies the link means the link.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null
  // The link may be in the shadow of a tag of the page.
  const link = event.composedPath().find(isLink)
  const href = link?.getAttribute('href') ?? link?.getAttribute('xlink:href') ?? ''
  return /^\s*tel:/i.test(href) ? dialledByUri(href) : null
}

/**
 * Calls the `tel:` links of the page (RFC 3966) with the phone, until `signal` aborts. Links that the page handles
 * itself are left alone; while the phone cannot call, a link does what it did before.
 */
export function captureTelLinks({ host, phone, signal }: PageBehaviour): void {
  const clicked = (event: MouseEvent): void => {
    const destination = clickedNumber(event)
    const { session, calls } = phone.snapshot
    if (!destination || session.state !== 'ready' || calls.length > 0) return
    event.preventDefault()
    const mediaType = host.mediaType === 'video' ? 'video' : 'audio'
    if (request(host, 'att-dial-request', { destination, mediaType })) void phone.dial({ destination, mediaType })
  }
  // On the window, after the page's own listeners have had their say.
  window.addEventListener('click', clicked, { signal })
}
