import { html, nothing } from '../lib/lit/lit-html.js';
import { call, explain } from '../api/client.js';
import { Store } from '../base/store.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { remarkOnTransport } from './transport.js';

/** @import { Session } from '../api/session.js' */

class Registration extends Store {
    isBusy = false;
    /** @type {any} */
    error = null;
}

/**
 * Where people who were invited become owners. The invitation is taken out of the address at once.
 *
 * @param {{ session: Session, rest: string[], onLogin: () => Promise<void> }} visit
 */
export function page({ session, rest: [secret = ''], onLogin }) {
    const registration = new Registration();
    history.replaceState(null, '', '#/invitation');
    const register = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        registration.isBusy = true;
        registration.changed();
        try {
            await call('POST', 'api/invitation', {
                json: {
                    invitation: decodeURIComponent(secret),
                    name: form.get('name'),
                    password: form.get('password'),
                },
                quiet: true,
            });
            await onLogin();
        } catch (error) {
            Object.assign(registration, { isBusy: false, error });
            registration.changed();
        }
    };
    return {
        stores: [registration],
        template: () => html`<section class="login">
            <span class="notice-picture">${icon('user')}</span>
            <h1>${t('invited')}</h1>
            <p>${t('invited.text')}</p>
            ${remarkOnTransport(session, `#/invitation/${secret}`)}
            ${registration.error ? html`<p class="remark alarming" role="alert">${icon('warning')}
                <span>${explain(registration.error)}</span></p>` : nothing}
            ${session.placeWithTls ? nothing : html`<form class="fields" @submit=${register}>
                <label>${t('login.name')}<input name="name" required autofocus pattern="[a-z][a-z0-9._@\\-]{0,63}"
                    title=${t('owners.nameRule')} autocomplete="username" autocapitalize="none" spellcheck="false"></label>
                <label>${t('password.new')}<input name="password" type="password" required minlength="10" maxlength="200"
                    autocomplete="new-password"></label>
                <button class="primary" ?disabled=${registration.isBusy}>${t('invited.register')}</button>
            </form>`}
        </section>`,
    };
}
