import { AttCameraButton } from '../att-camera-button/att-camera-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-camera-button')) customElements.define('att-camera-button', AttCameraButton)
else warnOfOtherVersion('att-camera-button')
