import { AttDialpad } from '../att-dialpad/att-dialpad.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-dialpad')) customElements.define('att-dialpad', AttDialpad)
else warnOfOtherVersion('att-dialpad')
