import { css } from 'lit'

/** The phone during a call: its controls, what opens beside it, and the picture that fills it. */
export const callControlsStyles = css`
  .call {
    --att-call-view-height: 10rem;
    --card: var(--raised);
    --key: color-mix(in srgb, var(--ink) 9%, var(--raised));
  }
  .call:has(att-call-list) {
    --att-call-view-avatar: 84px;
  }
  .controls {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    justify-items: center;
    align-items: start;
    gap: calc(var(--step) * 3.5) 4px;
    inline-size: 100%;
    max-inline-size: 300px;
    margin-inline: auto;
  }
  .sound-open .controls,
  .add-open:not(.conference, :has(att-incoming-call, .second)) .controls,
  .conference:not(.video) att-call-view,
  .conference .control.transfer,
  .conference:not(.video, .add-open) :is(att-camera-button, .control.add),
  .conference.add-open att-dialpad,
  att-conference-panel::part(end) {
    display: none;
  }
  att-conference-panel {
    flex: 1;
  }
  .second {
    --att-raised: var(--key);
    flex-wrap: wrap;
    padding: 12px;
    background: var(--card);
    --att-button-size: 48px;
  }
  .second p {
    flex-basis: 100%;
  }
  att-call-list,
  att-incoming-call {
    min-inline-size: 0;
  }
  att-incoming-call {
    --att-surface: var(--card);
    --att-raised: var(--key);
    --att-shadow: none;
    --att-incoming-call-radius: 18px;
    --att-incoming-call-padding: 12px;
    --att-incoming-call-button-size: 48px;
  }
  att-call-list {
    --att-raised: var(--card);
  }
  att-transfer {
    flex: 1;
  }
  .transfer .icon:dir(rtl) {
    scale: -1 1;
  }
  @container (width < 560px) {
    .call:not(.keypad-open, .add-open) att-dialpad,
    .call:has(att-incoming-call, .second) :is(att-dialpad, att-transfer, .panel) {
      display: none;
    }
    .keypad-open,
    .add-open {
      --att-key-size: calc(var(--step) * 12);
    }
    .keypad-open att-conference-panel,
    .keypad-open :is(att-camera-button, att-screen-share-button, .control.add, .control.transfer, [name='controls']),
    :not(.video) > .side .control.more,
    .video:not(.more-open)
      :is(att-hold-button, att-screen-share-button, .control.add, .control.transfer, [name='controls']) {
      display: none;
    }
    .video .controls {
      --att-button-size: clamp(44px, 16cqi, 56px);
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .video {
      color-scheme: dark;
      --att-ink: #fff;
      --att-muted: #d9dce3;
      --att-raised: rgb(70 75 88 / 0.75);
      --att-surface: #14161a;
      --att-call-view-radius: 0;
      --att-call-view-inset: 190px;
      --ink: #fff;
      --muted: #d9dce3;
      --raised: rgb(70 75 88 / 0.75);
      --surface: #0d0f14;
      --card: rgb(35 38 45 / 0.92);
      --key: rgb(255 255 255 / 0.14);
    }
    .video.more-open {
      --att-call-view-inset: 280px;
    }
    .video .bar {
      display: none;
    }
    .video att-call-view {
      position: absolute;
      inset: 0;
    }
    .video .side {
      position: relative;
      margin: auto calc(var(--inset) * -1) calc(var(--step) * -5.5);
      padding: 40px var(--inset) calc(var(--step) * 5.5);
      background: linear-gradient(transparent, rgb(0 0 0 / 0.7) 60%);
    }
    .video .notice {
      background: #23262d;
    }
    .video :is(att-call-list, att-incoming-call, .second) {
      z-index: 1;
      margin-block-start: 40px;
    }
  }
  @container (width < 280px) {
    .keypad-open,
    .add-open {
      --att-key-size: 44px;
    }
  }
  @container (width < 13em) {
    .controls,
    .video .controls {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .video {
      --att-call-view-inset: 330px;
    }
  }
  @container (width >= 560px) {
    .call {
      --att-button-size: 52px;
      --att-key-size: calc(var(--step) * 12);
    }
    .control.keypad,
    .control.more,
    :is(.transfer-open, .sound-open) att-dialpad {
      display: none;
    }
    .call:not(.video):has(att-incoming-call, .second) att-call-view {
      padding-block-start: 170px;
    }
    att-transfer,
    .panel {
      grid-area: 2 / 2;
    }
    att-conference-panel {
      grid-area: 2 / 1 / 4;
    }
    att-call-list,
    att-incoming-call,
    .card.second {
      grid-area: 2 / 1;
      align-self: start;
      z-index: 1;
    }
  }
`
