/* The tags in the JSX of Preact: `import type {} from 'att-phone/preact'`, once in a project. */
import type { ClassAttributes, HTMLAttributes } from 'preact'
import type { TagName, TagProps } from './tags.js'

type Html<Tag extends TagName> = HTMLAttributes<HTMLElementTagNameMap[Tag]> &
  ClassAttributes<HTMLElementTagNameMap[Tag]>

type PhoneTags = { [Tag in TagName]: TagProps[Tag] & Omit<Html<Tag>, keyof TagProps[Tag]> }

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends PhoneTags {}
  }
}
