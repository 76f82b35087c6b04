package io.github.imagehost.cli.command.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.NewPassword;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.OwnerName;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class InviteCommandTest {

    private static final OwnerName ALICE = new OwnerName("alice");

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    @Test
    void whoeverHasTheInvitationBecomesAnOwner() {
        Result made = imagehost.run("invite", "create", "--max-images", "7");

        assertThat(made.exitCode()).isZero();
        String invitation = made.onlyLine();
        assertThat(invitation).matches("[A-Za-z0-9_-]{43}");
        accept(invitation, ALICE);
        assertThat(imagehost.run("owner", "list").out()).contains("  alice ", "0 of 7");
        assertThat(imagehost.run("invite", "list").lines())
                .last()
                .asString()
                .matches("1 +used up  0 of 1  .*Z  7 +none");
        assertThatExceptionOfType(CredentialRefusedException.class)
                .isThrownBy(() -> accept(invitation, new OwnerName("bob")));
    }

    private void accept(String invitation, OwnerName name) {
        InstantSource clock = InstantSource.system();
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(directory.resolve("data"))) {
            Authenticator authenticator = new Authenticator(repository.access(), clock, Optional.empty());
            Logins logins = new Logins(repository.access(), clock, authenticator, new QuickPasswordHasher(1));
            assertThat(logins.withInvitation(invitation, name, NewPassword.of("correct horse battery", name))
                            .principal()
                            .owner())
                    .isEqualTo(new OwnerId(2));
        }
    }

    @Test
    void saysHowToUseIt() {
        Result made = imagehost.with("PUBLIC_URL", "https://images.test").run("invite", "create", "--uses", "5");

        assertThat(made.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Invitation 1 makes 5 owners, until \\S+Z"),
                        line -> assertThat(line).startsWith("Start this, type what stands below it, and press Enter"),
                        line -> assertThat(line).isEqualTo("curl -c cookies -d @- https://images.test/api/invitation"),
                        line -> assertThat(line)
                                .isEqualTo("{\"invitation\":\"" + made.onlyLine()
                                        + "\",\"name\":\"…\",\"password\":\"…\"}"));
    }

    @Test
    void printsOneDocumentOnRequest() {
        Result made = imagehost.run("invite", "create", "--expires", "12h", "--max-size", "1k", "--json");

        JsonNode document = made.json();
        assertThat(made.err()).isEmpty();
        assertThat(document.propertyNames())
                .containsExactly(
                        "invitation", "id", "uses", "usesLeft", "createdAt", "expiresAt", "revokedAt", "quota");
        assertThat(Duration.between(
                        Instant.parse(document.get("createdAt").asString()),
                        Instant.parse(document.get("expiresAt").asString())))
                .isEqualTo(Duration.ofHours(12));
        assertThat(document.get("quota").toString()).isEqualTo("{\"images\":null,\"bytes\":1000}");
        JsonNode listed = imagehost.run("invite", "list", "--json").json().at("/invitations/0");
        assertThat(listed.propertyNames()).doesNotContain("invitation").hasSize(7);
        assertThat(listed.get("id")).isEqualTo(document.get("id"));
    }

    @Test
    void revokesAnInvitation() {
        String invitation = imagehost.run("invite", "create").onlyLine();

        Result revoked = imagehost.run("invite", "revoke", "1");

        assertThat(revoked).isEqualTo(new Result(0, "Revoked invitation 1" + System.lineSeparator(), ""));
        assertThat(imagehost.run("invite", "list").lines()).last().asString().contains("  revoked  1 of 1  ");
        assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> accept(invitation, ALICE));
        assertThat(imagehost.run("invite", "revoke", "1", "--json").json())
                .isEqualTo(imagehost.run("invite", "list", "--json").json().at("/invitations/0"));
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(imagehost.run("invite", "list").onlyLine()).isEqualTo("There are no invitations");
        assertThat(imagehost.run("invite", "list", "--json").onlyLine()).isEqualTo("{\"invitations\":[]}");
        assertThat(imagehost.run("invite", "revoke", "1"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "imagehost: There is no invitation 1; 'imagehost invite list' shows all that there are"
                                + System.lineSeparator()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "--uses; 0; An invitation has 1 to 1000 uses, not 0",
                "--uses; 1001; An invitation has 1 to 1000 uses, not 1001",
                "--uses; many; 'many' is not a whole number",
                "--expires; 366d; '366d' is no time span from 1s to 365d",
                "--expires; never; 'never' is no time span from 1s to 365d",
                "--max-images; -1; '-1' is no number of images"
            })
    void refusesWhatIsNotLegal(String option, String value, String message) {
        Result refused = imagehost.run("invite", "create", option, value);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(message);
    }
}
