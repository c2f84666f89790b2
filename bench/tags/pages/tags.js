/** @type {string} */
const bundle = '/cdn/att-phone.js'
/** @type {typeof import('../../../elements/cdn/att-phone.ts')} */
const { Phone, allDefined } = await import(bundle)

const phone = Phone.getPhone()

/** When the phone last told of a change. This listener is the first, so that no tag has rendered by then. */
let told = 0
phone.subscribe(() => {
  told ||= performance.now()
})

/** @typedef {import('lit').LitElement} Tag */

/**
 * Every element of the family, those in shadow trees included.
 *
 * @param {ParentNode} tree
 * @returns {Tag[]}
 */
function allTags(tree = document) {
  return [...tree.querySelectorAll('*')].flatMap((element) => [
    ...('updateComplete' in element ? [/** @type {Tag} */ (element)] : []),
    ...(element.shadowRoot ? allTags(element.shadowRoot) : []),
  ])
}

async function rendered() {
  const tags = allTags()
  do await Promise.all(tags.map((tag) => tag.updateComplete))
  while (tags.some((tag) => tag.isUpdatePending))
}

/** @param {string} name @returns {Promise<void>} */
const state = (name) =>
  new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('att-phone')?.getAttribute('state') === name) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })

/**
 * Puts a whole phone and every other tag into the page, in a video call with `echo`.
 *
 * @param {readonly string[]} names
 */
async function talk(names) {
  document.body.append(...['att-phone', ...names].map((name) => document.createElement(name)))
  await allDefined()
  await state('ready')
  await phone.dial({ destination: 'echo', mediaType: 'video' })
  await state('connected')
  await rendered()
}

/**
 * Mutes and unmutes; the times from the phone's word until every tag that shows it has rendered, and until the page has
 * its new layout, in ms.
 *
 * @param {number} count
 */
async function renderTimes(count) {
  const times = []
  for (let time = 0; time < count; time++) {
    told = 0
    await (time % 2 ? phone.unmute() : phone.mute())
    await rendered()
    const tags = performance.now() - told
    document.body.getBoundingClientRect()
    times.push({ tags, layout: performance.now() - told })
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  }
  return times
}

/** @type {{ interactionId: number, duration: number }[]} */
const interactions = []
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { interactionId, duration } = /** @type {PerformanceEventTiming} */ (entry)
    if (interactionId) interactions.push({ interactionId, duration })
  }
}).observe(/** @type {PerformanceObserverInit} */ ({ type: 'event', durationThreshold: 16, buffered: true }))

Object.assign(window, { talk, renderTimes, tags: () => allTags().length, interactions: () => interactions })

export {}
