package io.github.imagehost.cli.command.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.testing.QuickPasswordHasher;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LoginLinkCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    @Test
    void whoeverHasTheLinkLogsInOnce() {
        imagehost.run("owner", "add", "alice");

        Result made = imagehost.run("login-link", "alice");

        assertThat(made.exitCode()).isZero();
        String link = made.onlyLine();
        assertThat(link).matches("[A-Za-z0-9_-]{43}");
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(directory.resolve("data"))) {
            Logins logins = logins(repository.access());

            assertThat(logins.withLink(link).principal().owner()).isEqualTo(new OwnerId(2));
            assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> logins.withLink(link));
        }
    }

    private static Logins logins(AccessRepository repository) {
        InstantSource clock = InstantSource.system();
        return new Logins(
                repository, clock, new Authenticator(repository, clock, Optional.empty()), new QuickPasswordHasher(1));
    }

    @Test
    void saysHowToUseIt() {
        Result made = imagehost.with("PUBLIC_URL", "https://images.test").run("login-link", "default");

        assertThat(made.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("It lets default in once, until \\S+Z"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "Start this, type what stands below it, and press Enter and Ctrl-D, so that no"
                                                + " shell remembers it:"),
                        line -> assertThat(line).isEqualTo("curl -c cookies -d @- https://images.test/api/session"),
                        line -> assertThat(line).isEqualTo("{\"link\":\"" + made.onlyLine() + "\"}"));
    }

    @Test
    void printsOneDocumentOnRequest() {
        Instant before = Instant.now();

        Result made = imagehost.run("login-link", "default", "--json");

        JsonNode document = made.json();
        assertThat(made.err()).isEmpty();
        assertThat(document.propertyNames()).containsExactly("link", "expiresAt");
        assertThat(Duration.between(
                        before, Instant.parse(document.get("expiresAt").asString())))
                .isBetween(Duration.ofMinutes(10).minusSeconds(1), Duration.ofMinutes(15));
    }

    @Test
    void whoIsNotThereGetsNone() {
        Result refused = imagehost.run("login-link", "bob");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("There is no owner 'bob'");
    }
}
