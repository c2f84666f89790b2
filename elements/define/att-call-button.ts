import { AttCallButton } from '../att-call-button/att-call-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-call-button')) customElements.define('att-call-button', AttCallButton)
else warnOfOtherVersion('att-call-button')
