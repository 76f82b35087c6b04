package io.github.imagehost.cli.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is done by commands stands in the audit log, once, and is read by one. */
class AuditCommandTest {

    private static final Pattern SPACES = Pattern.compile(" +");

    @TempDir
    static Path template;

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    /** Alice, the second owner, has token 1; the first one has the images 1 and 2. */
    @BeforeAll
    static void prepare() throws IOException {
        Path pictures = Files.createDirectory(template.resolve("pictures"));
        for (String name : List.of("a.png", "b.png", "c.png")) {
            Files.write(pictures.resolve(name), Pictures.uniquePng());
        }
        CommandRunner imagehost = CommandRunner.in(template.resolve("data"));
        imagehost.run("owner", "add", "alice");
        imagehost.run("token", "create", "laptop", "--owner", "alice");
        imagehost.run(
                "upload",
                pictures.resolve("a.png").toString(),
                pictures.resolve("b.png").toString());
        imagehost.run("export", template.resolve("e.jsonl").toString());
    }

    @BeforeEach
    void copyPrepared() throws IOException {
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, directory.resolve(template.relativize(file)));
            }
        }
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    owner add bob                       | owner_added        | 3 |            | name bob, role user
                    owner set alice --role admin        | owner_changed      | 2 |            | role admin
                    owner set alice --max-images 7      | quota_changed      | 2 |            | images 7, bytes unlimited
                    owner suspend alice                 | owner_suspended    | 2 |            |
                    owner activate alice                | owner_activated    | 2 |            |
                    token create phone --owner alice    | token_created      | 2 | token:2    | phone
                    token revoke 1 --owner alice        | token_revoked      | 2 | token:1    | laptop
                    login-link alice                    | login_link_created | 2 |            |
                    image link 1 --revoke               | links_revoked      | 1 | image:1    |
                    delete 1                            | images_deleted     | 1 | image:1    |
                    delete 2 1 99                       | images_deleted     | 1 | image:1,2  |
                    delete --type png                   | images_deleted     | 1 | image:1,2  |
                    upload {dir}/pictures/c.png --owner alice    | image_uploaded     | 2 | image:3    | c.png
                    import {dir}/pictures                        | images_imported    | 1 |            | 1 new, 2 duplicates
                    restore {dir}/e.jsonl --into-existing | images_restored  |   |            | 0 restored
                    fsck --repair                       | store_repaired     |   |            | 0 repaired, 0 not
                    fsck --purge-quarantine 0s          | store_repaired     |   |            | 0 deleted from the quarantine
                    """)
    void whatACommandDoesIsNotedOnce(String line, String action, String owner, String target, String detail)
            throws IOException {
        List<JsonNode> before = events();

        imagehost.with("AUDIT_UPLOADS", "true").run(arguments(line));

        List<JsonNode> after = events();
        assertThat(after).hasSize(before.size() + 1).endsWith(before.toArray(JsonNode[]::new));
        JsonNode event = after.get(0);
        assertThat(event.get("action").asString()).isEqualTo(action);
        assertThat(event.get("actor").asString()).isEqualTo("cli");
        assertThat(event.get("outcome").asString()).isEqualTo("done");
        assertThat(event.get("client").isNull()).isTrue();
        assertThat(event.get("ownerId").asString("")).isEqualTo(owner == null ? "" : owner);
        assertThat(event.get("target").asString()).isEqualTo(target == null ? "" : target);
        assertThat(event.get("detail").asString()).isEqualTo(detail == null ? "" : detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "show 1",
                "delete 99",
                "delete 1 --dry-run",
                "owner show alice",
                "owner add alice",
                "token list",
                "token revoke 99",
                "sweep",
                "fsck",
                "upload {dir}/pictures/c.png",
                "import {dir}/pictures --dry-run",
                "audit"
            })
    void whatChangesNothingIsNotNoted(String line) throws IOException {
        List<JsonNode> before = events();

        imagehost.run(arguments(line));

        assertThat(events()).isEqualTo(before);
    }

    @Test
    void printsATableForPeople() {
        List<String> lines = imagehost.run("audit").out().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("TIME +ACTOR  CLIENT  ACTION +OUTCOME  OWNER  DETAIL");
        assertThat(lines.get(1)).matches("20\\S+Z  cli    -       token_created  done     alice  token:1 laptop");
        assertThat(lines.get(2))
                .matches("20\\S+Z  cli    -       owner_added    done     alice  name alice, role user");
        assertThat(CommandRunner.in(directory.resolve("other")).run("audit").onlyLine())
                .isEqualTo("There are no events");
    }

    @Test
    void printsOneDocumentOnRequest() {
        JsonNode document = imagehost.run("audit", "--json").json();

        assertThat(document.propertyNames()).containsExactly("events", "nextCursor");
        assertThat(document.get("events")).hasSize(2);
        assertThat(document.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aNameForgesNoLine() {
        String hostile = "a.png\n2026-01-01T00:00:00.000Z  cli\u2028b\u001b[2K\u009b2K";
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(directory.resolve("data"))) {
            Act act = Act.of(AuditAction.IMAGE_UPLOADED).with(hostile);
            repository.auditLog().add(new AuditEvent(Instant.parse("2026-01-31T16:00:00Z"), Actor.COMMAND_LINE, act));
        }

        assertThat(imagehost.run("audit").out().lines())
                .hasSize(4)
                .last()
                .asString()
                .endsWith("a.png 2026-01-01T00:00:00.000Z  cli b?[2K?2K");
        assertThat(imagehost
                        .run("audit", "--json")
                        .json()
                        .at("/events/2/detail")
                        .asString())
                .isEqualTo(hostile);
    }

    @ParameterizedTest
    @CsvSource({
        "--since 7d, 2",
        "--since 0s, 0",
        "--until 7d, 0",
        "--until 2999-01-01, 2",
        "--owner alice, 2",
        "--owner default, 0",
        "--action owner_added, 1",
        "--owner alice --action token_created --since 1h, 1"
    })
    void filters(String filter, int count) {
        assertThat(imagehost.run(arguments("audit --json " + filter)).json().get("events"))
                .hasSize(count);
    }

    @Test
    void continuesWhereAPageEnded() {
        Result first = imagehost.run("audit", "--limit", "1");
        String last = first.out().lines().toList().get(3);
        assertThat(last).startsWith("Next page: --cursor ");

        JsonNode second = imagehost
                .run("audit", "--json", "--cursor", last.substring(last.lastIndexOf(' ') + 1))
                .json();

        assertThat(second.at("/events/0/action").asString()).isEqualTo("owner_added");
        assertThat(second.get("events")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--since yesterday, is no time; legal is a date",
        "--since 1969-12-31, is before 1970 or after 9999",
        "--since 999999999d, is before 1970 or after 9999",
        "--action logn, is none of login",
        "--limit 0, A page has 1 to 1000 events",
        "--limit 1001, A page has 1 to 1000 events",
        "--cursor x, Not a cursor"
    })
    void whatIsNotLegalIsNamed(String option, String message) {
        Result refused = imagehost.run(arguments("audit " + option));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
    }

    @Test
    void anOwnerThatIsNotThereIsNotFound() {
        Result refused = imagehost.run("audit", "--owner", "nobody");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("There is no owner 'nobody'");
    }

    @Test
    void aWrongSettingStopsACommandBeforeItDoesAnything() {
        Result refused = imagehost.with("AUDIT_KEEP", "0").run("delete", "1");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("AUDIT_KEEP is '0', but legal is a time span from 1d to 36500d");
        assertThat(imagehost.run("show", "1").exitCode()).isZero();
    }

    @Test
    void aSweepForgetsWhatIsOldEnough() {
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.embedded(directory.resolve("data"))) {
            Instant old = Instant.now().minus(Duration.ofHours(49)).truncatedTo(ChronoUnit.MILLIS);
            repository.auditLog().add(new AuditEvent(old, Actor.COMMAND_LINE, Act.of(AuditAction.LOGIN)));
        }

        imagehost.run("sweep");
        assertThat(events()).hasSize(3);
        imagehost.with("AUDIT_KEEP", "2d").run("sweep");
        assertThat(events()).hasSize(2);
    }

    private String[] arguments(String line) {
        return SPACES.splitAsStream(line.replace("{dir}", directory.toString())).toArray(String[]::new);
    }

    private List<JsonNode> events() {
        return List.copyOf(imagehost
                .run("audit", "--json")
                .json()
                .get("events")
                .valueStream()
                .toList());
    }
}
