import { Store } from '../base/store.js';
import { call } from './client.js';

/** @import { ApiError } from './client.js' */
/** @import { Account, Info, Scope } from './types.js' */

/** Who uses the page. */
export class Session extends Store {
    /** @type {'unknown' | 'in' | 'out'} */
    state = 'unknown';
    /** @type {Account | null} */
    account = null;
    /** @type {Info} */
    info = {};

    /** Asks who it is. Whoever needs no login is in. */
    async find() {
        try {
            this.account = await call('GET', 'api/me', { quiet: true });
            this.state = 'in';
        } catch (error) {
            const { status } = /** @type {ApiError} */ (error);
            this.account = null;
            this.state = status === 401 || status === 403 ? 'out' : 'in';
            // a service that is older than this page tells nothing of itself
            this.info = await call('GET', 'api/info', { quiet: true }).catch(() => ({}));
        }
        this.changed();
    }

    /** The service does not know any more who it is. */
    end() {
        this.state = 'out';
        this.account = null;
        this.changed();
    }

    /** Until it is known who it is, everything is tried. @param {Scope} scope */
    may(scope) {
        return this.state !== 'out'
            ? (this.account?.scopes.includes(scope) ?? true)
            : scope === 'upload' && this.info.guestUpload === true;
    }

    /** Whether there is somebody who can log out. */
    get isPerson() {
        return this.state === 'in' && this.account?.access === 'token';
    }
}
