/*
 * How well a call is heard, by the E-model: ITU-T G.107 (06/2015), https://www.itu.int/rec/T-REC-G.107
 *
 *   R = (Ro - Is) - Idd - Ie,eff + A
 *
 * Ro - Is is 93.2 with every default of its Table 2 (signal to noise, and what comes with the signal); A, the patience
 * of a user with mobile access, is 0. Of the delay Idd counts, the mere lateness; echo is taken for cancelled,
 * which is the browser's task. What the browsers do against jitter shows as delay and as packets that came too late.
 */

const basicRating = 93.2

/** What a codec costs by itself (Ie), and how well it stands random loss (Bpl); its own delay, coder and frame, in ms. */
interface CodecParameters {
  readonly impairment: number
  readonly robustness: number
  readonly delay: number
}

/**
 * PCMU and PCMA: G.113 Appendix I, with concealment of what is lost, which every browser does.
 *
 * Opus: its robustness at 31 kbit/s, variable rate, by Alahmadi, Počta, Melvin, "Instrumental Estimation of E-model
 * Equipment Impairment Factor Parameters for Super-wideband Opus Codec" (ISSC 2021). G.722: no value for the
 * narrow-band scale is published; it is taken as PCMU, whose waveform it codes in two bands and which is concealed alike.
 * Neither gets a bonus for its wider band: scores stay comparable between codecs, and none is above 4.4.
 */
const codecs: Readonly<Record<string, CodecParameters>> = {
  opus: { impairment: 0, robustness: 10.4, delay: 26.5 },
  pcmu: { impairment: 0, robustness: 25.1, delay: 20 },
  pcma: { impairment: 0, robustness: 25.1, delay: 20 },
  g722: { impairment: 0, robustness: 25.1, delay: 21.5 },
}

/** A codec that is not listed is taken for one that is not concealed: better too low than too high. */
const otherCodec: CodecParameters = { impairment: 0, robustness: 4.3, delay: 20 }

export interface Transmission {
  /** Name as in SDP, in any case. */
  readonly codec: string
  /** Share of packets that did not come or came too late, 0 to 1. */
  readonly loss: number
  /** One way from mouth to ear but for the codec, in ms. */
  readonly delay: number
}

/** Idd by the delay from mouth to ear, in ms, at the default sensitivity to delay: G.107 equations 7-27 to 7-29. */
function delayImpairment(delay: number): number {
  if (delay <= 100) return 0
  const x = Math.log2(delay / 100)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/** Ie,eff by random loss in percent: G.107 equation 7-30 with BurstR = 1. */
function lossImpairment({ impairment, robustness }: CodecParameters, percent: number): number {
  return impairment + (95 - impairment) * (percent / (percent + robustness))
}

/** The rating factor R: 0 unusable, from 60 poor, 70 fair, 80 good, to 93.2. */
export function ratingFactor({ codec, loss, delay }: Transmission): number {
  const parameters = codecs[codec.toLowerCase()] ?? otherCodec
  return basicRating - delayImpairment(delay + parameters.delay) - lossImpairment(parameters, loss * 100)
}

/** What people would say of it on average, from 1 (bad) to 4.5 (excellent): G.107 Annex B, equation B-4. */
export function meanOpinionScore(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  // Between 0 and 6.5 the polynomial dips below its own scale.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}
