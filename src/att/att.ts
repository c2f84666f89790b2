import { browser } from './browser.ts'
import { errorDictionary } from './error-dictionary.ts'
import { extend } from './extend.ts'
import { logManager } from './log-manager.ts'
import { phoneNumber } from './phone-number.ts'
import { RESTClient } from './rest-client.ts'
import { rtc } from './rtc.ts'
import { specialNumbers } from './special-numbers.ts'

/** The namespace that pages of the original SDK use. */
export interface Att {
  readonly rtc: typeof rtc
  readonly browser: typeof browser
  readonly utils: { readonly extend: typeof extend }
  readonly RESTClient: typeof RESTClient
  readonly phoneNumber: typeof phoneNumber
  readonly SpecialNumbers: typeof specialNumbers
  readonly errorDictionary: typeof errorDictionary
  readonly logManager: typeof logManager
  /** Loads the tags, `<att-phone>` and its like; resolves when they are registered. They show the page's phone. */
  readonly registerTags: () => Promise<void>
}

/** Marks a namespace as ours, whichever copy of the script made it. */
const mark = Symbol.for('att.namespace')

interface Page {
  ATT?: unknown
}

/**
 * Defines `ATT` on a page, once: a further copy of the script leaves the first as it is. What the page keeps under that
 * name itself stays beside it, and an element with that id does not stand in the way. Never throws.
 */
export function installAtt(page: Page, registerTags: Att['registerTags']): void {
  // An element whose id is ATT is a property of the window too, and no own one.
  const present: unknown = Object.hasOwn(page, 'ATT') ? page.ATT : undefined
  const kept = typeof present === 'object' && present !== null ? present : {}
  if (mark in kept) return
  const att: Att = {
    rtc,
    browser,
    utils: { extend },
    RESTClient,
    phoneNumber,
    SpecialNumbers: specialNumbers,
    errorDictionary,
    logManager,
    registerTags,
  }
  try {
    page.ATT = Object.assign(Object.isExtensible(kept) ? kept : { ...kept }, att, { [mark]: true })
  } catch {
    // The page has frozen a namespace of its own by that name, and keeps it.
  }
}
