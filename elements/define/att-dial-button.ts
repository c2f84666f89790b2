import { AttDialButton } from '../att-dial-button/att-dial-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-dial-button')) customElements.define('att-dial-button', AttDialButton)
else warnOfOtherVersion('att-dial-button')
