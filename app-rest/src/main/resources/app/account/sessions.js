import { html, nothing } from '../lib/lit/lit-html.js';
import { call } from '../api/client.js';
import { dateTime, t } from '../i18n/i18n.js';
import { ask, openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { Remote } from '../ui/remote.js';
import { toasts } from '../ui/toast.js';

/** @import { Session as Visitor } from '../api/session.js' */
/** @import { Session } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** Where one is logged in, and by what. @param {{ session: Visitor, onLogOut: () => void }} visit */
export function page({ session, onLogOut }) {
    /** @type {Remote<{ sessions: Session[] }>} */
    const sessions = new Remote(() => call('GET', 'api/sessions'));
    return {
        stores: [sessions],
        template: () => html`<section class="page">
            <div class="page-head"><h1>${t('nav.sessions')}</h1>
                <button @click=${() => changePassword(session)}>${icon('lock')}
                    ${t(session.account?.hasPassword ? 'password.change' : 'password.set')}</button></div>
            ${sessions.show(({ sessions: all }) => html`
                <ul class="cards">${all.toReversed().map((one) => html`<li>
                    <span class="card-words"><strong>${t(/** @type {Key} */ (`sessions.by.${one.startedBy}`))}
                        ${one.current ? html`<span class="tag">${t('sessions.current')}</span>` : nothing}</strong>
                        <span>${t('sessions.begun', { date: dateTime(one.createdAt) })} ·
                            ${t('sessions.seen', { date: dateTime(one.seenAt) })}</span></span>
                </li>`)}</ul>
                <p class="buttons"><button class="danger" @click=${() => endAll(onLogOut)}>
                    ${icon('leave')}${t('sessions.endAll')}</button></p>`)}
        </section>`,
    };
}

/** @param {() => void} onLogOut */
async function endAll(onLogOut) {
    const isMeant = await ask({
        title: t('sessions.endAllQuestion'),
        text: t('sessions.endAllText'),
        yes: t('sessions.endAll'),
        isDangerous: true,
    });
    if (isMeant) {
        await call('DELETE', 'api/sessions');
        onLogOut();
    }
}

/** @param {Visitor} session */
function changePassword(session) {
    const hasPassword = session.account?.hasPassword === true;
    const change = new Remote(async () => ({}));
    const finish = async (/** @type {SubmitEvent} */ event, /** @type {() => void} */ close) => {
        event.preventDefault();
        const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
        const done = await change.act(() => call('PUT', 'api/me/password', {
            json: { new: form.get('new'), ...(hasPassword ? { current: form.get('current') } : {}) },
        }).then(() => true));
        if (done) {
            close();
            toasts.add('password.changed');
            await session.find();
        }
    };
    openDialog((close) => html`
        <h2>${t(hasPassword ? 'password.change' : 'password.set')}</h2>
        <p>${t('password.text')}</p>
        <form class="fields" @submit=${(/** @type {SubmitEvent} */ event) => finish(event, close)}>
            <input class="out-of-sight" name="name" autocomplete="username" tabindex="-1" aria-hidden="true" readonly
                .value=${session.account?.name ?? ''}>
            ${hasPassword ? html`<label>${t('password.current')}<input name="current" type="password" required
                maxlength="200" autocomplete="current-password" autofocus></label>` : nothing}
            <label>${t('password.new')}<input name="new" type="password" required minlength="10" maxlength="200"
                autocomplete="new-password"></label>
            <div class="buttons">
                <button type="button" @click=${close}>${t('cancel')}</button>
                <button class="primary">${t('password.save')}</button>
            </div>
        </form>`, { className: 'question', label: t('password.change') });
}
