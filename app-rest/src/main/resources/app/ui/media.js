import { Store } from '../base/store.js';

/** What the window is like now. */
class Media extends Store {
    /** @param {string} query as in a style sheet */
    constructor(query) {
        super();
        this.list = matchMedia(query);
        this.list.addEventListener('change', () => this.changed());
    }

    get matches() {
        return this.list.matches;
    }
}

/** As wide as a phone, where little stands beside each other. */
export const narrow = new Media('(width < 40rem)');
/** Narrower than what has room for all buttons. */
export const tight = new Media('(width < 76rem)');
