package io.github.imagehost.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.client.UploadClient;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data")).with("PUBLIC_URL", "https://images.test");
    }

    @Test
    void listsAllThatThereAre() {
        Result result = imagehost.run("client");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines())
                .hasSize(UploadClient.values().length + 1)
                .contains("sharex    imagehost.sxcu                 ShareX");
        assertThat(imagehost.run("client", "--json").json().get("clients")).hasSize(UploadClient.values().length);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void printsSettingsWithAPlaceholder() {
        Result result = imagehost.run("client", "typora");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("#!/bin/sh").contains("server='https://images.test'", "'YOUR_TOKEN'");
        assertThat(result.err())
                .contains("Save it as imagehost-upload.sh.", "Put a token in place of YOUR_TOKEN, or let --new-token");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void makesATokenThatMayOnlyUpload() {
        imagehost.run("owner", "add", "alice");

        Result result = imagehost.run("client", "sharex", "--new-token", "--owner", "alice");

        Matcher token = Pattern.compile("Bearer (imh_\\w{38})\"").matcher(result.out());
        assertThat(token.find()).isTrue();
        assertThat(result.err()).doesNotContain("imh_");
        assertThat(imagehost
                        .run("token", "list", "--owner", "alice", "--json")
                        .json()
                        .get("tokens"))
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.get("name").asString()).isEqualTo("ShareX");
                    assertThat(made.get("scopes").toString()).isEqualTo("[\"upload\"]");
                    assertThat(made.get("expiresAt").isNull()).isFalse();
                });
        assertThat(imagehost.run("audit").out()).contains("token_created");
    }

    @Test
    void aTokenThatEverybodyCanReadIsGoodForPagesAlone() {
        Result refused = imagehost.run("client", "waline", "--new-token");
        Result made = imagehost.run("client", "waline", "--new-token", "--origin", "https://blog.test");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("Everybody can read the token of Waline", "--origin");
        assertThat(made.exitCode()).isZero();
        assertThat(imagehost.run("token", "list", "--json").json().get("tokens"))
                .singleElement()
                .satisfies(token -> assertThat(token.get("origins").toString()).isEqualTo("[\"https://blog.test\"]"));
    }

    @Test
    void ofAServiceElsewhereItTellsWhatNeedsNoDatabase() {
        CommandRunner remote = imagehost.with("IMAGEHOST_SERVER", "https://elsewhere.test");

        assertThat(remote.run("client", "lsky").out()).contains("https://elsewhere.test");
        Result refused = remote.run("client", "lsky", "--new-token");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("IMAGEHOST_SERVER is set");
    }

    @Test
    void anotherNameIsAnErrorThatTellsWhichAreLegal() {
        Result result = imagehost.run("client", "photoshop");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("There are no settings of 'photoshop'; legal are sharex, picgo");
    }
}
