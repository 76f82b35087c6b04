package io.github.imagehost.core.settings;

/** A setting is wrong or missing. The message is one sentence for whoever wrote the settings, and names the setting. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message names the setting and what is legal */
    public SettingsException(String message) {
        super(message);
    }

    /**
     * @param message names the setting and what is legal
     * @param cause why it is wrong
     */
    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
