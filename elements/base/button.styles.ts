import { css } from 'lit'

/** A round control with its label below. */
export const buttonStyles = css`
  .control {
    display: grid;
    justify-items: center;
    gap: calc(var(--step) * 1.5);
    min-inline-size: 44px;
    font-size: 0.8125em;
    color: var(--muted);
  }
  .control:focus-visible {
    outline: none;
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: var(--att-button-width, var(--att-button-size, 64px));
    max-inline-size: 100%;
    block-size: max(44px, var(--att-button-size, 64px));
    border-radius: 99px;
    background: var(--att-button-background, var(--raised));
    color: var(--att-button-ink, var(--ink));
    transition: scale 0.12s;
  }
  .control:focus-visible .disc {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .control:hover .disc {
    background: color-mix(in srgb, var(--ink) 8%, var(--att-button-background, var(--raised)));
  }
  .control:active .disc {
    scale: 0.94;
  }
  .control.go .disc {
    background: var(--go);
    color: var(--go-ink);
  }
  .control.stop .disc {
    background: var(--stop);
    color: var(--stop-ink);
  }
  .control.go:hover .disc,
  .control.stop:hover .disc {
    filter: brightness(1.08);
  }
  .control[aria-pressed='true'] .disc {
    background: var(--att-button-ink, var(--ink));
    color: var(--att-button-pressed-ink, var(--surface));
  }
  .control[aria-disabled='true'] {
    cursor: not-allowed;
  }
  .control[aria-disabled='true'] .disc {
    opacity: 0.45;
    scale: 1;
    filter: none;
  }
  .control[aria-busy='true'] .disc {
    animation: busy 1s ease-in-out infinite alternate;
  }
  @keyframes busy {
    to {
      opacity: 0.6;
    }
  }
  @media (forced-colors: active) {
    .disc {
      border: 1px solid ButtonText;
    }
    .control[aria-pressed='true'] .disc {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .control[aria-disabled='true'] .disc {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .disc {
      animation: none !important;
      transition: none;
    }
  }
`
