import { html, nothing } from '../lib/lit/lit-html.js';
import { t } from '../i18n/i18n.js';
import { openDialog } from '../ui/dialog.js';
import { icon } from '../ui/icons.js';
import { copy, save } from './clipboard.js';

/**
 * Shows what is told only once.
 *
 * @param {{ title: string, text: string, secret: string, filename?: string, onClose?: () => void }} told the file's name
 *     if it is one
 */
export function showSecret({ title, text, secret, filename, onClose }) {
    openDialog((close) => html`
        <h2>${title}</h2>
        <p>${text}</p>
        <textarea class="secret" readonly rows=${Math.min(12, secret.split('\n').length + 1)} aria-label=${title}
            .value=${secret}></textarea>
        <div class="buttons">
            <button @click=${close}>${t('close')}</button>
            ${filename ? html`<button @click=${() => save(filename, secret)}>${icon('download')}${filename}</button>`
                : nothing}
            <button class="primary" @click=${() => copy(secret)}>${icon('copy')}${t('copy')}</button>
        </div>`, { className: 'question', label: title, onClose });
}
