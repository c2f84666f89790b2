/* Registers the tags that the page holds, as it holds them. */
import { autoload, provideTags } from './autoload.ts'
import { furtherTags } from './further-tags.ts'
import { phoneTags } from './phone-tags.ts'

provideTags(phoneTags)
provideTags(furtherTags)

// A server that imports this has no page.
if ('document' in globalThis) autoload()
