/* The tags in the JSX of Solid: `import type {} from 'att-phone/solid'`, once in a project. */
import type { JSX } from 'solid-js'
import type { SolidTagProps, TagName, TagProps } from './tags.js'

/** Solid listens to events of this kind by `on:` alone. */
type Attributes<Props> = { [Name in keyof Props as Name extends `onatt-${string}` ? never : Name]: Props[Name] }

type PhoneTags = {
  [Tag in TagName]: Attributes<TagProps[Tag]> &
    SolidTagProps[Tag] &
    Omit<JSX.HTMLAttributes<HTMLElementTagNameMap[Tag]>, keyof TagProps[Tag]>
}

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends PhoneTags {}
  }
}
