import { AttHangupButton } from '../att-hangup-button/att-hangup-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-hangup-button')) customElements.define('att-hangup-button', AttHangupButton)
else warnOfOtherVersion('att-hangup-button')
