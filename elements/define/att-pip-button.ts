import { AttPipButton } from '../att-pip-button/att-pip-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-pip-button')) customElements.define('att-pip-button', AttPipButton)
else warnOfOtherVersion('att-pip-button')
