import { css } from 'lit'

export const callViewStyles = css`
  :host {
    display: grid;
    min-block-size: var(--att-call-view-height, 12rem);
    container-type: inline-size;
  }
  .root {
    position: relative;
    display: grid;
    min-block-size: 0;
    overflow: hidden;
    border-radius: var(--att-call-view-radius, 18px);
  }
  .person {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--step);
    padding: calc(var(--step) * 2);
    text-align: center;
    min-inline-size: 0;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: var(--att-call-view-avatar, 112px);
    block-size: var(--att-call-view-avatar, 112px);
    margin-block-end: calc(var(--step) * 4);
    border-radius: 50%;
    font-size: calc(var(--att-call-view-avatar, 112px) * 0.32);
    font-weight: 550;
    color: var(--avatar-ink);
    background: var(--avatar);
  }
  .avatar .icon {
    inline-size: 55%;
    block-size: 55%;
  }
  .name {
    max-inline-size: 100%;
    margin: 0;
    font-size: 1.5em;
    font-weight: 600;
    line-height: 1.25;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .line {
    margin: 0;
    max-inline-size: 100%;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .address {
    font-size: 0.8125em;
  }
  .ringing .avatar {
    animation: ring 1.6s ease-out infinite;
  }
  .dim .avatar {
    opacity: 0.55;
  }
  @keyframes ring {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--go) 45%, transparent);
    }
    to {
      box-shadow: 0 0 0 var(--ring, 30px) transparent;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .ringing .avatar {
      animation: none;
      outline: 3px solid var(--go);
      outline-offset: 4px;
    }
  }
  video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    background: #0d0f14;
  }
  .remote {
    position: absolute;
    inset: 0;
  }
  .empty {
    opacity: 0;
  }
  .local {
    position: absolute;
    inset-inline-end: 16px;
    inset-block-end: calc(16px + var(--att-call-view-inset, 0px));
    inline-size: clamp(64px, 28cqi, 160px);
    block-size: auto;
    aspect-ratio: 3 / 4;
    border-radius: 18px;
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.4);
    transform: scaleX(-1);
  }
  .video .person {
    position: relative;
    grid-auto-flow: column;
    justify-content: start;
    align-content: start;
    align-items: baseline;
    gap: 10px;
    padding: 16px 18px 40px;
    color: #fff;
    text-align: start;
    background: linear-gradient(rgb(0 0 0 / 0.55), transparent);
    align-self: start;
  }
  .video .avatar,
  .video .address {
    display: none;
  }
  .video .name {
    font-size: 1em;
    -webkit-line-clamp: 1;
  }
  .video .line {
    color: inherit;
    white-space: nowrap;
  }
  :host([compact]) {
    min-block-size: 0;
  }
  :host([compact]) .person {
    grid-template-columns: 44px 1fr;
    column-gap: 12px;
    justify-items: start;
    row-gap: 0;
    text-align: start;
  }
  :host([compact]) .avatar {
    --ring: 8px;
    grid-row: span 2;
    inline-size: 44px;
    block-size: 44px;
    margin: 0;
    font-size: 15px;
  }
  :host([compact]) .name {
    font-size: 1em;
    -webkit-line-clamp: 1;
  }
  :host([compact]) .line {
    font-size: 0.8125em;
  }
  :host([compact]) .address {
    display: none;
  }
`
