import { html, nothing } from '../lib/lit/lit-html.js';
import { call, explain, SERVICE } from '../api/client.js';
import { Store } from '../base/store.js';
import { t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { remarkOnTransport } from './transport.js';

/** @import { Session } from '../api/session.js' */

/** What somebody shows to come in. @typedef {'token' | 'password' | 'link'} Way */

/** Where the page is below the service. */
const PATH = `/${location.pathname.slice(SERVICE.pathname.length)}`;

class Login extends Store {
    /** @type {Way} */
    way = 'token';
    isBusy = false;
    /** @type {any} */
    error = null;

    /** @param {Partial<Login>} change */
    set(change) {
        Object.assign(this, change);
        this.changed();
    }
}

/**
 * Where people log in. A secret that stands in the address is taken out of it at once, and is good once.
 *
 * @param {{ session: Session, rest: string[], onLogin: () => Promise<void> }} visit
 */
export function page({ session, rest: [secret], onLogin }) {
    const login = new Login();
    const show = async (/** @type {object} */ credential) => {
        login.set({ isBusy: true, error: null });
        try {
            await call('POST', 'api/session', { json: credential, quiet: true });
            await onLogin();
        } catch (error) {
            login.set({ isBusy: false, error });
        }
    };
    const showLink = async (/** @type {string} */ link) => {
        await session.known();
        if (!session.placeWithTls) {
            await show({ link });
        }
    };
    if (secret) {
        history.replaceState(null, '', '#/login');
        login.way = 'link';
        void showLink(decodeURIComponent(secret));
    }
    const remark = () => remarkOnTransport(session, secret ? `#/login/${secret}` : '');
    return { template: () => template(login, session, show, remark), stores: [login] };
}

/**
 * @param {Login} login
 * @param {Session} session
 * @param {(credential: object) => Promise<void>} show
 * @param {() => unknown} remark
 */
function template(login, session, show, remark) {
    const isPassword = login.way === 'password';
    const submitted = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        const secret = String(form.get('secret')).trim();
        void show(isPassword ? { name: String(form.get('name')).trim(), password: String(form.get('secret')) }
            : { token: secret });
    };
    return html`<section class="login">
        <span class="notice-picture">${icon('lock')}</span>
        <h1>${t('login')}</h1>
        <p>${t('login.text')}</p>
        ${remark()}
        ${session.placeWithTls ? nothing : ways(login, session, submitted)}
    </section>`;
}

/** @param {Login} login @param {Session} session @param {(event: SubmitEvent) => void} submitted */
function ways(login, session, submitted) {
    const isPassword = login.way === 'password';
    return html`
        ${login.error ? html`<p class="remark alarming" role="alert">${icon('warning')}
            <span>${explain(login.error)}</span></p>` : nothing}
        <div class="tabs" role="group" aria-label=${t('login.ways')}>
            ${way(login, 'token')}${way(login, 'password')}
        </div>
        <form class="fields" @submit=${submitted}>
            ${isPassword ? html`<label>${t('login.name')}
                <input name="name" required autocomplete="username" autocapitalize="none" spellcheck="false"></label>`
                : html`<input class="out-of-sight" name="name" value="token" autocomplete="username" tabindex="-1"
                    aria-hidden="true" readonly>`}
            <label>${t(isPassword ? 'login.password' : 'login.token')}
                <input name="secret" type="password" required autofocus maxlength="200"
                    autocomplete="current-password" placeholder=${isPassword ? '' : 'imh_…'}></label>
            <button class="primary" ?disabled=${login.isBusy}>${t(login.isBusy ? 'login.busy' : 'login')}</button>
        </form>
        ${session.info?.login.includes('oidc') ? html`<a class="button"
            href=${`${new URL('api/login', SERVICE)}?next=${encodeURIComponent(PATH)}`}>
            ${icon('user')}${t('login.elsewhere')}</a>` : nothing}
        <details><summary>${t('login.none')}</summary><p>${t('login.noneText')}</p>
            <code>imagehost token create NAME</code></details>`;
}

/** @param {Login} login @param {'token' | 'password'} name */
function way(login, name) {
    return html`<button type="button" aria-pressed=${login.way === name || (name === 'token' && login.way === 'link')}
        @click=${() => login.set({ way: name, error: null })}>${t(`login.by.${name}`)}</button>`;
}
