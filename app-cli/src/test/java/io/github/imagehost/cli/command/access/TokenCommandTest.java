package io.github.imagehost.cli.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TokenCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    @Test
    void printsTheTokenAloneOnStandardOutput() {
        Result created = imagehost.run("token", "create", "laptop");

        assertThat(created.exitCode()).isZero();
        assertThat(created.onlyLine()).matches("imh_[A-Za-z0-9]{38}");
        assertThat(created.err())
                .matches("Token 1, 'laptop', is good for upload until \\S+Z or until it is revoked\\."
                        + " It is shown only now\\.\\R");
    }

    @Test
    void printsOneDocumentOnRequest() {
        Instant before = Instant.now();

        Result created = imagehost.run("token", "create", "laptop", "--json");

        JsonNode document = created.json();
        assertThat(created.err()).isEmpty();
        assertThat(document.propertyNames())
                .containsExactly(
                        "token",
                        "id",
                        "name",
                        "hint",
                        "scopes",
                        "createdAt",
                        "expiresAt",
                        "lastUsedAt",
                        "revokedAt",
                        "origins",
                        "networks");
        assertThat(document.get("origins").isNull()).isTrue();
        assertThat(document.get("networks").isNull()).isTrue();
        assertThat(document.get("token").asString())
                .endsWith(document.get("hint").asString());
        assertThat(document.get("scopes").toString()).isEqualTo("[\"upload\"]");
        assertThat(document.get("lastUsedAt").isNull()).isTrue();
        assertThat(Duration.between(
                        before, Instant.parse(document.get("expiresAt").asString())))
                .isBetween(
                        Duration.ofDays(365).minusSeconds(1),
                        Duration.ofDays(365).plusMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "all, '[\"upload\",\"read\",\"delete\",\"manage\",\"account\",\"admin\"]'",
        "'delete,upload', '[\"upload\",\"delete\"]'",
        "'read, upload', '[\"upload\",\"read\"]'"
    })
    void takesScopes(String scopes, String expected) {
        JsonNode token = imagehost
                .run("token", "create", "t", "--scopes", scopes, "--json")
                .json();

        assertThat(token.get("scopes").toString()).isEqualTo(expected);
    }

    @Test
    void isBoundToOriginsAndNetworks() {
        Result created = imagehost.run(
                "token",
                "create",
                "comments",
                "--origin",
                "https://blog.example",
                "--origin",
                "app://obsidian.md",
                "--network",
                "10.1.2.3/8",
                "--network",
                "FD00::/8",
                "--never");

        assertThat(created.err())
                .startsWith(
                        "Token 1, 'comments', is good for upload from pages of app://obsidian.md, https://blog.example"
                                + " from clients in 10.0.0.0/8, fd00::/8 until it is revoked.");
        assertThat(imagehost.run("token", "list").out())
                .contains("  app://obsidian.md,https://blog.example,10.0.0.0/8,fd00::/8  comments");
        JsonNode listed = imagehost.run("token", "list", "--json").json().at("/tokens/0");
        assertThat(listed.get("origins").toString()).isEqualTo("[\"app://obsidian.md\",\"https://blog.example\"]");
        assertThat(listed.get("networks").toString()).isEqualTo("[\"10.0.0.0/8\",\"fd00::/8\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--origin; https://blog.example/; is no origin: legal are origins as browsers send",
                "--network; office; is no network: legal are addresses and networks such as 10.0.0.7",
                "--network; 10.0.0.0/33; is no network: legal are addresses and networks"
            })
    void saysWhatItCanBeBoundTo(String option, String value, String message) {
        Result refused = imagehost.run("token", "create", "t", option, value);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'" + value + "' " + message);
        assertThat(imagehost.run("token", "list").onlyLine()).isEqualTo("There are no tokens");
    }

    @Test
    void livesAsLongAsItIsTold() {
        imagehost.run("token", "create", "short", "--expires", "12h");
        Result endless = imagehost.run("token", "create", "endless", "--never");

        assertThat(endless.err()).contains("is good for upload until it is revoked. It is shown only now.");
        JsonNode tokens = imagehost.run("token", "list", "--json").json().get("tokens");
        assertThat(Duration.between(
                        Instant.parse(tokens.at("/0/createdAt").asString()),
                        Instant.parse(tokens.at("/0/expiresAt").asString())))
                .isEqualTo(Duration.ofHours(12));
        assertThat(tokens.at("/1/expiresAt").isNull()).isTrue();
    }

    @Test
    void listsTokensWithoutTheirSecrets() {
        imagehost.run("owner", "add", "alice");
        String ours = imagehost
                .run("token", "create", "laptop", "--scopes", "upload,read", "--never")
                .onlyLine();
        String hers = imagehost.run("token", "create", "手机", "--owner", "alice").onlyLine();

        Result listed = imagehost.run("token", "list");

        assertThat(listed.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("ID  HINT   STATE   SCOPES       CREATED +EXPIRES  LAST USED  FROM      NAME"),
                        line -> assertThat(line)
                                .startsWith("1   …" + ours.substring(ours.length() - 4) + "  active  upload,read  ")
                                .endsWith("  never    never      anywhere  laptop"));
        assertThat(imagehost.run("token", "list", "--owner", "alice").out())
                .contains("  手机", "…" + hers.substring(hers.length() - 4))
                .doesNotContain(hers, "laptop");
        assertThat(listed.out()).doesNotContain(ours);
    }

    @Test
    void tellsThatATokenHasEnded() throws InterruptedException {
        imagehost.run("token", "create", "short", "--expires", "1s");
        Thread.sleep(1_100);

        assertThat(imagehost.run("token", "list").lines()).last().asString().contains("  expired  ");
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(imagehost.run("token", "list").onlyLine()).isEqualTo("There are no tokens");
        assertThat(imagehost.run("token", "list", "--json").onlyLine()).isEqualTo("{\"tokens\":[]}");
    }

    @Test
    void revokesAToken() {
        imagehost.run("token", "create", "laptop");

        Result revoked = imagehost.run("token", "revoke", "1");

        assertThat(revoked).isEqualTo(new Result(0, "Revoked token 1, 'laptop'" + System.lineSeparator(), ""));
        assertThat(imagehost.run("token", "list").lines()).last().asString().contains("  revoked  ");
        JsonNode again = imagehost.run("token", "revoke", "1", "--json").json();
        assertThat(again.get("revokedAt").isNull()).isFalse();
        assertThat(again)
                .isEqualTo(imagehost.run("token", "list", "--json").json().at("/tokens/0"));
    }

    @Test
    void revokesNoTokenOfAnotherOwner() {
        imagehost.run("owner", "add", "alice");
        imagehost.run("token", "create", "laptop");

        Result refused = imagehost.run("token", "revoke", "1", "--owner", "alice");

        assertThat(refused)
                .isEqualTo(new Result(
                        1,
                        "",
                        "imagehost: There is no token 1 of this owner; 'imagehost token list', with the same --owner,"
                                + " shows all that there are" + System.lineSeparator()));
        assertThat(imagehost.run("token", "list").out()).contains("  active  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb"})
    void refusesANameThatTellsNothing(String name) {
        Result refused = imagehost.run("token", "create", name);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("imagehost: A token's name has 1 to 100 characters, none of them a control character");
        assertThat(refused.out()).isEmpty();
    }
}
