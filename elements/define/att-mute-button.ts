import { AttMuteButton } from '../att-mute-button/att-mute-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-mute-button')) customElements.define('att-mute-button', AttMuteButton)
else warnOfOtherVersion('att-mute-button')
