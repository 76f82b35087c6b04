import { html, nothing } from './lib/lit/lit-html.js';
import { SERVICE } from './api/client.js';
import { settings } from './base/settings.js';
import { places } from './header.js';
import { language, number, size, t } from './i18n/i18n.js';
import { openDialog } from './ui/dialog.js';
import { icon } from './ui/icons.js';
import { select } from './ui/view.js';

/** @import { Session } from './api/session.js' */
/** @import { Account } from './api/types.js' */
/** @import { Key } from './i18n/i18n.js' */

/** Where else to go, and what to choose for this browser. @param {{ session: Session, help: () => void, logOut: () => void }} parts */
export function openMenuDialog({ session, help, logOut }) {
    openDialog((close) => html`
        <div class="dialog-head"><h2>${session.isPerson ? session.account?.name : t('menu')}</h2>
            <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        ${session.account ? room(session.account) : nothing}
        <nav class="menu-places" aria-label=${t('menu')} @click=${close}>
            ${places(session).map(([hash, key, name]) => html`<a href=${hash}>${icon(name)}${t(key)}</a>`)}
            <a href=${new URL('docs/index.html', SERVICE).href}>${icon('book')}${t('menu.api')}</a>
            <button class="quiet" @click=${help}>${icon('keyboard')}${t('menu.help')}</button>
            ${session.isPerson ? html`<button class="quiet" @click=${logOut}>${icon('leave')}${t('logOut')}</button>`
                : nothing}
            ${session.state === 'out' ? html`<a href="#/login">${icon('user')}${t('login')}</a>` : nothing}
        </nav>
        <div class="fields">
            ${choice('language', language.name, { zh: '中文', en: 'English' }, (value) => {
                void language.choose(/** @type {'zh' | 'en'} */ (value));
            })}
            ${['theme', 'motion', 'keys'].map((name) => setting(/** @type {'theme'} */ (name)))}
        </div>`, { className: 'menu', label: t('menu'), stores: [settings, session] });
}

/** What may be chosen. @type {{ [name: string]: string[] }} */
const VALUES = { theme: ['system', 'light', 'dark'], motion: ['system', 'off'], keys: ['on', 'off'] };

/** @param {'theme'} name one of those above */
function setting(name) {
    const options = Object.fromEntries(VALUES[name].map((value) => [value, t(/** @type {Key} */ (`${name}.${value}`))]));
    return choice(name, settings.get(name), options, (value) => settings.set(name, /** @type {any} */ (value)));
}

/** @param {string} name @param {string} value @param {Record<string, string>} options @param {(value: string) => void} onChange */
function choice(name, value, options, onChange) {
    const label = t(/** @type {Key} */ (`menu.${name}`));
    return html`<div class="choice"><span>${label}</span>
        ${select({ label, value, options: Object.entries(options), onChange })}</div>`;
}

/** How much somebody has, and may have. @param {Account} account */
function room({ usage, quota }) {
    const share = Math.max(
        quota.bytes ? usage.bytes / quota.bytes : 0,
        quota.images ? usage.images / quota.images : 0,
    );
    return html`<div class="room">
        <a href="#/statistics">${t('room', { n: usage.images, size: size(usage.bytes) })}
            ${quota.bytes === null ? nothing : t('room.ofBytes', { size: size(quota.bytes) })}
            ${quota.images === null ? nothing : t('room.ofImages', { n: number(quota.images) })}</a>
        ${quota.bytes === null && quota.images === null ? nothing
            : html`<meter min="0" max="1" high="0.9" value=${Math.min(1, share)} aria-label=${t('room.label')}></meter>`}
    </div>`;
}
