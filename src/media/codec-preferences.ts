/**
 * Puts the codecs of these names first in what `transceiver` negotiates, best first. All others stay behind them, for a
 * far side that has none of these; a name the browser does not know changes nothing.
 */
export function preferCodecs(transceiver: RTCRtpTransceiver, names: readonly string[]): void {
  const known = RTCRtpReceiver.getCapabilities(transceiver.receiver.track.kind)?.codecs
  if (!known || names.length === 0) return
  const wanted = names.map((name) => name.toLowerCase())
  const rank = ({ mimeType }: RTCRtpCodec): number => {
    const at = wanted.indexOf(mimeType.split('/')[1]?.toLowerCase() ?? '')
    return at < 0 ? wanted.length : at
  }
  transceiver.setCodecPreferences([...known].sort((a, b) => rank(a) - rank(b)))
}

/** Names of the codecs that this browser receives, in lower case. */
export function receivableCodecs(kind: 'audio' | 'video'): ReadonlySet<string> {
  const { codecs = [] } = RTCRtpReceiver.getCapabilities(kind) ?? {}
  return new Set(codecs.map(({ mimeType }) => mimeType.split('/')[1]?.toLowerCase() ?? ''))
}
