import type { MediaType } from '../../src/phone/snapshot.ts'

/** `"false"`, as Vue, Svelte, Astro and React write a false value out. */
export const isOff = (value: unknown): boolean => typeof value === 'string' && value.trim().toLowerCase() === 'false'

/** Of a boolean property: takes what its attribute takes, since Vue and React 19 set the property to what a page wrote. */
export function asWritten(prototype: object, name: PropertyKey): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
  Object.defineProperty(prototype, name, {
    ...descriptor,
    set(value: unknown) {
      descriptor?.set?.call(this, value === '' || (Boolean(value) && !isOff(value)))
    },
  })
}

/**
 * For an attribute that takes one of some words, as enumerated attributes of HTML do: capital letters do not matter, and
 * what is none of the words counts as the first.
 */
export const keyword = <Word extends string | null>(
  ...words: readonly [Word, ...Word[]]
): { readonly fromAttribute: (value: string | null) => Word } => ({
  fromAttribute: (value) => words.find((word) => word === value?.trim().toLowerCase()) ?? words[0],
})

/** `media-type` of what starts a call. */
export const audioOrVideo = keyword<MediaType>('audio', 'video')
