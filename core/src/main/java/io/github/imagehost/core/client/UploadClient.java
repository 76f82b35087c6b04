package io.github.imagehost.core.client;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A program that uploads pictures, and the file by which it does so here: settings that it reads, a script, or lines to
 * type into its window. What each program reads is told by its own source; {@code docs/clients.md} says how to go on.
 */
public enum UploadClient {
    SHAREX("ShareX", "imagehost.sxcu", "Open the file; ShareX asks whether to use it."),
    PICGO("PicGo", "picgo.json", "Install the plug-in lsky-uploader, and put this into PicGo's configuration file."),
    PICLIST(
            "PicList",
            "piclist.json",
            "Type this into PicList's 'Advanced Custom', or put it into its configuration file."),
    UPIC("uPic", "upic.txt", "Add a host of the kind 'Custom' to uPic, and type this into it."),
    TYPORA("Typora", "imagehost-upload.sh", "Make it executable, and name it as Typora's custom command."),
    OBSIDIAN("Obsidian", "obsidian.txt", "Type this into the plug-in Image auto upload."),
    LSKY("Lsky plug-ins", "lsky.txt", "Type this into any plug-in for Lsky Pro (兰空图床)."),
    WALINE("Waline", "waline.js", "Give this to Waline's init; the token must be one for the origin of your pages."),
    TWIKOO("twikoo", "twikoo.txt", "Type this into twikoo's settings."),
    LINUX(
            "Screenshots on Linux",
            "imagehost-screenshot.sh",
            "Make it executable, and give it a key in your desktop's settings."),
    MACOS(
            "Screenshots on macOS",
            "imagehost-screenshot-macos.sh",
            "Make it executable, and run it by Shortcuts or Automator."),
    WINDOWS("Screenshots on Windows", "imagehost-upload.ps1", "Run it by PowerShell after you have copied a picture.");

    private final String title;
    private final String fileName;
    private final String firstStep;

    UploadClient(String title, String fileName, String firstStep) {
        this.title = title;
        this.fileName = fileName;
        this.firstStep = firstStep;
    }

    /** The program with this {@linkplain #label label}, in any case. */
    public static Optional<UploadClient> find(String label) {
        return Arrays.stream(values())
                .filter(client -> client.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The labels of all of them, with commas between. */
    public static String labels() {
        return Arrays.stream(values()).map(UploadClient::label).collect(Collectors.joining(", "));
    }

    /** What the program is called in addresses and commands. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the program is called by people. */
    public String title() {
        return title;
    }

    /** What to call the file. */
    public String fileName() {
        return fileName;
    }

    /** Whether everybody may read its settings, because they are a part of a page. */
    public boolean isPublic() {
        return this == WALINE;
    }

    /** What to do with the file, in English. */
    public String firstStep() {
        return firstStep;
    }

    /** The text of the file. */
    public String settings(Connection connection) {
        return template()
                .replace("{{server}}", connection.address())
                .replace("{{token}}", connection.tokenOrPlaceholder())
                .replace("{{language}}", connection.language().tag());
    }

    private String template() {
        try {
            return Resources.toString(Resources.getResource(UploadClient.class, fileName), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
