import { AttQuality } from '../att-quality/att-quality.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-quality')) customElements.define('att-quality', AttQuality)
else warnOfOtherVersion('att-quality')
