/* The tags in the templates of Vue 3: `import type {} from 'att-phone/vue'`, once in a project. */
import type { HTMLAttributes, PublicProps } from 'vue'
import type { TagName, TagProps } from './tags.js'

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name

/** `@att-call-connected` is the property `onAttCallConnected` to Vue. */
type Listeners<Props> = {
  [Name in keyof Props as Name extends `onatt-${infer Event}` ? `onAtt${Capitalize<Camel<Event>>}` : never]: Props[Name]
}

type Attributes<Props> = { [Name in keyof Props as Name extends `onatt-${string}` ? never : Name]: Props[Name] }

type PhoneTags = {
  [Tag in TagName]: new () => {
    $props: Attributes<TagProps[Tag]> &
      Listeners<TagProps[Tag]> &
      Omit<HTMLAttributes, keyof TagProps[Tag]> &
      PublicProps & { slot?: string }
    $slots: { default?: () => unknown }
  }
}

declare module 'vue' {
  interface GlobalComponents extends PhoneTags {}
}
