import { html } from '../lib/lit/lit-html.js';

/** Strokes of 24 by 24. */
const PATHS = {
    upload: 'M12 16V4m0 0-5 5m5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3',
    folder: 'M3 7a2 2 0 0 1 2-2h4l2 2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z',
    camera: 'M4 8h3l1.5-2.5h7L17 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zm8 8.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
    link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
    search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm5-2 4.5 4.5',
    copy: 'M9 9h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1zM16 5V4a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h1',
    check: 'm5 12.5 4.5 4.5L19 7.5',
    close: 'M6 6l12 12M18 6 6 18',
    trash: 'M4 7h16M9 7V4h6v3m3 0-1 13H7L6 7m4 4v5m4-5v5',
    info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-10v6m0-9.5v.01',
    download: 'M12 4v12m0 0-5-5m5 5 5-5M4 19h16',
    left: 'm14.5 5-7 7 7 7',
    right: 'm9.5 5 7 7-7 7',
    plus: 'M12 5v14M5 12h14',
    minus: 'M5 12h14',
    menu: 'M4 7h16M4 12h16M4 17h16',
    retry: 'M20 11a8 8 0 1 0-.6 4M20 5v6h-6',
    warning: 'M12 4 2.5 20h19zm0 6v4.5m0 2.5v.01',
    picture: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm-1 12 5-5 4 4 3.5-3.5L21 17M15.5 10v.01',
    offline: 'M3 3l18 18M8.5 16.5a5 5 0 0 1 5.5-1M5.5 13a9 9 0 0 1 4-2.2m4.5.200a9 9 0 0 1 4.5 2.5M2.5 9.5a14 14 0 0 1 4-2.4m5-1.1a14 14 0 0 1 10 3.5M12 20v.01',
    lock: 'M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zm2 0V8a4 4 0 0 1 8 0v3',
    clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-14v5l3.5 2',
    share: 'M12 15V3m0 0L8 7m4-4 4 4M7 11H5v10h14V11h-2',
    key: 'M8 18a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm3-7 9-8m-4 4 3 3',
    user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9a8 8 0 0 1 16 0',
    plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0zm6 9v4',
    people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-7 9a7 7 0 0 1 14 0M16 4.5a3.5 3.5 0 0 1 0 6.5m2.5 3a7 7 0 0 1 3.5 6',
    chart: 'M4 20h16M7 16v-5m5 5V5m5 11V9',
    book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zm0 13a3 3 0 0 1 3-3h11',
    keyboard: 'M3 7h18v11H3zm4 4v.01M12 11v.01M17 11v.01M8 14.5h8',
    leave: 'M14 4H5v16h9m-3-8h10m0 0-4-4m4 4-4 4',
    pencil: 'm4 20 1-4L16.5 4.5l3 3L8 19z',
    globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z',
    album: 'M4 8h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM6 5h12M8 2h8M3 18l5-4.5 3 2.5 4.5-4L21 17.5',
    tag: 'M3 4h8l9.5 9.5-7.5 7.5L3 11zm4.5 4.5v.01',
    more: 'M6 12a.9.9 0 1 1-1.8 0 .9.9 0 0 1 1.8 0zm6.9 0a.9.9 0 1 1-1.8 0 .9.9 0 0 1 1.8 0zm6.9 0a.9.9 0 1 1-1.8 0 .9.9 0 0 1 1.8 0z',
    filter: 'M4 6h16M7 12h10M10 18h4',
    first: 'M6 5v14m12-14-7 7 7 7',
    last: 'M18 5v14M6 5l7 7-7 7',
    star: 'm12 4 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z',
    feed: 'M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14M6 18v.01',
    dice: 'M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zm3.5 4.5v.01m7 0v.01M12 12v.01M8.5 15.5v.01m7 0v.01',
    sliders: 'M4 7h9m4 0h3M4 17h3m4 0h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-6 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
};

/** @typedef {keyof typeof PATHS} Icon */

/** A picture of a word, which has to stand beside it or in the label. @param {Icon} name */
export function icon(name) {
    return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
