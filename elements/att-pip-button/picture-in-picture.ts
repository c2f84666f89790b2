/** The part of the Document Picture-in-Picture API that is used here; the compiler does not know it yet. */
interface DocumentPictureInPicture {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window & typeof globalThis>
}

/** `null` where the browser has no windows of that kind. */
export function documentPictureInPicture(): DocumentPictureInPicture | null {
  const page = globalThis as { readonly documentPictureInPicture?: DocumentPictureInPicture }
  return page.documentPictureInPicture ?? null
}

/** Whether a video can be shown in a window of its own. */
export function hasVideoPictureInPicture(): boolean {
  return 'pictureInPictureEnabled' in document && document.pictureInPictureEnabled
}
