import { html } from '../lib/lit/lit-html.js';
import { call, explain, text } from '../api/client.js';
import { t } from '../i18n/i18n.js';
import { toasts } from '../ui/toast.js';
import { icon } from '../ui/icons.js';
import { Remote } from '../ui/remote.js';
import { showSecret } from '../links/secret.js';

/** @import { Session } from '../api/session.js' */
/** @import { Client } from '../api/types.js' */

/** Programs that upload, with settings that only have to be copied. @param {{ session: Session }} visit */
export function page({ session }) {
    /** @type {Remote<{ clients: Client[] }>} */
    const clients = new Remote(() => call('GET', 'api/clients'));
    return {
        stores: [clients],
        template: () => html`<section class="page">
            <div class="page-head"><h1>${t('nav.clients')}</h1></div>
            <p class="lead">${t(session.may('account') ? 'clients.text' : 'clients.textWithoutToken')}</p>
            ${clients.show(({ clients: all }) => html`<ul class="cards columns">${all.map((client) => html`<li>
                <span class="card-words"><strong>${client.title}</strong><span>${client.filename}</span></span>
                <button @click=${() => give(session, client)}
                    aria-label=${t('clients.giveLabel', { name: client.title })}>${icon('key')}${t('clients.give')}</button>
            </li>`)}</ul>`)}
        </section>`,
    };
}

/** Makes a token for a program, and shows the settings that hold it. @param {Session} session @param {Client} client */
async function give(session, client) {
    try {
        /** @type {{ token: string } | null} */
        const made = session.may('account') ? await call('POST', 'api/tokens', {
            json: { name: client.title, scopes: ['upload'], expiresIn: '365d' },
        }) : null;
        showSecret({
            title: client.title,
            text: t(made ? 'clients.once' : 'clients.placeholder'),
            secret: await text(`api/clients/${client.name}`, made?.token),
            filename: client.filename,
        });
    } catch (error) {
        toasts.add('failedWith', { why: explain(/** @type {any} */ (error)) }, { isAlarming: true });
    }
}
