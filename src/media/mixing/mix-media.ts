import { LocalMedia } from '../local-media.ts'

/** What one party of a conference is sent. It has all it can have from the beginning: no device is opened for it. */
export class MixMedia extends LocalMedia {
  override capture(): Promise<void> {
    return Promise.resolve()
  }
}
