/* The tags in the JSX of React 19: `import type {} from 'att-phone/react'`, once in a project. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { TagName, TagProps } from './tags.js'

type Html<Tag extends TagName> = DetailedHTMLProps<
  HTMLAttributes<HTMLElementTagNameMap[Tag]>,
  HTMLElementTagNameMap[Tag]
>

type PhoneTags = { [Tag in TagName]: TagProps[Tag] & Omit<Html<Tag>, keyof TagProps[Tag]> & { class?: string } }

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends PhoneTags {}
  }
}
