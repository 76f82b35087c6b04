import { html, nothing } from '../lib/lit/lit-html.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';

/** @import { Session } from '../api/session.js' */

/**
 * What people have to know who log in on a page that came without TLS; from this machine, nobody has to know anything.
 *
 * @param {Session} session
 * @param {string} hash where they want to go
 */
export function remarkOnTransport({ placeWithTls }, hash) {
    if (placeWithTls) {
        return html`<p class="remark alarming" role="alert">${icon('warning')}<span>${t('login.noTls')}
            <a href=${`${placeWithTls}/app/${hash}`}>${placeWithTls}</a></span></p>`;
    }
    return isSecureContext ? nothing : html`<p class="remark waiting">${icon('info')}<span>${t('login.plain')}</span></p>`;
}
