import { AttDevicePicker } from '../att-device-picker/att-device-picker.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-device-picker')) customElements.define('att-device-picker', AttDevicePicker)
else warnOfOtherVersion('att-device-picker')
