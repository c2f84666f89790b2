/** What a call carries, as the seed names it: `audio`, or `video` for sound and picture. */
export type MediaType = 'audio' | 'video'

/** The kind of one track. */
export type TrackKind = 'audio' | 'video'

/** The kinds a call of this media type carries. */
export function kindsOf(mediaType: MediaType): readonly TrackKind[] {
  return mediaType === 'video' ? ['audio', 'video'] : ['audio']
}
