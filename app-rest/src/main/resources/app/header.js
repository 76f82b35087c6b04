import { html, nothing } from './lib/lit/lit-html.js';
import { load } from './api/client.js';
import { language, t } from './i18n/i18n.js';
import { icon } from './ui/icons.js';

/** @import { Session } from './api/session.js' */
/** @import { Home } from './home.js' */
/** @import { Key } from './i18n/i18n.js' */
/** @import { Icon } from './ui/icons.js' */

/** How long nobody has to have typed before the search begins. */
const PAUSE_MS = 300;
/** The others are in the menu, as are all of these. */
const MOST_PLACES = 4;
let typing = 0;

/** @typedef {{ session: Session, home: Home, openMenu: () => void }} Parts */

/** The bar on top: where to go, and what to look for. @param {Parts} parts */
export function header(parts) {
    return html`
        <a class="skip" href="#/" @click=${skip}>${t('skip')}</a>
        <a class="brand" href="#/" aria-label="imagehost">${mark()}<span>imagehost</span></a>
        <nav class="places" aria-label=${t('nav')}>${places(parts.session).slice(0, MOST_PLACES).map(([hash, key, name]) =>
            html`<a href=${hash} aria-current=${isHere(hash) ? 'page' : nothing}>${icon(name)}${t(key)}</a>`)}</nav>
        ${parts.session.may('read') ? search(parts) : html`<span class="search"></span>`}
        <button class="quiet" lang=${language.name === 'zh' ? 'en' : 'zh-CN'} @click=${switchLanguage}>
            ${language.name === 'zh' ? 'English' : '中文'}</button>
        <button class="quiet icon-only" aria-label=${t('menu')} title=${t('menu')} aria-haspopup="dialog"
            @click=${parts.openMenu}>${icon('menu')}</button>`;
}

/** The same for thumbs, at the lower edge. @param {Parts} parts */
export function bottomBar({ session, home, openMenu }) {
    return html`<nav class="bottom" aria-label=${t('nav')}>
        <a href="#/" aria-current=${isHere('#/') ? 'page' : nothing}>${icon('picture')}${t('nav.images')}</a>
        ${session.may('read') && session.state === 'in' ? html`<a href="#/albums" aria-current=${isHere('#/albums') ? 'page' : nothing}>
            ${icon('album')}${t('nav.albums')}</a>` : nothing}
        ${session.may('upload') ? html`<button @click=${() => home.chooseFiles()}>${icon('upload')}${t('upload')}</button>`
            : nothing}
        <button aria-haspopup="dialog" @click=${openMenu}>${icon('menu')}${t('menu')}</button>
    </nav>`;
}

/** Where the pages are that somebody may see. @param {Session} session @returns {[string, Key, Icon][]} */
export function places(session) {
    /** @type {[string, Key, Icon, boolean][]} */
    const all = [
        ['#/', 'nav.images', 'picture', true],
        ['#/albums', 'nav.albums', 'album', session.may('read') && session.state === 'in'],
        ['#/clients', 'nav.clients', 'plug', true],
        ['#/tokens', 'nav.tokens', 'key', session.may('account')],
        ['#/sessions', 'nav.sessions', 'user', session.isPerson && session.may('account')],
        ['#/statistics', 'nav.statistics', 'chart', session.may('read')],
        ['#/owners', 'nav.owners', 'people', session.may('admin')],
        ['#/invitations', 'nav.invitations', 'share', session.may('admin')],
        ['#/audit', 'nav.audit', 'clock', session.may('admin')],
    ];
    return all.filter(([, , , isThere]) => isThere).map(([hash, key, name]) => [hash, key, name]);
}

/** @param {string} hash */
function isHere(hash) {
    const path = location.hash.split('?')[0] || '#/';
    if (hash === '#/albums') {
        return /^#\/albums?(\/|$)/.test(path);
    }
    return hash === '#/' ? /^#\/(images|image\/.*)?$/.test(path) : path.startsWith(hash);
}

function mark() {
    return html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
        <rect width="64" height="64" rx="14"></rect>
        <path d="M12 46 26 28l10 12 6-7 10 13z"></path><circle cx="43" cy="21" r="5"></circle>
    </svg>`;
}

/** @param {Parts} parts */
function search({ home }) {
    const find = (/** @type {string} */ text) => home.search(text.trim(), true);
    const typed = (/** @type {{ target: HTMLInputElement }} */ { target }) => {
        clearTimeout(typing);
        typing = setTimeout(() => find(target.value), PAUSE_MS);
    };
    const submitted = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        clearTimeout(typing);
        find(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('search')));
        void home.toPictures(0);
    };
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById('search'));
    // nobody's typing is overwritten by what he typed a moment before
    const text = field !== null && field === document.activeElement ? field.value : home.pages.query.search;
    const onKey = (/** @type {KeyboardEvent} */ event) => {
        // whoever chooses a word of an input method means no more than that
        if (event.key === 'ArrowDown' && !event.isComposing) {
            event.preventDefault();
            /** @type {HTMLInputElement} */ (event.target).form?.requestSubmit();
        }
    };
    return html`<form class="search" role="search" @submit=${submitted}
            @dragover=${(/** @type {DragEvent} */ event) => event.preventDefault()}
            @drop=${(/** @type {DragEvent} */ event) => dropped(event, home)}>
        ${icon('search')}
        <input type="search" name="search" id="search" autocomplete="off" spellcheck="false" maxlength="300"
            aria-label=${t('search')} placeholder=${t('search.hint')}
            .value=${text} @input=${typed} @keydown=${onKey}>
        <button type="button" class="quiet icon-only" aria-label=${t('search.byFile')} title=${t('search.byFile')}
            @click=${(/** @type {{ currentTarget: Element }} */ { currentTarget }) =>
                /** @type {HTMLElement} */ (currentTarget.nextElementSibling).click()}>${icon('picture')}</button>
        <input type="file" data-input="find" accept="image/*" hidden
            @change=${(/** @type {{ target: HTMLInputElement }} */ { target }) => chosen(target, home)}>
    </form>`;
}

/** @param {DragEvent} event @param {Home} home */
function dropped(event, home) {
    const file = event.dataTransfer?.files[0];
    if (file) {
        event.preventDefault();
        void findByFile(file, home);
    }
}

/** @param {HTMLInputElement} input @param {Home} home */
function chosen(input, home) {
    const [file] = input.files ?? [];
    if (file) {
        void findByFile(file, home);
    }
    input.value = '';
}

/** Finds the picture that this file is, by its digest. @param {File} file @param {Home} home */
async function findByFile(file, home) {
    const [{ digestOf }, { toasts }] = await load(() =>
        Promise.all([import('./upload/digest.js'), import('./ui/toast.js')]));
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById('search'));
    const before = field?.value;
    const digest = await digestOf(file).catch(() => null);
    if (!field || field.value !== before) {
        return;
    }
    if (digest) {
        field.value = digest.hex;
        home.search(digest.hex, false);
        await home.toPictures(0);
    } else {
        toasts.add('search.noDigest', {}, { isAlarming: true });
    }
}

function switchLanguage() {
    void language.choose(language.name === 'zh' ? 'en' : 'zh');
}

/** @param {Event} event */
function skip(event) {
    event.preventDefault();
    document.getElementById('main')?.focus();
}
