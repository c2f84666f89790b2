/*
 * What `<script type="module" src="autoloader.js">` loads: next to nothing, and then each tag that the page holds, when
 * it holds it.
 */
import '../define/autoloader.ts'

export { allDefined } from '../define/all-defined.ts'
export { autoload } from '../define/autoload.ts'
