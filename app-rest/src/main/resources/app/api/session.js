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
    /** @type {Info | null} */
    info = null;

    /** Asks who it is, and what the service is like. Whoever needs no login is in. */
    async find() {
        const info = call('GET', 'api/info', { quiet: true }).catch(() => null);
        /** @type {Account | null} */
        let account = null;
        let isOut = false;
        try {
            account = await call('GET', 'api/me', { quiet: true });
        } catch (error) {
            const { status } = /** @type {ApiError} */ (error);
            isOut = status === 401 || status === 403;
        }
        this.info = await info;
        this.account = account;
        this.state = isOut ? 'out' : 'in';
        this.changed();
    }

    /** Returns once it is known who it is, and what the service is like. */
    async known() {
        if (this.state === 'unknown') {
            await new Promise((resolve) => this.addEventListener('change', resolve, { once: true }));
        }
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
            : scope === 'upload' && this.info !== null && this.info.guests !== null;
    }

    /** What may be uploaded; null if nobody knows. */
    get limits() {
        return (this.state === 'out' ? this.info?.guests : this.info?.uploads) ?? null;
    }

    /** Where the service has TLS if this page came without, so that browsers keep no login; empty if they do. */
    get placeWithTls() {
        const place = this.info?.publicUrl ?? '';
        return !isSecureContext && place.startsWith('https:') ? place : '';
    }

    /** Whether there is somebody who can log out. */
    get isPerson() {
        return this.state === 'in' && this.account?.access === 'token';
    }
}
