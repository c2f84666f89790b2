import { css } from 'lit'

export const participantTilesStyles = css`
  .tiled {
    grid-template-rows: auto minmax(0, 1fr);
  }
  .tiled .person {
    grid-auto-flow: column;
    justify-content: space-between;
    align-items: baseline;
    padding: calc(var(--step) * 3) calc(var(--step) * 4.5) calc(var(--step) * 2);
    text-align: start;
  }
  .tiled .person .avatar {
    display: none;
  }
  .tiled .name {
    font-size: 1em;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 120px), 1fr));
    grid-auto-rows: minmax(72px, 1fr);
    gap: calc(var(--step) * 1.5);
    min-block-size: 0;
    margin: 0;
    padding: 0 0 var(--att-call-view-inset, 0px);
    list-style: none;
  }
  .tiles.speaker {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 84px), 1fr));
    grid-template-rows: minmax(120px, 3fr);
  }
  .tile {
    position: relative;
    display: grid;
    place-items: center;
    min-inline-size: 0;
    min-block-size: 0;
    overflow: hidden;
    border-radius: calc(var(--att-call-view-radius, 18px) * 0.8);
    background: var(--raised);
  }
  .tile.large {
    grid-column: 1 / -1;
  }
  .tile .avatar {
    inline-size: 56px;
    block-size: 56px;
    margin: 0;
    font-size: 20px;
  }
  .tile video {
    position: absolute;
    inset: 0;
    object-fit: cover;
    background: none;
  }
  .tile.own video {
    transform: scaleX(-1);
  }
  .tile .caption {
    position: absolute;
    inset-inline: calc(var(--step) * 2);
    inset-block-end: calc(var(--step) * 1.5);
    overflow: hidden;
    inline-size: fit-content;
    max-inline-size: calc(100% - var(--step) * 4);
    padding: 2px 8px;
    border-radius: 10px;
    font-size: 0.8125em;
    color: #fff;
    background: rgb(0 0 0 / 0.65);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tile.speaking::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 3px solid var(--go);
    border-radius: inherit;
    pointer-events: none;
  }
  @media (forced-colors: active) {
    .tile {
      border: 1px solid CanvasText;
    }
    .tile.speaking::after {
      border-color: Highlight;
    }
  }
`
