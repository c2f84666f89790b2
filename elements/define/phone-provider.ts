import { AttPhone } from '../att-phone/att-phone.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

/* Registers `<att-phone>` without the tags it shows when it is empty: for pages that fill it with tags of their own. */
attachContextRoot()
if (!customElements.get('att-phone')) customElements.define('att-phone', AttPhone)
else warnOfOtherVersion('att-phone')
