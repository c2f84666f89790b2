/* The tags in the markup of Svelte 5: `import type {} from 'att-phone/svelte'`, once in a project. */
import type { HTMLAttributes } from 'svelte/elements'
import type { TagName, TagProps } from './tags.js'

/** Components of the older kind listen by `on:`. */
type OlderEvents<Props> = {
  [Name in keyof Props as Name extends `onatt-${infer Event}` ? `on:att-${Event}` : never]: Props[Name]
}

type PhoneTags = {
  [Tag in TagName]: TagProps[Tag] &
    OlderEvents<TagProps[Tag]> &
    Omit<HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof TagProps[Tag]>
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends PhoneTags {}
}
