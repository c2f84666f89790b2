/* Lets somebody call the phone of this page: a second phone in the same page, with a name of its own. */
import { Phone } from '/cdn/att-phone.js'

async function call(number, displayName, mediaType) {
  const caller = new Phone()
  for (const over of ['call:disconnected', 'call:rejected', 'call:canceled', 'error']) {
    caller.on(over, () => setTimeout(() => caller.dispose()))
  }
  // One microphone for both: the caller's is off, so that nobody hears their own voice twice.
  caller.on('call:connected', () => caller.mute())
  const userId = `${displayName.split(' ', 1)[0].toLowerCase()}-${Math.random().toString(36).slice(2, 6)}`
  await caller.login({ userId, displayName })
  await caller.dial({ destination: number, mediaType })
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('[data-caller]')
  if (!button) return
  const number = document.querySelector('att-phone')?.phone?.snapshot.session.userId
  if (number) call(number, button.dataset.caller, button.dataset.media ?? 'audio').catch(() => {})
})
