import { AttConferencePanel } from '../att-conference-panel/att-conference-panel.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-conference-panel')) customElements.define('att-conference-panel', AttConferencePanel)
else warnOfOtherVersion('att-conference-panel')
