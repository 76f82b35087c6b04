import { html } from '../lib/lit/lit-html.js';
import { call } from '../api/client.js';
import { dateTime, t } from '../i18n/i18n.js';
import { ask, openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { Remote } from '../ui/remote.js';
import { showSecret } from '../links/secret.js';

/** @import { Session } from '../api/session.js' */
/** @import { Scope, Token } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** @type {Scope[]} */
const SCOPES = ['upload', 'read', 'delete', 'manage', 'account', 'admin'];
const LIVES = ['30d', '365d', 'never'];

/** One's own tokens. @param {{ session: Session }} visit */
export function page({ session }) {
    /** @type {Remote<{ tokens: Token[] }>} */
    const tokens = new Remote(() => call('GET', 'api/tokens'));
    return {
        stores: [tokens],
        template: () => html`<section class="page">
            <div class="page-head"><h1>${t('nav.tokens')}</h1>
                <button class="primary" @click=${() => make(tokens, session)}>${icon('plus')}${t('tokens.make')}</button></div>
            <p class="lead">${t('tokens.text')}</p>
            ${tokens.show(({ tokens: all }) => table(tokens, all))}
        </section>`,
    };
}

/** @param {Remote<{ tokens: Token[] }>} tokens @param {Token[]} all */
function table(tokens, all) {
    const alive = all.filter(isAlive).reverse();
    return alive.length === 0 ? html`<p class="lead">${t('tokens.none')}</p>` : html`
        <ul class="cards">${alive.map((token) => html`<li>
            <span class="card-words"><strong>${token.name}</strong>
                <span>${token.scopes.map(scopeText).join(t('list.separator'))}</span>
                <span>${[
                    `imh_…${token.hint}`,
                    token.lastUsedAt ? t('tokens.used', { date: dateTime(token.lastUsedAt) }) : t('tokens.unused'),
                    token.expiresAt ? t('tokens.until', { date: dateTime(token.expiresAt) }) : t('tokens.forEver'),
                ].join(' · ')}</span></span>
            <button class="danger" @click=${() => revoke(tokens, token)}
                aria-label=${t('tokens.revokeLabel', { name: token.name })}>${t('tokens.revoke')}</button>
        </li>`)}</ul>`;
}

/** @param {Token} token */
function isAlive({ revokedAt, expiresAt }) {
    return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}

/** @param {Scope} scope */
function scopeText(scope) {
    return t(/** @type {Key} */ (`scope.${scope}`));
}

/** @param {Remote<{ tokens: Token[] }>} tokens @param {Session} session */
function make(tokens, session) {
    const scopes = SCOPES.filter((scope) => session.may(scope));
    const finish = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        /** @type {{ token: string } | null} */
        const made = await tokens.act(() => call('POST', 'api/tokens', {
            json: { name: form.get('name'), scopes: form.getAll('scope'), expiresIn: form.get('life') },
        }));
        if (made) {
            close();
            showSecret({ title: t('tokens.made'), text: t('tokens.once'), secret: made.token });
        }
    };
    openDialog((close) => html`
        <h2>${t('tokens.make')}</h2>
        <form class="fields" @submit=${(/** @type {SubmitEvent} */ event) => finish(event, close)}>
            <label>${t('tokens.name')}<input name="name" required maxlength="100" autocomplete="off" autofocus
                placeholder=${t('tokens.namePlaceholder')}></label>
            <fieldset><legend>${t('tokens.scopes')}</legend>
                ${scopes.map((scope) => html`<label class="check"><input type="checkbox" name="scope" value=${scope}
                    ?checked=${scope === 'upload'}>${scopeText(scope)}</label>`)}
            </fieldset>
            <label>${t('tokens.life')}<select name="life">${LIVES.map((life) => html`
                <option value=${life} ?selected=${life === '365d'}>${t(/** @type {Key} */ (`life.${life}`))}</option>`)}</select></label>
            <div class="buttons">
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary">${t('tokens.make')}</button>
            </div>
        </form>`, { className: 'question', label: t('tokens.make') });
}

/** @param {Remote<{ tokens: Token[] }>} tokens @param {Token} token */
async function revoke(tokens, token) {
    const isMeant = await ask({
        title: t('tokens.revokeQuestion', { name: token.name }),
        text: t('tokens.revokeText'),
        yes: t('tokens.revoke'),
        isDangerous: true,
    });
    if (isMeant) {
        await tokens.act(() => call('DELETE', `api/tokens/${token.id}`));
    }
}
