import { AttRejectButton } from '../att-reject-button/att-reject-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-reject-button')) customElements.define('att-reject-button', AttRejectButton)
else warnOfOtherVersion('att-reject-button')
