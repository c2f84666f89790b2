import { AttHoldButton } from '../att-hold-button/att-hold-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-hold-button')) customElements.define('att-hold-button', AttHoldButton)
else warnOfOtherVersion('att-hold-button')
