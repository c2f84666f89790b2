import { AttScreenShareButton } from '../att-screen-share-button/att-screen-share-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-screen-share-button'))
  customElements.define('att-screen-share-button', AttScreenShareButton)
else warnOfOtherVersion('att-screen-share-button')
